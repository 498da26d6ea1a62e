import { Migration } from '@mikro-orm/migrations';

/** Screens follow the change log from a cursor over transactions: all of those below the oldest open one are complete. */
const changeLog: readonly string[] = [
  // Who could see a ticket before a change has to be told of it, too: their lists drop it. Ids and states only.
  'alter table changes add column before jsonb',
  'create index changes_by_transaction on changes (company, transaction, id)',
  // tg_argv: topic, column of the subject's id, column of the conversation (or nothing).
  `create or replace function log_change() returns trigger language plpgsql as $$
  declare
    r jsonb := to_jsonb(new);
    o jsonb := to_jsonb(old); -- of any table: a record has fields only where its table has them
  begin
    insert into changes (company, topic, subject, conversation, before)
      values (new.company, tg_argv[0], r->>tg_argv[1], (r->>tg_argv[2])::uuid, case when tg_argv[0] = 'ticket' and tg_op = 'UPDATE'
        then jsonb_build_object('state', o->'state', 'assignee', o->'assignee', 'department', o->'department') end);
    perform pg_notify('changes', new.company);
    return null;
  end $$`,
  // In which departments somebody works decides what they see.
  `create function log_membership() returns trigger language plpgsql as $$
  declare r user_departments := coalesce(new, old);
  begin
    insert into changes (company, topic, subject) values (r.company, 'user', r.member);
    perform pg_notify('changes', r.company);
    return null;
  end $$`,
  'create trigger user_departments_changed after insert or delete on user_departments for each row execute function log_membership()',
  `create function log_department_gone() returns trigger language plpgsql as $$
  begin
    insert into changes (company, topic, subject) values (old.company, 'department', old.id);
    perform pg_notify('changes', old.company);
    return null;
  end $$`,
  'create trigger departments_gone after delete on departments for each row execute function log_department_gone()',
  // Nobody's cursor is a day old. The newest of the old ones stays, so that a cursor from before it is known to be too old.
  `create function forget_changes(p_company text, p_older_than interval) returns int language plpgsql as $$
  declare newest bigint; gone int;
  begin
    select max(id) into newest from changes where company = p_company and at < clock_timestamp() - p_older_than;
    delete from changes where company = p_company and id < newest and at < clock_timestamp() - p_older_than;
    get diagnostics gone = row_count;
    return gone;
  end $$`,
];

/** A number is connected anew when somebody asks for it, without losing its link. */
const restart: readonly string[] = [
  'alter table channels add column restart_asked_at timestamptz',
  'drop trigger channel_wanted on channels',
  `create trigger channel_wanted after insert or update of wanted, pairing_number, restart_asked_at on channels
    for each row execute function channel_wanted()`,
  'drop function wa_wish(uuid, bigint)',
  `create function wa_wish(p_channel uuid, p_epoch bigint, out wanted boolean, out pairing_number text, out debounce_ms int,
    out restart_asked_at timestamptz) language plpgsql as $$
  declare c text := lease_reader(p_channel, p_epoch);
  begin
    select h.wanted, h.pairing_number, h.debounce_ms, h.restart_asked_at into wanted, pairing_number, debounce_ms, restart_asked_at
      from channels h where h.company = c and h.id = p_channel;
  end $$`,
];

/** Names are found whether or not somebody writes the accents. */
const search: readonly string[] = [
  `create function search_key(p_text text) returns text language sql immutable parallel safe as $$
    select translate(lower(p_text), 'áàâäãéèêëíìîïóòôöõúùûüñç', 'aaaaaeeeeiiiiooooouuuunc')
  $$`,
];

/** What went wrong lately, without reading all that went well. */
const troubles: readonly string[] = [`create index messages_failed on messages (company, at) where state = 'failed'`];

/** What the screens need: a cursor over the change log, restarting a number, search. */
export class Migration0005Screens extends Migration {
  override up(): void {
    for (const statement of [...changeLog, ...restart, ...search, ...troubles]) this.addSql(statement);
  }

  override down(): void {
    throw new Error('Older code does not know what these functions answer: restore a backup instead.');
  }
}
