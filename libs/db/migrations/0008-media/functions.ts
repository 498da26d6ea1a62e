export const mediaFunctions: readonly string[] = [
  // A placeholder whose text never came gets its number as a message that could not be read, so that it is answered, too. A merge that comes
  // between finding it and holding its conversation may have moved it (0009): a number of the old conversation in the new one would be a gap
  // there, and here one day a number that is taken, and the journal would refuse that message for ever.
  `create or replace function wa_number_placeholders(p_channel uuid, p_epoch bigint, p_older_than interval)
  returns table (conversation uuid, seq bigint) language plpgsql as $$
  declare c text := lease_company(p_channel, p_epoch); m record;
  begin
    for m in select x.id, x.conversation from messages x where x.company = c and x.channel = p_channel and x.direction = 'in'
        and x.kind = 'placeholder' and x.at < clock_timestamp() - p_older_than order by x.at loop
      perform from conversations v where v.company = c and v.id = m.conversation for update;
      update messages x set seq = v.last_seq + 1, kind = 'unreadable',
          details = coalesce(x.details, jsonb_build_object('unreadable', 'no-text'))
        from conversations v where v.company = c and v.id = m.conversation
          and x.company = c and x.id = m.id and x.conversation = v.id and x.kind = 'placeholder'
        returning x.seq into wa_number_placeholders.seq;
      continue when not found; -- its text came, or it moved: the next round finds it there
      update conversations v set last_seq = wa_number_placeholders.seq, last_inbound_at = clock_timestamp()
        where v.company = c and v.id = m.conversation;
      conversation := m.conversation;
      return next;
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
