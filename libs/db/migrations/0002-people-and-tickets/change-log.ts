/**
 * The change log: which row a screen may have to read again. Written by triggers, so that no writer can forget it, in the transaction
 * of the change itself. `transaction` tells the reader what is not safe to serve yet: ids above the oldest open transaction may still
 * be followed by lower ones.
 */
const changed = (table: string, subject: string, updates = 'old.* is distinct from new.*') => [
  `create trigger ${table}_made after insert on ${table} for each row execute function log_change(${subject})`,
  `create trigger ${table}_changed after update on ${table} for each row when (${updates})
    execute function log_change(${subject})`,
];

/** What of a message a screen shows: that it is about to be sent is nothing to be told about. */
const messageUpdates = `new.seq is distinct from old.seq or new.kind <> old.kind
  or (new.state is distinct from old.state and new.state <> 'sending')`;

export const changeLog: readonly string[] = [
  `create table changes (
    company text not null,
    id bigint generated always as identity,
    transaction xid8 not null default pg_current_xact_id(),
    topic text not null,
    subject text not null,
    conversation uuid,
    at timestamptz not null default clock_timestamp(),
    primary key (company, id)
  )`,
  // tg_argv: topic, column of the subject's id, column of the conversation (or nothing).
  `create function log_change() returns trigger language plpgsql as $$
  declare r jsonb := to_jsonb(new);
  begin
    insert into changes (company, topic, subject, conversation)
      values (new.company, tg_argv[0], r->>tg_argv[1], (r->>tg_argv[2])::uuid);
    perform pg_notify('changes', new.company);
    return null;
  end $$`,
  ...changed('messages', `'message', 'id', 'conversation'`, messageUpdates),
  ...changed('tickets', `'ticket', 'id', 'conversation'`),
  ...changed('notes', `'note', 'id', 'conversation'`),
  ...changed('channels', `'channel', 'id', 'none'`),
  ...changed('users', `'user', 'id', 'none'`),
  ...changed('departments', `'department', 'id', 'none'`),
];
