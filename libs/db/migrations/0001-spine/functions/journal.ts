/**
 * The journal before ack (../../../../../README.md, "The life of a message"): lease check, ratchet keys, credentials, the ciphertext's
 * fingerprint, contact, conversation, gapless number and message row in one statement.
 */
export const journal: readonly string[] = [
  // Returns the conversation and the number given, or nothing for a repeat and for a placeholder (no number until there is a text).
  // A placeholder is as old as our having it, not as the message: one out of a backlog must wait for its text like any other.
  `create function put_message(p_company text, p_channel uuid, p_epoch bigint, m jsonb, out conversation uuid, out seq bigint)
  language plpgsql as $$
  declare who uuid; old record; last bigint; placeholder boolean := m->>'kind' = 'placeholder';
  begin
    who := contact_of(p_company, array(select jsonb_array_elements_text(m->'addresses')), m->>'name');
    insert into conversations (company, channel, contact) values (p_company, p_channel, who) on conflict do nothing;
    select v.id, v.last_seq into conversation, last from conversations v
      where v.company = p_company and v.channel = p_channel and v.contact = who for update;
    select x.id, x.seq, x.kind into old from messages x where x.company = p_company and x.conversation = put_message.conversation
      and x.participant = m->>'participant' and x.from_me = (m->>'fromMe')::boolean and x.wa_id = m->>'id';
    if old.kind = 'unreadable' and not placeholder then -- its text comes after all, for people to read: it was answered already
      update messages x set kind = m->>'kind', text = m->>'text', raw = decode(m->>'raw', 'base64')
        where x.company = p_company and x.id = old.id;
    end if;
    if old.id is not null and (old.seq is not null or placeholder) then return; end if;
    if not placeholder then
      seq := last + 1;
      update conversations v set last_seq = put_message.seq, last_inbound_at = clock_timestamp()
        where v.company = p_company and v.id = put_message.conversation;
    end if;
    if old.id is not null then
      update messages x set seq = put_message.seq, kind = m->>'kind', text = m->>'text', raw = decode(m->>'raw', 'base64'),
          epoch = p_epoch, at = coalesce(to_timestamp((m->>'atMs')::double precision / 1000), x.at)
        where x.company = p_company and x.id = old.id;
    else
      insert into messages (company, conversation, channel, direction, author, seq, wa_id, participant, from_me, kind, text, raw,
          envelope, epoch, at)
        values (p_company, conversation, p_channel, 'in', m->>'author', seq, m->>'id', m->>'participant', (m->>'fromMe')::boolean,
          m->>'kind', m->>'text', decode(m->>'raw', 'base64'), m->'envelope', p_epoch,
          case when placeholder then clock_timestamp()
            else coalesce(to_timestamp((m->>'atMs')::double precision / 1000), clock_timestamp()) end);
    end if;
  end $$`,

  // p_key_values holds null where a key is deleted. A fenced session gets HL001 and has written nothing.
  `create function wa_journal(p_channel uuid, p_epoch bigint, p_key_types text[], p_key_ids text[], p_key_values bytea[],
    p_creds bytea, p_sha bytea, p_plain bytea, p_messages jsonb)
  returns table (conversation uuid, seq bigint) language plpgsql as $$
  declare c text := lease_company(p_channel, p_epoch); m jsonb; put record;
  begin
    if p_key_types is not null then
      delete from wa_keys w using unnest(p_key_types, p_key_ids, p_key_values) k(type, id, value)
        where k.value is null and w.company = c and w.channel = p_channel and w.type = k.type and w.id = k.id;
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

  // A placeholder whose text never came gets its number as a message that could not be read, so that it is answered, too.
  `create function wa_number_placeholders(p_channel uuid, p_epoch bigint, p_older_than interval)
  returns table (conversation uuid, seq bigint) language plpgsql as $$
  declare c text := lease_company(p_channel, p_epoch); m record;
  begin
    for m in select x.id, x.conversation from messages x where x.company = c and x.channel = p_channel and x.direction = 'in'
        and x.seq is null and x.at < clock_timestamp() - p_older_than order by x.at loop
      update conversations v set last_seq = v.last_seq + 1, last_inbound_at = clock_timestamp()
        where v.company = c and v.id = m.conversation returning v.last_seq into seq;
      update messages x set seq = wa_number_placeholders.seq, kind = 'unreadable' where x.company = c and x.id = m.id and x.seq is null;
      if not found then
        update conversations v set last_seq = v.last_seq - 1 where v.company = c and v.id = m.conversation;
      else
        conversation := m.conversation;
        return next;
      end if;
    end loop;
  end $$`,

  // Conversations of this number whose last dispatch may have been lost by a crash; after a while also those with something to say or to
  // ask that nobody takes further: their run was terminated, or Temporal's own data are gone. A run that waits for the link ignores it.
  `create function wa_undispatched(p_channel uuid, p_epoch bigint, p_older_than interval)
  returns table (conversation uuid, seq bigint) language plpgsql as $$
  declare c text := lease_company(p_channel, p_epoch); long_ago timestamptz := clock_timestamp() - interval '10 minutes';
  begin
    return query select v.id, v.last_seq from conversations v
      where v.company = c and v.channel = p_channel and v.last_seq > v.handled_seq
        and v.last_inbound_at < clock_timestamp() - p_older_than
      order by v.last_inbound_at limit 500;
    return query select v.id, v.last_seq from conversations v
      where v.company = c and v.channel = p_channel and v.last_seq > 0 and v.last_seq = v.handled_seq and v.id in (
        select m.conversation from messages m where m.company = c and m.channel = p_channel and m.direction = 'out' and m.sent_at is null
          and m.state in ('queued', 'sending', 'unknown') and m.cause is distinct from 'expired' and m.at < long_ago
        union all
        select q.conversation from conversation_queries q where q.company = c and q.result is null and q.asked_at < long_ago)
      limit 500;
  end $$`,
];
