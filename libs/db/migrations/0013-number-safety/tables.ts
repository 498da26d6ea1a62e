/** Defaults are those of libs/domain/number-safety/settings.ts, which says where they come from; a spec holds the two together. */
export const safetyTables: readonly string[] = [
  // Since when this phone number is ours: its age decides how much it may say unasked.
  'alter table channels add column first_linked_at timestamptz',
  `create function channel_linked() returns trigger language plpgsql as $$
  begin
    if new.number is distinct from old.number then new.first_linked_at := null; end if;
    if new.state = 'linked' and new.first_linked_at is null then new.first_linked_at := clock_timestamp(); end if;
    return new;
  end $$`,
  `create trigger channel_linked before update of state, number on channels for each row execute function channel_linked()`,
  `update channels set first_linked_at = state_at where state = 'linked'`,

  `create table channel_safety (
    company text not null,
    channel uuid not null,
    minute_limit int not null default 6 check (minute_limit >= 0),
    hour_limit int not null default 80 check (hour_limit >= 0),
    day_limit int not null default 500 check (day_limit >= 0),
    first_contacts_day int not null default 30 check (first_contacts_day >= 0),
    warm_up boolean not null default true,
    gap_least_ms int not null default 5000 check (gap_least_ms >= 0),
    gap_most_ms int not null default 30000 check (gap_most_ms >= gap_least_ms),
    first_contact_gap_least_ms int not null default 30000 check (first_contact_gap_least_ms >= 0),
    first_contact_gap_most_ms int not null default 60000 check (first_contact_gap_most_ms >= first_contact_gap_least_ms),
    same_text_hour int not null default 40 check (same_text_hour >= 0),
    quiet_from text not null default '21:00' check (quiet_from ~ '^([01][0-9]|2[0-3]):[0-5][0-9]$'),
    quiet_until text not null default '08:00' check (quiet_until ~ '^([01][0-9]|2[0-3]):[0-5][0-9]$'),
    typing_ms_per_char int not null default 300 check (typing_ms_per_char between 0 and 2000),
    typing_least_ms int not null default 800 check (typing_least_ms >= 0),
    typing_most_ms int not null default 12000 check (typing_most_ms between typing_least_ms and 25000),
    reply_gap_ms int not null default 350 check (reply_gap_ms between 0 and 10000),
    primary key (company, channel),
    foreign key (company, channel) references channels on delete cascade
  )`,
  // The row that a send unasked locks: of two at once, the second sees what the first has taken.
  `create table send_budgets (
    company text not null,
    channel uuid not null,
    next_at timestamptz not null default '-infinity',
    primary key (company, channel),
    foreign key (company, channel) references channels on delete cascade
  ) with (fillfactor = 50)`,
  // Every message that nobody asked for: those of lanes 2 and 3 from the moment they are queued, and each first message to somebody
  // who has never written. taken_at: when it took its part of the budget. A row of messages without one here is an answer.
  `create table unasked_sends (
    company text not null,
    message bigint not null,
    channel uuid not null,
    conversation uuid not null,
    lane text not null check (lane in ('reply', 'notice', 'campaign')),
    text_key text,
    first_contact boolean,
    queued_at timestamptz not null default clock_timestamp(),
    taken_at timestamptz,
    primary key (company, message),
    foreign key (company, message) references messages on delete cascade
  )`,
  'create index unasked_sends_taken on unasked_sends (company, channel, taken_at) where taken_at is not null',
  'create index unasked_sends_queued on unasked_sends (company, channel, lane, message) where taken_at is null',
  // One row for each signal; a later one of its kind replaces it. It lifts by itself: until is all that counts.
  `create table channel_restrictions (
    company text not null,
    channel uuid not null,
    signal text not null check (signal in ('no-new-chats', 'new-chat-quota', 'too-fast', 'temporary-ban', 'reachout-lock', 'message-cap')),
    stops text not null check (stops in ('first-contacts', 'bulk', 'everything')),
    since timestamptz not null default clock_timestamp(),
    until timestamptz not null,
    primary key (company, channel, signal),
    foreign key (company, channel) references channels on delete cascade
  )`,
  `create trigger channel_restrictions_made after insert on channel_restrictions
    for each row execute function log_change('channel', 'channel', 'none')`,
  `create trigger channel_restrictions_changed after update on channel_restrictions for each row when (old.* is distinct from new.*)
    execute function log_change('channel', 'channel', 'none')`,

  `create function channel_made() returns trigger language plpgsql as $$
  begin
    insert into channel_safety (company, channel) values (new.company, new.id);
    insert into send_budgets (company, channel) values (new.company, new.id);
    return null;
  end $$`,
  'create trigger channel_made after insert on channels for each row execute function channel_made()',
  'insert into channel_safety (company, channel) select company, id from channels',
  'insert into send_budgets (company, channel) select company, id from channels',
];
