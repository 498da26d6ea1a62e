/** What a message holds beside its text, and the file of one that carries a file. */
export const mediaTables: readonly string[] = [
  // MessageDetails of libs/domain/message/details.ts.
  'alter table messages add column details jsonb',

  // A file that came is wanted until the gateway has fetched, checked and stored it; one that goes out is stored from the start.
  // next_at: when the gateway may try (again). reason: why it is not there, or what the last try ran into.
  `create table media_files (
    company text not null references companies,
    message bigint not null,
    direction text not null check (direction in ('in', 'out')),
    state text not null check (state in ('wanted', 'stored', 'failed', 'expired')),
    reason text,
    sha256 text check (sha256 ~ '^[0-9a-f]{64}$'),
    size bigint check (size >= 0),
    mimetype text,
    file_name text,
    attempts int not null default 0,
    next_at timestamptz not null default clock_timestamp(),
    stored_at timestamptz,
    primary key (company, message),
    foreign key (company, message) references messages on delete cascade,
    check (state <> 'stored' or (sha256 is not null and size is not null and mimetype is not null)),
    check (state not in ('failed', 'expired') or reason is not null)
  ) with (fillfactor = 70)`,
  `create index media_files_wanted on media_files (company, next_at) where state = 'wanted'`,

  // A file that has come, or will not come, refreshes the chat that shows its message.
  `create function log_media_change() returns trigger language plpgsql as $$
  begin
    insert into changes (company, topic, subject, conversation)
      select m.company, 'message', m.id::text, m.conversation from messages m where m.company = new.company and m.id = new.message;
    perform pg_notify('changes', new.company);
    return null;
  end $$`,
  `create trigger media_files_changed after update on media_files for each row
    when (new.state <> old.state) execute function log_media_change()`,

  // Whatever has no number yet is not always a placeholder: history has none, either.
  'drop index messages_unnumbered',
  `create index messages_unnumbered on messages (company, channel, at) where direction = 'in' and kind = 'placeholder'`,
];
