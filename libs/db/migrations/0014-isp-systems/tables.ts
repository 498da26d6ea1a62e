/** `system` is an id of libs/crm/registry.ts. Defaults of a connection are those of libs/domain/isp/connection.ts; a spec holds the two together. */
export const ispTables: readonly string[] = [
  // What a company has set up of each system; those that are not active keep their settings. None active: the embedded book answers.
  // secrets: JSON of the secret fields, sealed. secret_endings: their last four characters, to be recognised by.
  `create table isp_connections (
    company text not null references companies,
    system text not null,
    active boolean not null default false,
    version int not null default 1 check (version > 0),
    settings jsonb not null default '{}',
    secrets bytea,
    secret_endings jsonb not null default '{}',
    tls_mode text not null default 'system' check (tls_mode in ('system', 'pinned', 'insecure')),
    tls_pem text,
    limit_ms int not null default 10000 check (limit_ms between 1000 and 60000),
    per_second int not null default 2 check (per_second between 1 and 50),
    at_once int not null default 4 check (at_once between 1 and 20),
    budget_day int check (budget_day > 0),
    budget_month int check (budget_month > 0),
    month_starts_on int not null default 1 check (month_starts_on between 1 and 28),
    saved_at timestamptz not null default clock_timestamp(),
    saved_by uuid,
    primary key (company, system),
    foreign key (company, saved_by) references users,
    check ((tls_mode = 'pinned') = (tls_pem is not null))
  )`,
  'create unique index isp_connections_active on isp_connections (company) where active',

  // How the system fares (libs/domain/isp/health.ts). probe_at: while it is down, when one call may try again.
  `create table isp_health (
    company text not null,
    system text not null,
    state text not null default 'up' check (state in ('up', 'down')),
    since timestamptz not null default clock_timestamp(),
    failures int not null default 0 check (failures >= 0),
    successes int not null default 0 check (successes >= 0),
    fault text,
    ok_at timestamptz,
    probe_at timestamptz,
    primary key (company, system),
    foreign key (company, system) references isp_connections on delete cascade
  ) with (fillfactor = 50)`,

  // What it said lately: customers' data, sealed. key: hash of the question. customers: whose data it is; a change to one of them ends it.
  // A row without an answer marks such a change: what was asked before it is not kept.
  `create table isp_cache (
    company text not null,
    system text not null,
    key text not null,
    customers text[] not null default '{}',
    answer bytea,
    as_of timestamptz not null,
    fresh_until timestamptz not null,
    kept_until timestamptz not null,
    primary key (company, system, key),
    foreign key (company, system) references isp_connections on delete cascade
  )`,
  'create index isp_cache_ended on isp_cache (company, kept_until)',

  // Requests by the company's day: some vendors bill by them.
  `create table isp_usage (
    company text not null,
    system text not null,
    day date not null,
    requests int not null default 0 check (requests >= 0),
    primary key (company, system, day),
    foreign key (company, system) references isp_connections on delete cascade
  ) with (fillfactor = 50)`,

  // What went wrong, once each: of one that repeats, how often and when last. fields: names that an answer had and no adapter knows.
  `create table isp_errors (
    company text not null,
    system text not null,
    kind text not null check (kind in ('fault', 'unmapped')),
    operation text not null,
    fault text not null default '',
    detail text not null default '',
    times int not null default 1,
    first_at timestamptz not null,
    last_at timestamptz not null,
    primary key (company, system, kind, operation, fault, detail),
    foreign key (company, system) references isp_connections on delete cascade
  )`,

  // Takes one request of the budget, under the connection's lock: of two at once, the second sees what the first has taken.
  // enforced false counts only: what has begun to change something is not stopped halfway.
  `create function isp_take_request(of_company text, of_system text, on_day date, month_from date, enforced boolean) returns boolean
  language plpgsql as $$
  declare
    c isp_connections;
    used_day int;
    used_month int;
  begin
    select * into c from isp_connections where company = of_company and system = of_system for no key update;
    if not found then return false; end if;
    select coalesce(sum(requests) filter (where day = on_day), 0), coalesce(sum(requests), 0) into used_day, used_month
      from isp_usage where company = of_company and system = of_system and day between month_from and on_day;
    if enforced and (used_day >= c.budget_day or used_month >= c.budget_month) then return false; end if;
    insert into isp_usage (company, system, day, requests) values (of_company, of_system, on_day, 1)
      on conflict (company, system, day) do update set requests = isp_usage.requests + 1;
    return true;
  end $$`,

  `create trigger isp_connections_made after insert on isp_connections for each row execute function log_change('isp', 'system', 'none')`,
  `create trigger isp_connections_changed after update on isp_connections for each row when (old.* is distinct from new.*)
    execute function log_change('isp', 'system', 'none')`,
  `create trigger isp_health_changed after update on isp_health for each row when (old.state <> new.state)
    execute function log_change('isp', 'system', 'none')`,
];
