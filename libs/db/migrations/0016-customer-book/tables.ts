/**
 * What the embedded book lacked for an ISP that has nothing else. Amounts are numeric(12, 2); an invoice is in the currency of the company.
 * `version` grows with each change of a row (functions.ts): whoever saves says which one they saw.
 */
export const bookColumns: readonly string[] = [
  // search: without an index, as `like` is not leakproof and row-level security would not let one be used. All of a company's ten thousand rows take 30 ms.
  `alter table customers
    add column status text not null default 'active' check (status in ('active', 'cancelled')),
    add column notes text not null default '',
    add column tax_condition text,
    add column latitude numeric(9, 6) check (latitude between -90 and 90),
    add column longitude numeric(9, 6) check (longitude between -180 and 180),
    add column version int not null default 1,
    add column updated_at timestamptz not null default clock_timestamp(),
    add column search text not null generated always as (book_fold(name || ' ' || number || ' ' || coalesce(document, '') || ' '
      || coalesce(address, '') || ' ' || coalesce(email, '') || ' ' || book_words(phones))) stored,
    add check ((latitude is null) = (longitude is null))`,
  `alter table plans add column version int not null default 1`,
  `alter table services
    add column installed_on date,
    add column cancelled_on date,
    add column price numeric(12, 2) check (price >= 0),
    add column ip text,
    add column onu_serial text,
    add column notes text not null default '',
    add column version int not null default 1,
    add column search text not null generated always as (book_fold(number || ' ' || coalesce(address, '') || ' ' || coalesce(ip, '') || ' '
      || coalesce(onu_serial, ''))) stored`,
  'create index services_of_plan on services (company, plan)',

  // Open until it is paid whole. in-review: somebody looks at a receipt for it; it is owed meanwhile. paid: what payments that stand have
  // covered of it, kept in their transactions.
  `alter table invoices
    add column state text not null default 'open' check (state in ('open', 'paid', 'in-review', 'cancelled')),
    add column paid numeric(12, 2) not null default 0,
    add column period date check (period = date_trunc('month', period)),
    add column run uuid,
    add column cancelled_why text,
    add column version int not null default 1`,
  `update invoices set state = 'paid', paid = amount where paid_on is not null`,
  `alter table invoices add check (paid between least(amount, 0) and greatest(amount, 0)), add check ((state = 'paid') = (paid_on is not null))`,
  'drop index invoices_open',
  `create index invoices_open on invoices (company, customer, due_on) where state in ('open', 'in-review')`,
  'create index invoices_of on invoices (company, customer, issued_on)',
  // What makes an invoicing run harmless to repeat: one invoice that stands for each service and month.
  `create unique index invoices_once on invoices (company, service, period) where state <> 'cancelled'`,
  'create index invoices_run on invoices (company, run) where run is not null',
];

export const bookTables: readonly string[] = [
  `create table invoice_lines (
    company text not null,
    invoice uuid not null,
    position int not null,
    text text not null,
    amount numeric(12, 2) not null,
    primary key (company, invoice, position),
    foreign key (company, invoice) references invoices on delete cascade
  )`,
  // reference: the payer's or ours; a payment that comes again under it is the same one. A reversed one keeps its reference.
  `create table payments (
    company text not null references companies,
    id uuid not null default gen_random_uuid(),
    customer uuid not null,
    invoice uuid,
    amount numeric(12, 2) not null check (amount > 0),
    currency text not null,
    method text not null,
    reference text not null,
    paid_at timestamptz not null,
    made_at timestamptz not null default clock_timestamp(),
    made_by_name text,
    reversed_at timestamptz,
    reversed_why text,
    reversed_by_name text,
    primary key (company, id),
    unique (company, reference),
    foreign key (company, customer) references customers,
    foreign key (company, invoice) references invoices
  )`,
  'create index payments_of on payments (company, customer, paid_at)',
  'create index payments_at on payments (company, paid_at)',
  // Which invoices a payment covers. What it has over is in the customer's favour, and covers what is invoiced next.
  `create table payment_parts (
    company text not null,
    payment uuid not null,
    invoice uuid not null,
    amount numeric(12, 2) not null check (amount > 0),
    primary key (company, payment, invoice),
    foreign key (company, payment) references payments on delete cascade,
    foreign key (company, invoice) references invoices
  )`,
  'create index payment_parts_of on payment_parts (company, invoice)',
  // The row that whoever gives a number locks: numbers have no gaps, as one that rolls back gives its number back.
  `create table book_settings (
    company text primary key references companies,
    invoice_prefix text not null default '0001' check (invoice_prefix ~ '^[0-9]{1,5}$'),
    last_invoice int not null default 0,
    last_customer int not null default 0,
    last_service int not null default 0,
    due_kind text not null default 'day-of-month' check (due_kind in ('day-of-month', 'days-after')),
    due_value int not null default 10 check (due_value between 0 and 90),
    prorate boolean not null default true
  )`,
  `create table invoicing_runs (
    company text not null references companies,
    id uuid not null,
    period date not null,
    issued_on date not null,
    due_on date not null,
    state text not null check (state in ('done', 'undone')),
    invoices int not null,
    total numeric(14, 2) not null,
    currency text not null,
    made_by_name text not null,
    made_at timestamptz not null default clock_timestamp(),
    undone_at timestamptz,
    primary key (company, id)
  )`,
  'create index invoicing_runs_of on invoicing_runs (company, period)',
  // content: the file's cells while it is a draft, and nothing afterwards.
  `create table import_batches (
    company text not null references companies,
    id uuid not null,
    file_name text not null,
    state text not null check (state in ('draft', 'done', 'undone')),
    content jsonb,
    counts jsonb,
    made_by_name text not null,
    made_at timestamptz not null default clock_timestamp(),
    done_at timestamptz,
    undone_at timestamptz,
    primary key (company, id)
  )`,
  // What a batch made (before: null) or changed, with the version it left: a later one says that somebody has touched it.
  `create table import_rows (
    company text not null,
    batch uuid not null,
    position int not null,
    kind text not null check (kind in ('plan', 'customer', 'service', 'invoice')),
    subject uuid not null,
    version int not null,
    before jsonb,
    primary key (company, batch, position),
    foreign key (company, batch) references import_batches on delete cascade
  )`,
  // Requests that the book takes where an ISP's system would: technicians' tickets and people who want the service.
  `create table book_requests (
    company text not null references companies,
    id uuid not null default gen_random_uuid(),
    kind text not null check (kind in ('ticket', 'prospect')),
    customer uuid,
    service uuid,
    subject text not null,
    body text not null default '',
    phone text,
    email text,
    address text,
    reference text not null,
    state text not null default 'open' check (state in ('open', 'closed')),
    made_at timestamptz not null default clock_timestamp(),
    closed_at timestamptz,
    closed_why text,
    primary key (company, id),
    unique (company, reference),
    foreign key (company, customer) references customers,
    foreign key (company, service) references services
  )`,
];
