export const mediaFunctions: readonly string[] = [
  // As before, and: details are written, a file is wanted in the same statement, and a message that history brought before it was
  // delivered is numbered like any other.
  `create or replace function put_message(p_company text, p_channel uuid, p_epoch bigint, m jsonb, out conversation uuid, out seq bigint)
  language plpgsql as $$
  declare who uuid; old record; last bigint; placeholder boolean := m->>'kind' = 'placeholder'; row_id bigint;
  begin
    who := contact_of(p_company, array(select jsonb_array_elements_text(m->'addresses')), m->>'name');
    insert into conversations (company, channel, contact) values (p_company, p_channel, who) on conflict do nothing;
    select v.id, v.last_seq into conversation, last from conversations v
      where v.company = p_company and v.channel = p_channel and v.contact = who for update;
    select x.id, x.seq, x.kind into old from messages x where x.company = p_company and x.conversation = put_message.conversation
      and x.participant = m->>'participant' and x.from_me = (m->>'fromMe')::boolean and x.wa_id = m->>'id';
    row_id := old.id;
    if old.kind = 'unreadable' and not placeholder then -- its text comes after all, for people to read: it was answered already
      update messages x set kind = m->>'kind', text = m->>'text', raw = decode(m->>'raw', 'base64'), details = m->'details'
        where x.company = p_company and x.id = old.id;
      if m #> '{details,media}' is not null then perform want_file(p_company, old.id, m); end if;
    end if;
    if old.id is not null and (old.seq is not null or placeholder) then return; end if;
    if not placeholder then
      seq := last + 1;
      update conversations v set last_seq = put_message.seq, last_inbound_at = clock_timestamp()
        where v.company = p_company and v.id = put_message.conversation;
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

  // A placeholder whose text never came gets its number as a message that could not be read, so that it is answered, too.
  `create or replace function wa_number_placeholders(p_channel uuid, p_epoch bigint, p_older_than interval)
  returns table (conversation uuid, seq bigint) language plpgsql as $$
  declare c text := lease_company(p_channel, p_epoch); m record;
  begin
    for m in select x.id, x.conversation from messages x where x.company = c and x.channel = p_channel and x.direction = 'in'
        and x.kind = 'placeholder' and x.at < clock_timestamp() - p_older_than order by x.at loop
      update conversations v set last_seq = v.last_seq + 1, last_inbound_at = clock_timestamp()
        where v.company = c and v.id = m.conversation returning v.last_seq into seq;
      update messages x set seq = wa_number_placeholders.seq, kind = 'unreadable',
          details = coalesce(x.details, jsonb_build_object('unreadable', 'no-text'))
        where x.company = c and x.id = m.id and x.kind = 'placeholder';
      if not found then
        update conversations v set last_seq = v.last_seq - 1 where v.company = c and v.id = m.conversation;
      else
        conversation := m.conversation;
        return next;
      end if;
    end loop;
  end $$`,

  // Files to fetch for a number, taken: each has its next try moved on, twice as far each time, so that a file that kills its
  // gateway does not do so in a circle. p_busy: what the caller is fetching at this moment.
  `create function wa_media_wanted(p_channel uuid, p_epoch bigint, p_busy bigint[], p_limit int)
  returns table (message bigint, wa_id text, from_me boolean, address text, kind text, raw bytea, attempts int) language plpgsql as $$
  declare c text := lease_company(p_channel, p_epoch);
  begin
    return query update media_files f set attempts = f.attempts + 1,
        next_at = clock_timestamp() + least(interval '2 seconds' * 2 ^ least(f.attempts, 11), interval '1 hour')
      from (select w.message, m.wa_id, m.from_me, m.kind, m.raw, (select a.address from conversations v join contact_addresses a
            on a.company = v.company and a.contact = v.contact where v.company = c and v.id = m.conversation
            order by a.address like '%@lid' desc, a.address limit 1) as address
          from media_files w join messages m on m.company = w.company and m.id = w.message
          where w.company = c and w.state = 'wanted' and w.next_at <= clock_timestamp() and m.channel = p_channel
            and w.message <> all(p_busy)
          order by w.next_at limit p_limit for update of w) due
      where f.company = c and f.message = due.message
      returning f.message, due.wa_id, due.from_me, due.address, due.kind, due.raw, f.attempts;
  end $$`,

  // How a try ended: 'stored', 'failed' or 'expired' for good, or 'wanted' with what it ran into.
  `create function wa_media_settle(p_channel uuid, p_epoch bigint, p_message bigint, p_state text, p_reason text, p_sha256 text,
    p_size bigint, p_mimetype text) returns boolean language plpgsql as $$
  declare c text := lease_company(p_channel, p_epoch);
  begin
    update media_files f set state = p_state, reason = p_reason, sha256 = p_sha256, size = coalesce(p_size, f.size),
        mimetype = coalesce(p_mimetype, f.mimetype), stored_at = case when p_state = 'stored' then clock_timestamp() end
      where f.company = c and f.message = p_message and f.state = 'wanted'
        and exists (select from messages m where m.company = c and m.id = f.message and m.channel = p_channel);
    return found;
  end $$`,

  // All keys of a type; only for types of which there are few.
  `create function wa_list_keys(p_channel uuid, p_epoch bigint, p_type text) returns table (id text, value bytea) language plpgsql as $$
  declare c text := lease_reader(p_channel, p_epoch);
  begin
    return query select w.id, w.value from wa_keys w where w.company = c and w.channel = p_channel and w.type = p_type order by w.id;
  end $$`,
];

/** Before the functions that call it. */
export const wantFile = `create function want_file(p_company text, p_message bigint, m jsonb) returns void language sql as $$
    insert into media_files (company, message, direction, state, size, mimetype, file_name)
      select p_company, p_message, 'in', 'wanted', (f->>'size')::bigint, f->>'mimetype', f->>'fileName'
        from (select m #> '{details,media}' as f) x where f is not null
      on conflict do nothing
  $$`;

/**
 * What the phone remembers when it is linked. Such messages have no number and an outcome: nobody is told of them, nobody answers them.
 * Their ids are below zero and made of their time, so that a chat in the order of ids begins with them.
 */
export const historyFunctions: readonly string[] = [
  `create function wa_import_history(p_channel uuid, p_epoch bigint, p_messages jsonb) returns int language plpgsql as $$
  declare c text := lease_company(p_channel, p_epoch); m jsonb; who uuid; v uuid; place bigint; n bigint := 0; made int := 0;
  begin
    for m in select * from jsonb_array_elements(p_messages) loop
      n := n + 1;
      who := contact_of(c, array(select jsonb_array_elements_text(m->'addresses')), null);
      update contacts set name = m->>'name' where company = c and id = who and name is null and m->>'name' is not null;
      insert into conversations (company, channel, contact) values (c, p_channel, who) on conflict do nothing;
      select x.id into v from conversations x where x.company = c and x.channel = p_channel and x.contact = who for update;
      update conversations x set last_inbound_at = to_timestamp((m->>'atMs')::double precision / 1000)
        where x.company = c and x.id = v and x.last_seq = 0
          and (x.last_inbound_at is null or x.last_inbound_at < to_timestamp((m->>'atMs')::double precision / 1000));
      if exists (select from messages x where x.company = c and x.conversation = v and x.wa_id = m->>'id'
          and x.from_me = (m->>'fromMe')::boolean) then continue; end if;
      place := -900000000000000000 + ((m->>'atMs')::bigint / 1000) * 10000000 + (n % 1000) * 10000 + abs(hashtext(m->>'id') % 10000);
      while exists (select from messages x where x.company = c and x.id = place) loop place := place + 1; end loop;
      insert into messages (company, id, conversation, channel, direction, author, wa_id, participant, from_me, kind, text, raw,
          details, envelope, outcome, epoch, at)
        overriding system value
        values (c, place, v, p_channel, 'in', m->>'author', m->>'id', m->>'participant', (m->>'fromMe')::boolean, m->>'kind',
          m->>'text', decode(m->>'raw', 'base64'), m->'details', m->'envelope', 'history', p_epoch,
          to_timestamp((m->>'atMs')::double precision / 1000));
      perform want_file(c, place, m);
      made := made + 1;
    end loop;
    return made;
  end $$`,
];
