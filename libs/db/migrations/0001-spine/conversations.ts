/** Channels, contacts, conversations, messages and flows. Every key and index begins with the company. */
export const conversations: readonly string[] = [
  `create table channels (
    company text not null references companies,
    id uuid not null default gen_random_uuid(),
    kind text not null default 'whatsapp' check (kind in ('whatsapp')),
    name text not null,
    number text check (number ~ '^[0-9]{6,15}$'),
    wanted boolean not null default false,
    state text not null default 'unlinked'
      check (state in ('unlinked', 'connecting', 'waiting', 'linked', 'refused', 'logged-out')),
    state_reason text,
    state_at timestamptz not null default now(),
    pairing_number text check (pairing_number ~ '^[0-9]{6,15}$'),
    pairing bytea,
    pairing_until timestamptz,
    debounce_ms int not null default 1200 check (debounce_ms between 0 and 60000),
    created_at timestamptz not null default now(),
    primary key (company, id)
  )`,
  `create unique index channels_number on channels (company, number) where number is not null`,
  // Leases are of all companies and have no row-level security: a channel under another company's id must not reach its lease.
  `create function channel_wanted() returns trigger language plpgsql as $$
  begin
    insert into channel_leases (channel, company, wanted) values (new.id, new.company, new.wanted)
      on conflict (channel) do update set wanted = excluded.wanted where channel_leases.company = excluded.company;
    perform pg_notify('channels', new.id::text);
    return new;
  end $$`,
  `create trigger channel_wanted after insert or update of wanted, pairing_number on channels
    for each row execute function channel_wanted()`,

  `create table contacts (
    company text not null references companies,
    id uuid not null default gen_random_uuid(),
    name text,
    created_at timestamptz not null default now(),
    primary key (company, id)
  )`,
  // A WhatsApp address (phone jid or LID) leads to exactly one contact.
  `create table contact_addresses (
    company text not null,
    address text not null,
    contact uuid not null,
    primary key (company, address),
    foreign key (company, contact) references contacts
  )`,
  `create index contact_addresses_of on contact_addresses (company, contact)`,

  // last_seq: the highest committed number of the gapless sequence; handled_seq: the highest that decide has settled.
  // last_decision and last_result make decide repeatable: a killed worker runs it again with the same decision id.
  `create table conversations (
    company text not null references companies,
    id uuid not null default gen_random_uuid(),
    channel uuid not null,
    contact uuid not null,
    last_seq bigint not null default 0,
    handled_seq bigint not null default 0,
    state jsonb,
    flow_versions jsonb,
    revision bigint not null default 0,
    last_decision uuid,
    last_result jsonb,
    last_inbound_at timestamptz,
    created_at timestamptz not null default now(),
    primary key (company, id),
    unique (company, channel, contact),
    foreign key (company, channel) references channels,
    foreign key (company, contact) references contacts
  ) with (fillfactor = 60)`,
  `create index conversations_unhandled on conversations (company, channel) where last_seq > handled_seq`,

  // Inbound rows carry the sequence number, outbound rows the state of their sending and the numbers that they answer.
  `create table messages (
    company text not null references companies,
    id bigint generated always as identity,
    conversation uuid not null,
    channel uuid not null,
    direction text not null check (direction in ('in', 'out')),
    author text not null check (author in ('customer', 'owner', 'bot', 'agent', 'system')),
    seq bigint,
    wa_id text not null,
    participant text not null default '',
    from_me boolean not null,
    kind text not null,
    text text,
    raw bytea,
    envelope jsonb,
    outcome text,
    state text check (state in ('queued', 'sending', 'sent', 'delivered', 'read', 'failed', 'unknown')),
    cause text,
    node text,
    step text,
    answers bigint[],
    epoch bigint,
    at timestamptz not null default clock_timestamp(),
    sent_at timestamptz,
    delivered_at timestamptz,
    read_at timestamptz,
    primary key (company, id),
    unique (company, conversation, participant, from_me, wa_id),
    unique (company, conversation, seq),
    foreign key (company, conversation) references conversations,
    check ((direction = 'out') = (state is not null))
  ) with (fillfactor = 80)`,
  `create unique index messages_out_wa_id on messages (company, channel, wa_id) where direction = 'out'`,
  `create index messages_unsent on messages (company, conversation, id) where state in ('queued', 'sending', 'unknown')`,
  `create index messages_unnumbered on messages (company, channel, at) where direction = 'in' and seq is null`,

  // What a conversation asked the ISP's system: the question and its answer stay here, a workflow only sees the step's id.
  `create table conversation_queries (
    company text not null references companies,
    conversation uuid not null,
    step text not null,
    query jsonb not null,
    result jsonb,
    asked_at timestamptz not null default now(),
    answered_at timestamptz,
    primary key (company, conversation, step),
    foreign key (company, conversation) references conversations
  )`,
  `create index conversation_queries_open on conversation_queries (company, asked_at) where result is null`,

  `create table flows (
    company text not null references companies,
    id uuid not null default gen_random_uuid(),
    kind text not null check (kind in ('support', 'sales')),
    name text not null,
    published uuid,
    primary key (company, id),
    unique (company, kind)
  )`,
  `create table flow_versions (
    company text not null references companies,
    id uuid not null default gen_random_uuid(),
    flow uuid not null,
    number int not null,
    definition jsonb not null,
    published_at timestamptz,
    primary key (company, id),
    unique (company, flow, number),
    foreign key (company, flow) references flows
  )`,
  `alter table flows add foreign key (company, published) references flow_versions`,
];
