export const statementTables: readonly string[] = [
  // content: of a draft, its rows and where each stood in the file; forgotten once it is confirmed. returns: what the bank gave back by it, with the line
  // that it took back, where one was found. woken_at: the receipts that it may concern have been told; until then a sweeper looks after it.
  `create table statement_imports (
    company text not null references companies,
    id uuid not null default gen_random_uuid(),
    account uuid not null,
    file_name text not null,
    sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
    state text not null default 'draft' check (state in ('draft', 'confirmed', 'undone')),
    content jsonb,
    mapping jsonb not null,
    counts jsonb,
    returns jsonb not null default '[]',
    period_from date,
    period_to date,
    sum numeric(14, 2),
    made_by_name text not null,
    made_at timestamptz not null default clock_timestamp(),
    confirmed_by_name text,
    confirmed_at timestamptz,
    undone_by_name text,
    undone_at timestamptz,
    woken_at timestamptz,
    primary key (company, id),
    foreign key (company, account) references payment_methods,
    check (state <> 'draft' or content is not null),
    check (state <> 'confirmed' or (content is null and confirmed_at is not null))
  )`,
  'create index statement_imports_at on statement_imports (company, made_at desc)',
  'create index statement_imports_file on statement_imports (company, sha256)',
  `create index statement_imports_unwoken on statement_imports (company, confirmed_at) where state = 'confirmed' and woken_at is null`,
  // What people made of a bank's columns, for its next file. print: of the columns' names.
  `create table statement_mappings (
    company text not null references companies,
    account uuid not null,
    print text not null check (print ~ '^[0-9a-f]{64}$'),
    mapping jsonb not null,
    used_at timestamptz not null default clock_timestamp(),
    primary key (company, account, print),
    foreign key (company, account) references payment_methods
  )`,
  // For whoever looks for a payment: newest first.
  'create index incoming_at on incoming_payments (company, paid_on desc, id)',
];

export const statementTriggers: readonly string[] = [
  `create trigger statement_imports_changed after update on statement_imports for each row when (old.* is distinct from new.*)
    execute function log_change('statement', 'id', 'none')`,
];
