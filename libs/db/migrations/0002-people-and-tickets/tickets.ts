/** Tickets, notes and what agents write. A ticket's row is written by its workflow's activities only. */
export const tickets: readonly string[] = [
  `create table ticket_counters (
    company text primary key references companies,
    last bigint not null default 0
  ) with (fillfactor = 50)`,
  // step: of the conversation that asked for it. revision: counts commands. waiting_since: since when the customer has no answer.
  `create table tickets (
    company text not null references companies,
    id uuid not null default gen_random_uuid(),
    number bigint not null,
    conversation uuid not null,
    channel uuid not null,
    contact uuid not null,
    department uuid,
    assignee uuid,
    state text not null default 'pending' check (state in ('pending', 'in-progress', 'closed')),
    summary text not null,
    step text,
    opened_at timestamptz not null default now(),
    taken_at timestamptz,
    waiting_since timestamptz default now(),
    alarmed_at timestamptz,
    closed_at timestamptz,
    closed_by uuid,
    close_comment text,
    revision bigint not null default 0,
    primary key (company, id),
    unique (company, number),
    foreign key (company, conversation) references conversations,
    foreign key (company, department) references departments,
    foreign key (company, assignee) references users,
    foreign key (company, closed_by) references users
  ) with (fillfactor = 70)`,
  `create unique index tickets_open_conversation on tickets (company, conversation) where state <> 'closed'`,
  `create unique index tickets_step on tickets (company, conversation, step)`,
  `create index tickets_open on tickets (company, state, opened_at) where state <> 'closed'`,
  `create index tickets_of_contact on tickets (company, contact, opened_at desc)`,
  // What happened to a ticket, for its trail and for the explanation afterwards.
  `create table ticket_events (
    company text not null,
    id bigint generated always as identity,
    ticket uuid not null,
    kind text not null,
    actor uuid,
    data jsonb,
    at timestamptz not null default clock_timestamp(),
    primary key (company, id),
    foreign key (company, ticket) references tickets
  )`,
  `create index ticket_events_of on ticket_events (company, ticket, id)`,
  `create table notes (
    company text not null,
    id uuid not null,
    conversation uuid not null,
    ticket uuid not null,
    author uuid not null,
    text text not null,
    at timestamptz not null default clock_timestamp(),
    primary key (company, id),
    foreign key (company, ticket) references tickets,
    foreign key (company, author) references users
  )`,
  `create index notes_of on notes (company, conversation, at)`,
  // Who wrote an agent's message, for which ticket, and under which request: the same request is never a second message.
  `alter table messages add column agent uuid, add column ticket uuid, add column request uuid`,
  `create unique index messages_request on messages (company, conversation, request) where request is not null`,
  `alter table conversations add column ticket uuid`,
  `alter table companies add column waiting_alarm_minutes int not null default 10 check (waiting_alarm_minutes > 0)`,
  `create index messages_of_conversation on messages (company, conversation, id)`,
];
