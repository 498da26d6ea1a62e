/**
 * The embedded customer book: the ISP system of a provider that has no other.
 * `phone_keys` holds the compare form of each phone (a country's spelling variants fall together), written with the phones.
 */
export const embeddedBook: readonly string[] = [
  // Lets an index on an array begin with the company, as every index does.
  `create extension if not exists btree_gin`,
  `create table customers (
    company text not null references companies,
    id uuid not null default gen_random_uuid(),
    number text not null,
    document text,
    name text not null,
    phones text[] not null default '{}',
    phone_keys text[] not null default '{}',
    address text,
    postal_code text,
    email text,
    created_at timestamptz not null default now(),
    primary key (company, id),
    unique (company, number)
  )`,
  `create index customers_document on customers (company, document)`,
  `create index customers_phone_keys on customers using gin (company, phone_keys)`,
  `create table plans (
    company text not null references companies,
    id uuid not null default gen_random_uuid(),
    name text not null,
    down_mbps int not null,
    up_mbps int not null,
    price numeric(12, 2) not null,
    currency text not null,
    description text not null default '',
    position int not null default 0,
    active boolean not null default true,
    primary key (company, id),
    unique (company, name)
  )`,
  `create table services (
    company text not null references companies,
    id uuid not null default gen_random_uuid(),
    customer uuid not null,
    number text not null,
    plan uuid not null,
    address text,
    status text not null check (status in ('active', 'suspended', 'cancelled')),
    online boolean,
    signal_dbm numeric(5, 2),
    online_since timestamptz,
    primary key (company, id),
    unique (company, number),
    foreign key (company, customer) references customers,
    foreign key (company, plan) references plans
  )`,
  `create index services_of on services (company, customer)`,
  `create table invoices (
    company text not null references companies,
    id uuid not null default gen_random_uuid(),
    customer uuid not null,
    service uuid,
    number text not null,
    issued_on date not null,
    due_on date not null,
    amount numeric(12, 2) not null,
    currency text not null,
    paid_on date,
    primary key (company, id),
    unique (company, number),
    foreign key (company, customer) references customers,
    foreign key (company, service) references services
  )`,
  `create index invoices_open on invoices (company, customer, due_on) where paid_on is null`,
];
