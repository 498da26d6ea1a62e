/** Sends of every kind: what one needs, what it leaves for its repeats, and what customers' phones ask for again. */
export const sending: readonly string[] = [
  // Up to which number of a conversation the customer's phone was told that their messages are read.
  'alter table conversations add column read_seq bigint not null default 0',
  'alter table channels add column read_marks boolean not null default true',

  // A contact's addresses, the one to write to first: a LID, and of several (merged contacts have them) that of whoever wrote last in
  // this chat. A reply must not go to the person's other phone.
  `create function addresses_to(p_company text, p_conversation uuid, p_contact uuid) returns text[] language plpgsql stable as $$
  declare result text[]; lids int; last jsonb;
  begin
    select array_agg(a.address order by a.address like '%@lid' desc, a.address), count(*) filter (where a.address like '%@lid') into result, lids
      from contact_addresses a where a.company = p_company and a.contact = p_contact;
    if lids < 2 then return result; end if;
    select m.envelope into last from messages m where m.company = p_company and m.conversation = p_conversation
      and m.seq is not null and m.author = 'customer' and m.envelope ? 'from' order by m.seq desc limit 1;
    return (select array_agg(a order by coalesce(a like '%@lid' and a in (last->>'from', last->>'sender_lid'), false) desc, nth)
      from unnest(result) with ordinality r(a, nth));
  end $$`,

  // As before, and with it: details and file of the row, the protobuf that an earlier attempt made (raw), the message that it is about
  // (quoted, or reacted to; in any conversation that was merged into this one), whether the customer has ever written, and what of theirs counts as read once this is out.
  'drop function wa_begin_send(uuid, bigint, bigint)',
  `create function wa_begin_send(p_channel uuid, p_epoch bigint, p_message bigint,
    out wa_id text, out kind text, out text text, out state text, out cause text, out addresses text[], out details jsonb, out raw bytea,
    out file jsonb, out about jsonb, out about_raw bytea, out has_written boolean, out conversation uuid, out read_to bigint, out reads jsonb)
  language plpgsql as $$
  declare c text := lease_company(p_channel, p_epoch); m messages; v conversations; about_id text;
  begin
    update messages x set state = 'sending', epoch = p_epoch
      where x.company = c and x.id = p_message and x.channel = p_channel and x.direction = 'out'
        and x.state in ('queued', 'sending', 'unknown')
      returning x.* into m;
    if not found then
      select x.* into m from messages x where x.company = c and x.id = p_message and x.channel = p_channel and x.direction = 'out';
    end if;
    if not found then return; end if;
    select k.* into v from conversations k where k.company = c and k.id = m.conversation;
    wa_id := m.wa_id; kind := m.kind; text := m.text; state := m.state; cause := m.cause; details := m.details; raw := m.raw;
    conversation := m.conversation;
    has_written := v.last_seq > 0;
    addresses := addresses_to(c, v.id, v.contact);
    if m.details is not null then
      select jsonb_build_object('sha256', f.sha256, 'mimetype', f.mimetype, 'fileName', f.file_name) into file
        from media_files f where f.company = c and f.message = m.id;
      about_id := coalesce(m.details #>> '{quote,waId}', m.details->>'target');
      if about_id is not null then
        select jsonb_build_object('waId', q.wa_id, 'kind', q.kind, 'text', q.text, 'fromMe', q.from_me), q.raw into about, about_raw
          from messages q where q.company = c and q.wa_id = about_id and q.conversation in (select k.id from conversations k
            where k.company = c and k.channel = p_channel and k.contact = v.contact) order by q.id limit 1;
      end if;
    end if;
    read_to := case m.author when 'agent' then v.handled_seq when 'bot' then (select max(a) from unnest(m.answers) a) end;
    if read_to > v.read_seq and (select h.read_marks from channels h where h.company = c and h.id = p_channel) then
      select jsonb_agg(jsonb_build_object('waId', i.wa_id, 'from', i.envelope->>'from') order by i.seq) into reads
        from messages i where i.company = c and i.conversation = m.conversation and i.seq > v.read_seq and i.seq <= read_to
          and i.author = 'customer' and i.kind not in ('call', 'reaction', 'poll-vote', 'edit', 'deleted', 'unreadable');
    end if;
  end $$`,

  `create function wa_read_marked(p_channel uuid, p_epoch bigint, p_conversation uuid, p_seq bigint) returns void language plpgsql as $$
  declare c text := lease_company(p_channel, p_epoch);
  begin
    update conversations v set read_seq = p_seq where v.company = c and v.id = p_conversation and v.channel = p_channel and v.read_seq < p_seq;
  end $$`,

  // Keeps the protobuf that is about to go out, media keys included; of two attempts the first counts, and both get that one.
  `create function wa_keep_sent(p_channel uuid, p_epoch bigint, p_message bigint, p_raw bytea) returns bytea language plpgsql as $$
  declare c text := lease_company(p_channel, p_epoch); kept bytea;
  begin
    update messages x set raw = coalesce(x.raw, p_raw) where x.company = c and x.id = p_message and x.channel = p_channel
      and x.direction = 'out' returning x.raw into kept;
    return kept;
  end $$`,

  // Nothing of a message has left yet, and why: it waits again. One whose protobuf is kept may have gone out.
  `create function wa_unsent(p_channel uuid, p_epoch bigint, p_message bigint, p_cause text) returns void language plpgsql as $$
  declare c text := lease_company(p_channel, p_epoch);
  begin
    update messages x set state = 'queued', cause = p_cause where x.company = c and x.id = p_message and x.channel = p_channel
      and x.direction = 'out' and x.state = 'sending' and x.raw is null;
  end $$`,

  // What was sent under an id, to a person or to a group, for a phone that could not read it and asks again.
  `create or replace function wa_sent_message(p_channel uuid, p_epoch bigint, p_wa_id text, out kind text, out text text, out raw bytea)
  language plpgsql as $$
  declare c text := lease_reader(p_channel, p_epoch);
  begin
    select x.kind, x.text, x.raw into kind, text, raw from messages x
      where x.company = c and x.channel = p_channel and x.direction = 'out' and x.wa_id = p_wa_id;
    if not found then
      select 'text', g.text into kind, text from group_messages g where g.company = c and g.channel = p_channel and g.wa_id = p_wa_id;
    end if;
  end $$`,

  // Whether a number has WhatsApp, as the network said. That it has none is believed for a day: people get one.
  `create table wa_numbers (
    company text not null references companies,
    number text not null,
    registered boolean not null,
    checked_at timestamptz not null default now(),
    primary key (company, number)
  ) with (fillfactor = 80)`,
  `create function wa_number(p_channel uuid, p_epoch bigint, p_number text, p_younger_than interval) returns boolean language plpgsql as $$
  declare c text := lease_reader(p_channel, p_epoch);
  begin
    return (select n.registered from wa_numbers n where n.company = c and n.number = p_number 
      and n.checked_at > now() - case when n.registered then p_younger_than else least(p_younger_than, interval '1 day') end);
  end $$`,
  `create function wa_keep_number(p_channel uuid, p_epoch bigint, p_number text, p_registered boolean) returns void language plpgsql as $$
  declare c text := lease_company(p_channel, p_epoch);
  begin
    insert into wa_numbers (company, number, registered) values (c, p_number, p_registered)
      on conflict (company, number) do update set registered = excluded.registered, checked_at = now();
  end $$`,

  // Gives up on a message nobody could send in time, or whose file could not be uploaded time and again. One that may have gone out is not
  // called failed.
  `create or replace function conversation_expire(p_company text, p_conversation uuid, p_message bigint) returns void language plpgsql as $$
  begin
    perform set_config('app.company', p_company, true);
    update messages set state = case when state = 'queued' then 'failed' else 'unknown' end,
        cause = case when state = 'queued' and cause in ('upload-failed', 'file-unreachable') then 'upload-given-up' else 'expired' end
      where company = p_company and conversation = p_conversation and id = p_message and direction = 'out'
        and state in ('queued', 'sending', 'unknown');
  end $$`,
];
