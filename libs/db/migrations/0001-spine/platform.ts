/** The few tables across companies: the operator's. No row-level security; the app role may read them, and writes only what it must. */
export const platform: readonly string[] = [
  `create table companies (
    id text primary key check (id ~ '^[a-z0-9][a-z0-9-]{1,39}$'),
    name text not null,
    time_zone text not null default 'America/Argentina/Buenos_Aires',
    locale text not null default 'es-AR',
    currency text not null default 'ARS',
    reset_after_minutes int not null default 30 check (reset_after_minutes > 0),
    identity_hours int not null default 12 check (identity_hours > 0),
    owner_silence_minutes int not null default 30 check (owner_silence_minutes >= 0),
    bot_loop_silence_minutes int not null default 60 check (bot_loop_silence_minutes > 0),
    suspended_at timestamptz,
    created_at timestamptz not null default now()
  )`,
  `create table company_hosts (
    host text primary key check (host = lower(host)),
    company text not null references companies
  )`,
  // Data keys, wrapped by the master key, which is never in the database.
  `create table company_keys (
    company text not null references companies,
    id int not null,
    wrapped bytea not null,
    created_at timestamptz not null default now(),
    primary key (company, id)
  )`,
  // Who holds a number. The epoch fences: each write of a gateway names it, and a later holder has a higher one.
  `create table channel_leases (
    channel uuid primary key,
    company text not null references companies,
    wanted boolean not null default false,
    holder text,
    epoch bigint not null default 0,
    until timestamptz not null default '-infinity'
  ) with (fillfactor = 70)`,
  `create table process_heartbeats (
    process text not null,
    instance text not null,
    state text not null,
    at timestamptz not null default now(),
    primary key (process, instance)
  ) with (fillfactor = 50)`,
];
