/** What writes what comes from WhatsApp: a person's living conversation takes it, and what came before a merge is known. */
export const journalFunctions: readonly string[] = [
  // As in 0001, and: details are written, a file is wanted in the same statement, and a message that history brought before it was
  // delivered is numbered like any other.
  `create or replace function put_message(p_company text, p_channel uuid, p_epoch bigint, m jsonb, out conversation uuid, out seq bigint)
  language plpgsql as $$
  declare who uuid; v record; old record; placeholder boolean := m->>'kind' = 'placeholder'; row_id bigint;
  begin
    who := contact_of(p_company, array(select jsonb_array_elements_text(m->'addresses')), m->>'name');
    select * into v from living_conversation(p_company, p_channel, who);
    conversation := v.id;
    select x.id, x.seq, x.kind into old from messages x where x.company = p_company and x.conversation = any(v.family)
      and x.participant = m->>'participant' and x.from_me = (m->>'fromMe')::boolean and x.wa_id = m->>'id'
      order by x.conversation = v.id desc limit 1;
    row_id := old.id;
    if old.kind = 'unreadable' and not placeholder then -- its text comes after all, for people to read: it was answered already
      update messages x set kind = m->>'kind', text = m->>'text', raw = decode(m->>'raw', 'base64'), details = m->'details'
        where x.company = p_company and x.id = old.id;
      if m #> '{details,media}' is not null then perform want_file(p_company, old.id, m); end if;
    end if;
    if old.id is not null and (old.seq is not null or placeholder) then return; end if;
    if not placeholder then
      seq := v.last_seq + 1;
      update conversations c set last_seq = put_message.seq, last_inbound_at = clock_timestamp()
        where c.company = p_company and c.id = v.id;
    end if;
    if old.id is not null then
      update messages x set seq = put_message.seq, kind = m->>'kind', text = m->>'text', raw = decode(m->>'raw', 'base64'),
          details = m->'details', outcome = null,
          epoch = p_epoch, at = coalesce(to_timestamp((m->>'atMs')::double precision / 1000), x.at)
        where x.company = p_company and x.id = old.id;
    else
      insert into messages (company, conversation, channel, direction, author, seq, wa_id, participant, from_me, kind, text, raw,
          details, envelope, epoch, at)
        values (p_company, conversation, p_channel, 'in', m->>'author', seq, m->>'id', m->>'participant', (m->>'fromMe')::boolean,
          m->>'kind', m->>'text', decode(m->>'raw', 'base64'), m->'details', m->'envelope', p_epoch,
          case when placeholder then clock_timestamp()
            else coalesce(to_timestamp((m->>'atMs')::double precision / 1000), clock_timestamp()) end)
        returning id into row_id;
    end if;
    if m #> '{details,media}' is not null then perform want_file(p_company, row_id, m); end if;
  end $$`,

  // What the phone remembers when it is linked. Such messages have no number and an outcome: nobody is told of them, nobody answers them.
  // Their ids are below zero and made of their time, so that a chat in the order of ids begins with them.
  `create function wa_import_history(p_channel uuid, p_epoch bigint, p_messages jsonb) returns int language plpgsql as $$
  declare c text := lease_company(p_channel, p_epoch); m jsonb; who uuid; v record; place bigint; n bigint := 0; made int := 0;
  begin
    for m in select * from jsonb_array_elements(p_messages) loop
      n := n + 1;
      who := contact_of(c, array(select jsonb_array_elements_text(m->'addresses')), null);
      update contacts set name = m->>'name' where company = c and id = who and name is null and m->>'name' is not null;
      select * into v from living_conversation(c, p_channel, who);
      update conversations x set last_inbound_at = to_timestamp((m->>'atMs')::double precision / 1000)
        where x.company = c and x.id = v.id and x.last_seq = 0
          and (x.last_inbound_at is null or x.last_inbound_at < to_timestamp((m->>'atMs')::double precision / 1000));
      if exists (select from messages x where x.company = c and x.conversation = any(v.family) and x.wa_id = m->>'id'
          and x.from_me = (m->>'fromMe')::boolean) then continue; end if;
      place := -900000000000000000 + ((m->>'atMs')::bigint / 1000) * 10000000 + (n % 1000) * 10000 + abs(hashtext(m->>'id') % 10000);
      while exists (select from messages x where x.company = c and x.id = place) loop place := place + 1; end loop;
      insert into messages (company, id, conversation, channel, direction, author, wa_id, participant, from_me, kind, text, raw,
          details, envelope, outcome, epoch, at)
        overriding system value
        values (c, place, v.id, p_channel, 'in', m->>'author', m->>'id', m->>'participant', (m->>'fromMe')::boolean, m->>'kind',
          m->>'text', decode(m->>'raw', 'base64'), m->'details', m->'envelope', 'history', p_epoch,
          to_timestamp((m->>'atMs')::double precision / 1000));
      perform want_file(c, place, m);
      made := made + 1;
    end loop;
    return made;
  end $$`,
];
