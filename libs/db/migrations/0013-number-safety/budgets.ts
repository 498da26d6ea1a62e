/** What a send asks before it leaves. Each checks the lease; the decision is libs/domain/number-safety. */
export const budgets: readonly string[] = [
  // Whether a row may go at once. `unasked`: it has to take a part of the budget (wa_unasked, wa_take_budget). `typing`: the bot is
  // to be seen typing first. A row that is settled, or that this channel does not have, may `go`: wa_begin_send says what it is.
  // What an agent writes has a person's pace, and does not queue behind what the bot has to say to everybody after an outage. `stopped` and
  // `owner`: the bot is not to say it any more.
  `create function wa_may_send(p_channel uuid, p_epoch bigint, p_message bigint, p_typed boolean, out verdict text,
    out held_until timestamptz, out chars int, out typing_ms_per_char int, out typing_least_ms int, out typing_most_ms int,
    out gap_ms int, out chat text[], out refused_id text) language plpgsql as $$
  declare c text := lease_company(p_channel, p_epoch); m record;
  begin
    verdict := 'go';
    select x.state, x.author, char_length(x.text) chars, u.message is not null and u.taken_at is null is_waiting, u.message is not null is_listed,
        v.last_inbound_at is not null has_written, v.contact, x.wa_id, x.answers, v.id conversation
      into m from messages x join conversations v on v.company = x.company and v.id = x.conversation
        left join unasked_sends u on u.company = x.company and u.message = x.id
      where x.company = c and x.id = p_message and x.channel = p_channel and x.direction = 'out' and x.state in ('queued', 'sending', 'unknown');
    if not found then return; end if;
    select max(r.until) into held_until from channel_restrictions r
      where r.company = c and r.channel = p_channel and r.stops = 'everything' and r.until > clock_timestamp();
    if held_until is not null then
      verdict := 'held';
      return;
    end if;
    select case when m.author = 'agent' then 0 else s.reply_gap_ms end, s.typing_ms_per_char, s.typing_least_ms, s.typing_most_ms
      into gap_ms, typing_ms_per_char, typing_least_ms, typing_most_ms from channel_safety s where s.company = c and s.channel = p_channel;
    if m.state <> 'queued' then return; end if;
    -- Nobody is answered by the system while it is stopped: not by what was waiting when it was, either. What may have left already goes on.
    if m.author = 'bot' and not m.is_listed and exists (select from operating_modes o where o.company = c and o.mode = 'stopped') then
      verdict := 'stopped';
      refused_id := m.wa_id;
      return;
    end if;
    -- The phone's owner wrote while the bot was typing, or waiting for its number: the chat is theirs. Nobody decides about it before this is out.
    if m.author = 'bot' and not m.is_listed and exists (select from messages o where o.company = c and o.conversation = m.conversation
        and o.seq > (select max(a) from unnest(m.answers) a) and o.author = 'owner'
        and o.kind not in ('reaction', 'edit', 'deleted', 'poll-vote', 'moved')) then
      verdict := 'owner';
      refused_id := m.wa_id;
      return;
    end if;
    -- A group's chat exists before anybody writes in it.
    if m.is_waiting or (not m.is_listed and not m.has_written and not exists (
        select from contact_addresses a where a.company = c and a.contact = m.contact and a.address like '%@g.us')) then
      verdict := 'unasked';
    elsif m.author = 'bot' and not p_typed and typing_ms_per_char > 0 then
      verdict := 'typing';
      chars := coalesce(m.chars, 0);
      chat := addresses_to(c, m.conversation, m.contact);
    end if;
  end $$`,

  // Everything that is decided from, under the lock of the number's budget, which the caller's transaction keeps until it commits.
  `create function wa_unasked(p_channel uuid, p_epoch bigint, p_message bigint) returns jsonb language plpgsql as $$
  declare c text := lease_company(p_channel, p_epoch); v_next timestamptz; m record; answer jsonb;
  begin
    select b.next_at into v_next from send_budgets b where b.company = c and b.channel = p_channel for update;
    select x.id, x.wa_id, x.conversation, md5(x.text) text_key, coalesce(u.lane, 'reply') lane, v.last_inbound_at is null is_first into m
      from messages x join conversations v on v.company = x.company and v.id = x.conversation
        left join unasked_sends u on u.company = x.company and u.message = x.id
      where x.company = c and x.id = p_message and x.channel = p_channel and x.direction = 'out' and x.state = 'queued';
    if not found then return null; end if;
    select jsonb_build_object('waId', m.wa_id,
      'message', (select jsonb_build_object('lane', m.lane, 'isFirstContact', m.is_first,
          'isRepeat', coalesce(bool_or(u.conversation = m.conversation), false),
          'sameTextHour', count(*) filter (where u.taken_at > clock_timestamp() - interval '1 hour'))
        from unasked_sends u where u.company = c and u.channel = p_channel and u.text_key = m.text_key
          and u.taken_at > clock_timestamp() - interval '1 day' and u.message <> m.id),
      'used', (select jsonb_build_object('minute', count(*) filter (where u.taken_at > clock_timestamp() - interval '1 minute'),
          'hour', count(*) filter (where u.taken_at > clock_timestamp() - interval '1 hour'), 'day', count(*),
          'firstContactsDay', count(*) filter (where u.first_contact))
        from unasked_sends u where u.company = c and u.channel = p_channel and u.taken_at > clock_timestamp() - interval '1 day'),
      'nowMs', floor(extract(epoch from clock_timestamp()) * 1000),
      'nextAtMs', case when v_next > '-infinity' then floor(extract(epoch from v_next) * 1000) else 0 end,
      'linkedAtMs', (select floor(extract(epoch from h.first_linked_at) * 1000) from channels h where h.company = c and h.id = p_channel),
      'timeZone', (select k.time_zone from companies k where k.id = c),
      'restrictions', (select coalesce(jsonb_agg(jsonb_build_object('signal', r.signal, 'stops', r.stops,
          'untilMs', floor(extract(epoch from r.until) * 1000))), '[]')
        from channel_restrictions r where r.company = c and r.channel = p_channel and r.until > clock_timestamp()),
      'safety', (select to_jsonb(s) from channel_safety s where s.company = c and s.channel = p_channel)) into answer;
    return answer;
  end $$`,

  // Takes a row's part of the budget. In the transaction of wa_unasked, before wa_begin_send.
  `create function wa_take_budget(p_channel uuid, p_epoch bigint, p_message bigint, p_next_at_ms double precision) returns void
  language plpgsql as $$
  declare c text := lease_company(p_channel, p_epoch);
  begin
    insert into unasked_sends (company, message, channel, conversation, lane, text_key, first_contact, taken_at)
      select c, x.id, p_channel, x.conversation, 'reply', md5(x.text), v.last_inbound_at is null, clock_timestamp()
        from messages x join conversations v on v.company = x.company and v.id = x.conversation
        where x.company = c and x.channel = p_channel and x.id = p_message
      on conflict (company, message) do update
        set text_key = excluded.text_key, first_contact = excluded.first_contact, taken_at = excluded.taken_at;
    update send_budgets b set next_at = to_timestamp(p_next_at_ms / 1000) where b.company = c and b.channel = p_channel;
  end $$`,
];
