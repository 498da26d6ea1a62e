/**
 * Receipts, and the payments that they and other proofs lead to. Files lie in the media store under their hash. `last_command`: done, should a
 * killed worker be told of it again.
 */
export const receiptTables: readonly string[] = [
  // Put up in the panel: the receipt's workflow takes it from here, as it takes what customers send from `messages`.
  `create table receipt_drafts (
    company text not null references companies,
    receipt uuid not null,
    sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
    size bigint not null,
    mimetype text not null,
    file_name text,
    customer text,
    customer_name text,
    invoice text,
    method text,
    comment text check (char_length(comment) <= 1000),
    actor uuid not null,
    at timestamptz not null default clock_timestamp(),
    primary key (company, receipt)
  )`,
  // Written by the receipt's workflow alone (and, its first row, by the conversation's decision). step: of the conversation that waits to hear what
  // the picture is. read: as the machine read it; correction: what people set right.
  // search: what people look for, folded. policy: what it was judged by. weight counts weighings: a later one replaces what an earlier one found.
  `create table receipts (
    company text not null references companies,
    id uuid not null default gen_random_uuid(),
    source text not null check (source in ('chat', 'panel')),
    conversation uuid,
    message bigint,
    step text,
    contact uuid,
    state text not null default 'reading' check (state in ('reading', 'waiting', 'review', 'accepted', 'rejected', 'asked-another', 'other')),
    customer text,
    customer_name text,
    invoice text,
    invoice_number text,
    method text,
    comment text,
    sha256 text,
    size bigint,
    mimetype text,
    file_name text,
    fault text,
    print bytea check (octet_length(print) = 32),
    read jsonb,
    read_by text,
    model text,
    text text,
    regions jsonb,
    correction jsonb,
    amount numeric(12, 2),
    currency text,
    paid_on date,
    issuer text,
    payer_name text,
    comparisons jsonb not null default '[]',
    reasons text[] not null default '{}',
    confidence real,
    policy jsonb,
    weight int not null default 0,
    earlier jsonb,
    next_at timestamptz,
    decided_by text check (decided_by in ('policy', 'person')),
    decided_by_user uuid,
    decided_by_name text,
    decided_why text,
    decided_at timestamptz,
    settlement uuid,
    received_at timestamptz not null default clock_timestamp(),
    last_command uuid,
    version int not null default 1,
    search text not null generated always as (left(book_fold(coalesce(customer_name, '') || ' ' || coalesce(payer_name, '') || ' ' || coalesce(invoice_number, '')
      || ' ' || coalesce(correction->>'reference', '') || ' ' || coalesce(jsonb_path_query_array(read, '$.references[*].value')::text, '')), 400)) stored,
    primary key (company, id),
    foreign key (company, conversation) references conversations,
    check (state = 'reading' or fault is not null or read is not null)
  ) with (fillfactor = 70)`,
  'create unique index receipts_message on receipts (company, message) where message is not null',
  'create index receipts_state on receipts (company, state, received_at desc)',
  // With all that the list filters and counts by: what people search is found in the index alone, as no index on words may be used under row-level security.
  'create index receipts_at on receipts (company, received_at desc) include (id, state, amount, contact, customer, search)',
  'create index receipts_file on receipts (company, sha256)',
  'create index receipts_of on receipts (company, customer, received_at desc)',
  'create index receipts_conversation on receipts (company, conversation)',
  // reference: of tellingReferences; folded: its foldedReference, by which one is found that differs by confusable letters.
  `create table receipt_references (
    company text not null,
    receipt uuid not null,
    reference text not null,
    folded text not null,
    primary key (company, receipt, reference),
    foreign key (company, receipt) references receipts on delete cascade
  )`,
  'create index receipt_references_same on receipt_references (company, reference)',
  'create index receipt_references_folded on receipt_references (company, folded)',
  `create table receipt_events (
    company text not null references companies,
    id bigint generated always as identity,
    receipt uuid not null,
    kind text not null,
    by_user uuid,
    by_name text,
    data jsonb not null default '{}',
    at timestamptz not null default clock_timestamp(),
    primary key (company, id),
    foreign key (company, receipt) references receipts on delete cascade
  )`,
  'create index receipt_events_of on receipt_events (company, receipt, id)',

  // What people ask of a receipt or of a settlement, with their words, as the API accepted it; workflows are told the command alone.
  `create table money_orders (
    company text not null references companies,
    command uuid not null,
    receipt uuid,
    settlement uuid,
    kind text not null check (kind in ('approve', 'reject', 'ask-another', 'correct', 'reverse', 'resolve')),
    actor uuid not null,
    actor_name text not null,
    why text check (char_length(why) <= 500),
    correction jsonb,
    despite boolean not null default false,
    at timestamptz not null default clock_timestamp(),
    primary key (company, command),
    check ((receipt is null) <> (settlement is null))
  )`,

  // What a company lets happen (ReceiptPolicy of libs/domain/receipt) and what it tells customers. Absent: the defaults.
  `create table receipt_policies (
    company text primary key references companies,
    policy jsonb not null,
    texts jsonb not null default '{}',
    version int not null default 1,
    changed_at timestamptz not null default clock_timestamp()
  )`,
];

export const moneyTables: readonly string[] = [
  // How customers can pay. transfer: an account of the company's, against which receipts are held (visible or not). name: as customers see it.
  `create table payment_methods (
    company text not null references companies,
    id uuid not null default gen_random_uuid(),
    kind text not null check (kind in ('mercadopago', 'transfer', 'other')),
    name text not null check (char_length(name) between 1 and 60),
    visible boolean not null default true,
    position int not null default 0,
    number text,
    alias text,
    holder text,
    document text,
    bank text,
    text text not null default '' check (char_length(text) <= 1000),
    removed_at timestamptz,
    version int not null default 1,
    primary key (company, id),
    check (kind <> 'transfer' or (holder is not null and (number is not null or alias is not null)))
  )`,
  `create unique index payment_methods_mercadopago on payment_methods (company) where kind = 'mercadopago' and removed_at is null`,

  // Money that came in, as a bank's statement or a platform says. Its numbers are in incoming_references: upper case, letters and digits. source_id: the platform's, or the line's
  // fingerprint: what comes again is known. settlement: what it settled; each settles one only.
  `create table incoming_payments (
    company text not null references companies,
    id uuid not null default gen_random_uuid(),
    source text not null check (source in ('statement', 'mercadopago')),
    source_id text not null,
    account uuid,
    import uuid,
    paid_on date not null,
    paid_at timestamptz,
    amount numeric(12, 2) not null check (amount > 0),
    currency text not null,
    payer_name text,
    payer_document text,
    description text not null default '',
    state text not null default 'in' check (state in ('in', 'pending', 'refunded', 'charged-back', 'undone')),
    settlement uuid,
    seen_at timestamptz not null default clock_timestamp(),
    primary key (company, id),
    unique (company, source, source_id)
  ) with (fillfactor = 80)`,
  'create index incoming_amount on incoming_payments (company, amount, paid_on)',
  'create index incoming_import on incoming_payments (company, import) where import is not null',
  'create unique index incoming_settlement on incoming_payments (company, settlement) where settlement is not null',

  `create table incoming_references (
    company text not null,
    incoming uuid not null,
    reference text not null,
    folded text not null,
    primary key (company, incoming, reference),
    foreign key (company, incoming) references incoming_payments on delete cascade
  )`,
  'create index incoming_references_same on incoming_references (company, reference)',
  'create index incoming_references_folded on incoming_references (company, folded)',

  // reversal: who says no, since when. policy: of the company when it was opened.
  `create table settlements (
    company text not null references companies,
    id uuid not null default gen_random_uuid(),
    source text not null check (source in ('receipt', 'link')),
    receipt uuid,
    incoming uuid,
    link uuid,
    conversation uuid,
    customer text not null,
    customer_name text not null default '',
    invoice text,
    invoice_number text,
    amount numeric(12, 2) not null check (amount > 0),
    currency text not null,
    method text not null,
    paid_at timestamptz not null,
    policy jsonb not null,
    state text not null default 'registering' check (state in ('registering', 'stuck', 'done', 'reversing', 'reversed', 'kept', 'given-up')),
    reversal text check (reversal in ('person', 'refunded', 'charged-back', 'statement')),
    reversal_why text,
    reversal_by_name text,
    reversed_at timestamptz,
    opened_at timestamptz not null default clock_timestamp(),
    ended_at timestamptz,
    last_command uuid,
    primary key (company, id),
    foreign key (company, receipt) references receipts,
    foreign key (company, incoming) references incoming_payments
  ) with (fillfactor = 70)`,
  `create unique index settlements_receipt on settlements (company, receipt) where receipt is not null and state not in ('reversed', 'given-up')`,
  `create index settlements_open on settlements (company, state, opened_at) where state not in ('done', 'reversed', 'given-up')`,
  'create index settlements_of on settlements (company, customer, opened_at)',
  // Which invoices it pays: one order `pay` each, under the reference `<settlement>-<position>`.
  `create table settlement_parts (
    company text not null,
    settlement uuid not null,
    position int not null,
    invoice text,
    invoice_number text,
    amount numeric(12, 2) not null check (amount > 0),
    state text not null default 'pending' check (state in ('pending', 'done', 'already', 'unknown', 'failed', 'reversed')),
    paid_id text,
    primary key (company, settlement, position),
    foreign key (company, settlement) references settlements on delete cascade
  )`,
  // note: for people, without a secret.
  `create table settlement_steps (
    company text not null,
    settlement uuid not null,
    step text not null check (step in ('register', 'reactivate', 'tell', 'notify', 'reverse', 'suspend', 'tell-reversal', 'notify-reversal')),
    state text not null check (state in ('pending', 'done', 'already', 'skipped', 'waiting', 'unknown', 'failed')),
    attempts int not null default 0,
    fault text,
    note text,
    by_name text,
    at timestamptz not null default clock_timestamp(),
    primary key (company, settlement, step),
    foreign key (company, settlement) references settlements on delete cascade
  )`,
  // The one place that says whether a payment was settled: see libs/domain/settlement.
  `create table money_keys (
    company text not null,
    key text not null check (char_length(key) between 4 and 200),
    settlement uuid not null,
    primary key (company, key),
    foreign key (company, settlement) references settlements on delete cascade
  )`,
  'create index money_keys_of on money_keys (company, settlement)',

  // The number's group hears of payments, too: each of a ticket or of a settlement.
  `alter table group_messages alter ticket drop not null, add settlement uuid, add foreign key (company, settlement) references settlements,
    drop constraint group_messages_purpose_check, add check (purpose in ('opened', 'answer', 'settled', 'refused')), add check ((ticket is null) <> (settlement is null))`,
  'create unique index group_messages_settlement on group_messages (company, settlement, purpose) where settlement is not null',
];

export const receiptTriggers: readonly string[] = [
  `create trigger receipts_made after insert on receipts for each row execute function log_change('receipt', 'id', 'conversation')`,
  `create trigger receipts_changed after update on receipts for each row when (old.* is distinct from new.*)
    execute function log_change('receipt', 'id', 'conversation')`,
  `create trigger settlements_made after insert on settlements for each row execute function log_change('settlement', 'id', 'conversation')`,
  `create trigger settlements_changed after update on settlements for each row when (old.* is distinct from new.*)
    execute function log_change('settlement', 'id', 'conversation')`,
  `create trigger settlement_steps_changed after insert or update on settlement_steps for each row
    execute function log_change('settlement', 'settlement', 'none')`,
  `create trigger payment_methods_changed after insert or update on payment_methods for each row execute function log_change('payment-method', 'id', 'none')`,
];
