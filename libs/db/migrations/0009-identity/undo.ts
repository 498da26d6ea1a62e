/**
 * Undoing a merge: addresses and conversations go home, and so do the messages that came in the meantime, by the address on their
 * envelope. A message that goes leaves a row `moved` in its place, so that numbers stay without a gap and answers keep what they answer.
 */
export const undoFunctions: readonly string[] = [
  // The contact to which the sender's address (of an owner's message: the recipient's) belongs by itself; null when nothing says.
  `create function message_home(p_company text, p_from_me boolean, p_envelope jsonb) returns uuid language sql stable as $$
    select coalesce(a.home, a.contact) from contact_addresses a where a.company = p_company
      and a.address = regexp_replace(regexp_replace(p_envelope->>case when p_from_me then 'recipient' else 'from' end, '[:_]\\d+@', '@'), '@c\\.us$', '@s.whatsapp.net')
  $$`,

  // Moves inbound messages to the end of what p_to has settled, before what it has not: those that were settled where they came from
  // are not answered again, the others are p_to's to answer. Both conversations are held; decisions under way are made again (HL002).
  `create function move_messages(p_company text, p_to uuid, p_messages bigint[]) returns void language plpgsql as $$
  declare had bigint; moving jsonb;
  begin
    select v.handled_seq into had from conversations v where v.company = p_company and v.id = p_to;
    select jsonb_agg(jsonb_build_object('id', m.id, 'source', nullif(v.id, p_to), 'seq', m.seq,
        'settled', m.seq <= v.handled_seq and v.id <> p_to))
      into moving from messages m join conversations v on v.company = m.company and v.id = m.conversation
      where m.company = p_company and (m.id = any(p_messages) or m.conversation = p_to and m.seq > had);
    update messages m set conversation = p_to, seq = null from jsonb_to_recordset(moving) g(id bigint)
      where m.company = p_company and m.id = g.id;
    insert into messages (company, conversation, channel, direction, author, seq, wa_id, participant, from_me, kind, outcome, at)
      select m.company, g.source, m.channel, 'in', 'system', g.seq, m.wa_id, m.participant, m.from_me, 'moved',
          case when g.settled then 'noted' end, m.at
        from jsonb_to_recordset(moving) g(id bigint, source uuid, seq bigint, settled boolean)
        join messages m on m.company = p_company and m.id = g.id where g.source is not null and g.seq is not null;
    update messages m set seq = had + n.place from (
        select g.id, row_number() over (order by g.settled desc, g.id) place
          from jsonb_to_recordset(moving) g(id bigint, seq bigint, settled boolean) where g.seq is not null) n
      where m.company = p_company and m.id = n.id;
    update conversations v set revision = v.revision + 1
      where v.company = p_company and v.id in (select g.source from jsonb_to_recordset(moving) g(source uuid));
    update conversations v set revision = v.revision + 1, last_inbound_at = clock_timestamp(),
        handled_seq = had + (select count(*) from jsonb_to_recordset(moving) g(seq bigint, settled boolean) where g.settled and g.seq is not null),
        last_seq = had + (select count(*) from jsonb_to_recordset(moving) g(seq bigint) where g.seq is not null)
      where v.company = p_company and v.id = p_to;
  end $$`,

  // Of the conversations of one channel, those at home on p_side (or those that are not) become p_contact's: one of them lives.
  `create function part_conversations(p_company text, p_channel uuid, p_all uuid[], p_side uuid[], p_within boolean, p_contact uuid)
  returns uuid language plpgsql as $$
  declare part uuid[];
  begin
    select array_agg(v.id order by (v.ticket is not null) desc, (v.merged_into = v.id) desc, (v.state is not null) desc, v.created_at, v.id)
      into part from conversations v where v.company = p_company and v.channel = p_channel and v.id = any(p_all)
        and (coalesce(v.home, v.contact) = any(p_side)) = p_within;
    update conversations v set contact = p_contact, merged_into = nullif(part[1], v.id) where v.company = p_company and v.id = any(part);
    return part[1];
  end $$`,

  // False when it was undone before.
  `create function contact_merge_undo(p_company text, p_merge uuid, p_by uuid) returns boolean language plpgsql as $$
  declare m contact_merges; root uuid; side uuid[]; everything uuid[]; ch uuid; theirs uuid; ours uuid; strays bigint[];
  begin
    select * into m from contact_merges x where x.company = p_company and x.id = p_merge and x.undone_at is null for update;
    if not found then return false; end if;
    loop -- until nobody merges the whole into yet another one
      root := contact_root(p_company, m.loser);
      perform from contacts c where c.company = p_company and c.id in (root, m.loser) order by c.id for update;
      exit when contact_root(p_company, m.loser) = root;
    end loop;
    side := contact_side(p_company, m.loser);
    select array_agg(h.id) into everything from (
      select v.id from conversations v where v.company = p_company and v.contact = root order by v.id for update) h;
    update contact_merges x set undone_at = clock_timestamp(), undone_by = p_by where x.company = p_company and x.id = p_merge;
    update contacts c set merged_into = null where c.company = p_company and c.id = m.loser;
    update contact_addresses a set contact = m.loser
      where a.company = p_company and a.contact = root and coalesce(a.home, a.contact) = any(side);
    for ch in select distinct v.channel from conversations v where v.company = p_company and v.id = any(everything) loop
      -- Nobody lives for a moment: the next two lines say who does.
      update conversations v set merged_into = coalesce(v.merged_into, v.id)
        where v.company = p_company and v.channel = ch and v.id = any(everything);
      theirs := part_conversations(p_company, ch, everything, side, true, m.loser);
      ours := part_conversations(p_company, ch, everything, side, false, root);
      select array_agg(x.id order by x.id) into strays from messages x join conversations v on v.company = x.company and v.id = x.conversation
        where x.company = p_company and v.id = any(everything) and v.channel = ch and x.direction = 'in' and v.contact = root
          and message_home(p_company, x.from_me, x.envelope) = any(side);
      if strays is not null then
        if theirs is null then theirs := (living_conversation(p_company, ch, m.loser)).id; end if;
        perform move_messages(p_company, theirs, strays);
      end if;
      select array_agg(x.id order by x.id) into strays from messages x join conversations v on v.company = x.company and v.id = x.conversation
        where x.company = p_company and v.id = any(everything) and v.channel = ch and x.direction = 'in' and v.contact = m.loser
          and message_home(p_company, x.from_me, x.envelope) <> all(side);
      if strays is not null then
        if ours is null then ours := (living_conversation(p_company, ch, root)).id; end if;
        perform move_messages(p_company, ours, strays);
      end if;
    end loop;
    update tickets t set contact = v.contact from conversations v
      where t.company = p_company and v.company = p_company and v.id = t.conversation and v.id = any(everything) and t.contact <> v.contact;
    return true;
  end $$`,
];
