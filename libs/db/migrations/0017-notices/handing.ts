/** How notices come from their rows into a number's lane, and back. Whoever changes what waits holds the number's queue. */
export const handing: readonly string[] = [
  `create function notices_lock(p_company text, p_channel uuid) returns void language plpgsql as $$
  begin
    perform set_config('app.company', p_company, true);
    perform pg_advisory_xact_lock(hashtextextended(p_company || '/notices/' || p_channel, 0));
  end $$`,

  // What has to be known before anything is handed on: expires what is over, sees who has written meanwhile, takes back what waits in the lane
  // and is not to go any more: it is over, its batch paused, or the bot stopped. Of what began to leave a day ago and has not said more since,
  // nobody will (wa_unfinished_unasked tries no longer): it is unknown.
  `create function notices_tidy(p_company text, p_channel uuid) returns void language plpgsql as $$
  declare n bigint;
  begin
    perform notices_lock(p_company, p_channel);
    for n in select x.id from notices x join notice_batches b on b.company = x.company and b.channel = x.channel and b.day = x.day
        where x.company = p_company and x.channel = p_channel and x.state = 'queued' and x.message is not null
          and (x.expires_at <= clock_timestamp() or b.paused_at is not null
            or exists (select from operating_modes o where o.company = p_company and o.mode = 'stopped')) loop
      perform notice_take_back(p_company, n);
    end loop;
    update notices x set state = 'expired', cause = 'expired', settled_at = clock_timestamp()
      where x.company = p_company and x.channel = p_channel and x.state = 'queued' and x.message is null and x.expires_at <= clock_timestamp();
    update notices x set state = 'unknown', cause = 'no-ack' from messages m, unasked_sends u
      where x.company = p_company and x.channel = p_channel and x.state = 'queued' and m.company = x.company and m.id = x.message
        and m.state in ('queued', 'sending') and u.company = m.company and u.message = m.id and u.taken_at < clock_timestamp() - interval '1 day';
    update notices x set first_contact = false from contact_addresses a join conversations v on v.company = a.company and v.contact = a.contact
      where x.company = p_company and x.channel = p_channel and x.state = 'queued' and x.message is null and x.first_contact
        and a.company = x.company and a.key = x.recipient and v.channel = x.channel and v.last_inbound_at is not null;
  end $$`,

  // Takes a notice out of the lane, if it has not begun to leave. The budget's row is what a send holds while it begins.
  `create function notice_take_back(p_company text, p_notice bigint) returns boolean language plpgsql as $$
  declare m record;
  begin
    perform from send_budgets b join notices x on x.company = b.company and x.channel = b.channel
      where x.company = p_company and x.id = p_notice for update of b;
    select x.id, x.conversation into m from notices n join messages x on x.company = n.company and x.id = n.message
        join unasked_sends u on u.company = x.company and u.message = x.id
      where n.company = p_company and n.id = p_notice and n.state = 'queued' and x.state = 'queued' and u.taken_at is null for update of x, u;
    if not found then return false; end if;
    update notices n set message = null, handed_at = null where n.company = p_company and n.id = p_notice;
    delete from messages x where x.company = p_company and x.id = m.id;
    insert into changes (company, topic, subject, conversation) values (p_company, 'message', m.id::text, m.conversation);
    perform pg_notify('changes', p_company);
    return true;
  end $$`,

  // Hands the number's next notice on, oldest first; one to each person at a time, so that they get theirs in order, and no more than so many
  // wait in the lane: of chats that are begun, and of first contacts, which may be held for a day and must not be in the others' way.
  `create function notice_hand_on(p_company text, p_channel uuid, p_wa_id text, p_lane int, p_first_lane int) returns text language plpgsql as $$
  declare n notices; ahead record; who uuid; chat record; made bigint;
  begin
    perform notices_lock(p_company, p_channel);
    if exists (select from operating_modes o where o.company = p_company and o.mode = 'stopped') then return 'stopped'; end if;
    select count(*) filter (where not x.first_contact) known, count(*) filter (where x.first_contact) first into ahead
      from notices x where x.company = p_company and x.channel = p_channel and x.state = 'queued' and x.message is not null;
    select x.* into n from notices x
      where x.company = p_company and x.channel = p_channel and x.state = 'queued' and x.message is null and x.file_state <> 'wanted'
        and x.expires_at > clock_timestamp() and case when x.first_contact then ahead.first < p_first_lane else ahead.known < p_lane end
        and not exists (select from notice_batches b where b.company = x.company and b.channel = x.channel and b.day = x.day and b.paused_at is not null)
        and not exists (select from notices e where e.company = x.company and e.channel = x.channel and e.recipient = x.recipient and e.id < x.id
          and (e.state = 'queued' or e.state = 'unknown' and e.handed_at > clock_timestamp() - interval '1 day'))
      order by x.id limit 1 for update;
    if not found then return 'none'; end if;
    who := contact_of(p_company, array[n.address], null);
    select c.id into chat from living_conversation(p_company, p_channel, who) c;
    insert into messages (company, conversation, channel, direction, author, wa_id, from_me, kind, text, details, state, step)
      values (p_company, chat.id, p_channel, 'out', 'bot', p_wa_id, true, coalesce(n.file_kind, 'text'), nullif(n.text, ''),
        case when n.file_state = 'stored' then jsonb_build_object('media', jsonb_strip_nulls(jsonb_build_object(
          'mimetype', n.file_mimetype, 'size', n.file_size, 'fileName', n.file_name))) end, 'queued', 'notice/' || n.id)
      returning id into made;
    if n.file_state = 'stored' then
      insert into media_files (company, message, direction, state, sha256, size, mimetype, file_name, stored_at)
        values (p_company, made, 'out', 'stored', n.file_sha256, n.file_size, n.file_mimetype, n.file_name, clock_timestamp());
    end if;
    insert into unasked_sends (company, message, channel, conversation, lane) values (p_company, made, p_channel, chat.id, 'notice');
    update notices x set message = made, handed_at = clock_timestamp() where x.company = p_company and x.id = n.id;
    return 'handed';
  end $$`,
];
