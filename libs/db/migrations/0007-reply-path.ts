import { Migration } from '@mikro-orm/migrations';

/** What happens several times to every message costs less. Measured with `npm run bench -- reply`. */
const messages: readonly string[] = [
  // What is not out yet. By state it was touched by every step of a message, which then wrote all its other indexes anew, too (no
  // heap-only update); the time of sending changes once.
  'drop index messages_unsent',
  `create index messages_unsent on messages (company, conversation, id) where direction = 'out' and sent_at is null`,
  // As log_change, without making JSON of the whole row with its protobuf.
  `create function log_message_change() returns trigger language plpgsql as $$
  begin
    insert into changes (company, topic, subject, conversation) values (new.company, 'message', new.id::text, new.conversation);
    perform pg_notify('changes', new.company);
    return null;
  end $$`,
  'drop trigger messages_made on messages',
  'drop trigger messages_changed on messages',
  'create trigger messages_made after insert on messages for each row execute function log_message_change()',
  `create trigger messages_changed after update on messages for each row
    when (new.seq is distinct from old.seq or new.kind <> old.kind or (new.state is distinct from old.state and new.state <> 'sending'))
    execute function log_message_change()`,
];

const gateway: readonly string[] = [
  // Marks a row as being sent and gives what the send needs. A row that the network has confirmed or refused stays as it is.
  `create or replace function wa_begin_send(p_channel uuid, p_epoch bigint, p_message bigint,
    out wa_id text, out kind text, out text text, out state text, out cause text, out addresses text[])
  language plpgsql as $$
  declare c text := lease_company(p_channel, p_epoch); v uuid;
  begin
    update messages x set state = 'sending', epoch = p_epoch
      where x.company = c and x.id = p_message and x.channel = p_channel and x.direction = 'out'
        and x.state in ('queued', 'sending', 'unknown')
      returning x.wa_id, x.kind, x.text, x.state, x.cause, x.conversation into wa_id, kind, text, state, cause, v;
    if not found then
      select x.wa_id, x.kind, x.text, x.state, x.cause, x.conversation into wa_id, kind, text, state, cause, v
        from messages x where x.company = c and x.id = p_message and x.channel = p_channel and x.direction = 'out';
    end if;
    if not found then return; end if;
    select array_agg(a.address order by a.address like '%@lid' desc, a.address) into addresses
      from conversations k join contact_addresses a on a.company = k.company and a.contact = k.contact
      where k.company = c and k.id = v;
  end $$`,

  // Moves sent messages forward: acks, marks of delivery and reading, refusals. They may come in any order and repeat; of several
  // for one message the furthest counts.
  'drop function wa_settle(uuid, bigint, text[], text, text)',
  `create function wa_settle(p_channel uuid, p_epoch bigint, p_wa_ids text[], p_states text[], p_causes text[]) returns int
  language plpgsql as $$
  declare c text := lease_company(p_channel, p_epoch); moved int;
    ranks constant text[] := array['queued', 'sending', 'unknown', 'failed', 'sent', 'delivered', 'read'];
  begin
    update messages x set state = s.state, cause = case when s.state in ('failed', 'unknown') then s.cause end,
        sent_at = case when s.state in ('sent', 'delivered', 'read') then coalesce(x.sent_at, clock_timestamp()) else x.sent_at end,
        delivered_at = case when s.state in ('delivered', 'read') then coalesce(x.delivered_at, clock_timestamp()) else x.delivered_at end,
        read_at = case when s.state = 'read' then coalesce(x.read_at, clock_timestamp()) else x.read_at end
      from (select distinct on (m.wa_id) m.wa_id, m.state, m.cause, array_position(ranks, m.state) rank
        from unnest(p_wa_ids, p_states, p_causes) m(wa_id, state, cause) order by m.wa_id, array_position(ranks, m.state) desc) s
      where x.company = c and x.channel = p_channel and x.direction = 'out' and x.wa_id = s.wa_id
        and s.rank > array_position(ranks, x.state);
    get diagnostics moved = row_count;
    return moved;
  end $$`,

  // p_key_values holds null where a key is deleted. A fenced session gets HL001 and has written nothing.
  `create or replace function wa_journal(p_channel uuid, p_epoch bigint, p_key_types text[], p_key_ids text[], p_key_values bytea[],
    p_creds bytea, p_sha bytea, p_plain bytea, p_messages jsonb)
  returns table (conversation uuid, seq bigint) language plpgsql as $$
  declare c text := lease_company(p_channel, p_epoch); m jsonb; put record;
  begin
    if array_position(p_key_values, null) is not null then
      delete from wa_keys w using unnest(p_key_types, p_key_ids, p_key_values) k(type, id, value)
        where k.value is null and w.company = c and w.channel = p_channel and w.type = k.type and w.id = k.id;
    end if;
    if p_key_types is not null then
      insert into wa_keys (company, channel, type, id, value)
        select c, p_channel, k.type, k.id, k.value from unnest(p_key_types, p_key_ids, p_key_values) k(type, id, value)
          where k.value is not null order by k.type, k.id
        on conflict on constraint wa_keys_pkey do update set value = excluded.value;
    end if;
    if p_creds is not null then
      insert into wa_creds (company, channel, value) values (c, p_channel, p_creds)
        on conflict on constraint wa_creds_pkey do update set value = excluded.value;
    end if;
    if p_sha is not null then
      insert into wa_plaintexts (company, channel, sha, plain) values (c, p_channel, p_sha, p_plain) on conflict do nothing;
    end if;
    for m in select * from jsonb_array_elements(coalesce(p_messages, '[]')) loop
      select * into put from put_message(c, p_channel, p_epoch, m);
      if put.seq is not null then
        conversation := put.conversation;
        seq := put.seq;
        return next;
      end if;
    end loop;
  end $$`,
];

/** The statements on the path of every message. */
export class Migration0007ReplyPath extends Migration {
  override up(): void {
    for (const statement of [...messages, ...gateway]) this.addSql(statement);
  }

  override down(): void {
    throw new Error('Older gateways do not know these functions: restore a backup instead.');
  }
}
