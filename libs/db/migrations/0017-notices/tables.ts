/** What was accepted, under which token, in which batch, and what has happened to it. */
export const tables: readonly string[] = [
  // Of a token only its hash is kept. previous_sha256: the one before a rotation, which works on until previous_until.
  `create table gateway_tokens (
    company text not null references companies,
    id uuid not null default gen_random_uuid(),
    name text not null check (char_length(name) between 1 and 60),
    sha256 bytea not null,
    hint text not null,
    previous_sha256 bytea,
    previous_until timestamptz,
    expiry_minutes int not null default 1440 check (expiry_minutes between 5 and 10080),
    rate_per_minute int not null default 30000 check (rate_per_minute between 1 and 60000),
    created_at timestamptz not null default clock_timestamp(),
    revoked_at timestamptz,
    primary key (company, id)
  )`,
  // Where a company hears what became of its notices. secret: sealed, signs what it is told.
  `create table gateway_callbacks (
    company text primary key references companies,
    url text not null,
    secret bytea not null,
    changed_at timestamptz not null default clock_timestamp()
  )`,

  // The notices of one number and day, of the company's clocks. next_at: when its workflow looks again; past for long: it was lost.
  // decision: what is done with those that would be late. late: how many that are, as of asked_at.
  `create table notice_batches (
    company text not null references companies,
    channel uuid not null,
    day date not null,
    paused_at timestamptz,
    asked_at timestamptz,
    late int not null default 0,
    decision text check (decision in ('fit')),
    last_command uuid,
    next_at timestamptz not null default clock_timestamp(),
    looked_at timestamptz,
    primary key (company, channel, day),
    foreign key (company, channel) references channels
  ) with (fillfactor = 50)`,

  // address: whom it goes to, as a WhatsApp jid; recipient: what the spellings of that one have in common. Without a message it waits here; with
  // one it is in the number's lane, or out. first_contact: that person had never written when this was last looked at.
  // file_state: its file is there, or has to be fetched from file_url first.
  `create table notices (
    company text not null references companies,
    id bigint generated always as identity,
    token uuid not null,
    channel uuid not null,
    day date not null,
    dedupe_key text,
    fingerprint bytea not null,
    address text not null,
    recipient text not null generated always as (address_key(address)) stored,
    first_contact boolean not null,
    text text not null check (char_length(text) <= 4096),
    file_state text not null default 'none' check (file_state in ('none', 'wanted', 'stored')),
    file_url text,
    file_kind text,
    file_sha256 text,
    file_size bigint,
    file_mimetype text,
    file_name text,
    file_attempts int not null default 0,
    file_next_at timestamptz not null default clock_timestamp(),
    accepted_at timestamptz not null default clock_timestamp(),
    expires_at timestamptz not null,
    message bigint,
    handed_at timestamptz,
    state text not null default 'queued'
      check (state in ('queued', 'sent', 'delivered', 'read', 'failed', 'unknown', 'expired', 'cancelled')),
    cause text,
    settled_at timestamptz,
    last_command uuid,
    primary key (company, id),
    foreign key (company, token) references gateway_tokens,
    check (text <> '' or file_state <> 'none'),
    check (file_state <> 'wanted' or file_url is not null),
    check (file_state <> 'stored' or (file_sha256 is not null and file_kind is not null))
  ) with (fillfactor = 70)`,
  'create unique index notices_key on notices (company, token, dedupe_key) where dedupe_key is not null',
  'create index notices_same on notices (company, fingerprint, accepted_at)',
  `create index notices_waiting on notices (company, channel, id) where state = 'queued' and message is null`,
  `create index notices_open on notices (company, channel, recipient, id) where state in ('queued', 'unknown')`,
  'create index notices_of_day on notices (company, day, channel, id)',
  'create unique index notices_message on notices (company, message) where message is not null',

  // What happened to each, and what of that the company's system has still to be told: in order of ids for each notice.
  `create table notice_events (
    company text not null references companies,
    id bigint generated always as identity,
    notice bigint not null,
    kind text not null,
    cause text,
    by uuid,
    at timestamptz not null default clock_timestamp(),
    callback text not null default 'none' check (callback in ('none', 'due', 'told', 'given-up')),
    attempts int not null default 0,
    next_at timestamptz not null default clock_timestamp(),
    answer text,
    primary key (company, id),
    foreign key (company, notice) references notices on delete cascade
  ) with (fillfactor = 70)`,
  'create index notice_events_of on notice_events (company, notice, id)',
  `create index notice_events_due on notice_events (company, next_at) where callback = 'due'`,

  `create trigger notice_batches_made after insert on notice_batches for each row execute function log_change('notice', 'channel', 'none')`,
  `create trigger notice_batches_changed after update on notice_batches for each row
    when (old.* is distinct from new.*) execute function log_change('notice', 'channel', 'none')`,
  // Of thousands that expire or are cancelled at once the batch tells, which changes with them.
  `create trigger notices_changed after update on notices for each row
    when (new.state is distinct from old.state and new.message is not null) execute function log_change('notice', 'channel', 'none')`,
];
