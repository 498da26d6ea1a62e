/** Users of a company, their departments and sessions. */
export const people: readonly string[] = [
  `create table users (
    company text not null references companies,
    id uuid not null default gen_random_uuid(),
    login text not null check (login = lower(login)),
    name text not null,
    role text not null check (role in ('administrator', 'supervisor', 'operator')),
    password_hash text not null,
    must_change_password boolean not null default false,
    active boolean not null default true,
    created_at timestamptz not null default now(),
    primary key (company, id),
    unique (company, login)
  )`,
  `create table departments (
    company text not null references companies,
    id uuid not null default gen_random_uuid(),
    name text not null,
    primary key (company, id),
    unique (company, name)
  )`,
  `create table user_departments (
    company text not null,
    member uuid not null,
    department uuid not null,
    primary key (company, member, department),
    foreign key (company, member) references users on delete cascade,
    foreign key (company, department) references departments on delete cascade
  )`,
  // A session's token is kept as its SHA-256 only: a copy of the table opens nothing.
  `create table sessions (
    company text not null,
    id uuid not null default gen_random_uuid(),
    owner uuid not null,
    token_sha256 bytea not null,
    csrf text not null,
    remember boolean not null,
    address text,
    user_agent text,
    created_at timestamptz not null default now(),
    seen_at timestamptz not null default now(),
    expires_at timestamptz not null,
    primary key (company, id),
    unique (company, token_sha256),
    foreign key (company, owner) references users on delete cascade
  ) with (fillfactor = 70)`,
  `create index sessions_of on sessions (company, owner)`,
  // Failed log-ins, by account and by address: each slows down, none locks for ever.
  `create table login_failures (
    company text not null references companies,
    subject text not null,
    failures int not null,
    last_at timestamptz not null,
    primary key (company, subject)
  ) with (fillfactor = 70)`,
];
