/** What counts as the same message twice: two invoices under one caption are two. What has neither text nor file repeats nothing. */
export const textKeys: readonly string[] = [
  `create function unasked_key(p_company text, p_message bigint) returns text language sql stable as $$
    select md5(nullif(coalesce(x.text, '') || coalesce('/' || f.sha256, ''), '')) from messages x
      left join media_files f on f.company = x.company and f.message = x.id where x.company = p_company and x.id = p_message
  $$`,

  // As in 0013, with that key. Everything that is decided from, under the lock of the number's budget, which the caller's transaction keeps until it commits.
  `create or replace function wa_unasked(p_channel uuid, p_epoch bigint, p_message bigint) returns jsonb language plpgsql as $$
  declare c text := lease_company(p_channel, p_epoch); v_next timestamptz; m record; answer jsonb;
  begin
    select b.next_at into v_next from send_budgets b where b.company = c and b.channel = p_channel for update;
    select x.id, x.wa_id, x.conversation, unasked_key(c, x.id) text_key, coalesce(u.lane, 'reply') lane, v.last_inbound_at is null is_first into m
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

  // As in 0013, with that key. Takes a row's part of the budget. In the transaction of wa_unasked, before wa_begin_send.
  `create or replace function wa_take_budget(p_channel uuid, p_epoch bigint, p_message bigint, p_next_at_ms double precision) returns void
  language plpgsql as $$
  declare c text := lease_company(p_channel, p_epoch);
  begin
    insert into unasked_sends (company, message, channel, conversation, lane, text_key, first_contact, taken_at)
      select c, x.id, p_channel, x.conversation, 'reply', unasked_key(c, x.id), v.last_inbound_at is null, clock_timestamp()
        from messages x join conversations v on v.company = x.company and v.id = x.conversation
        where x.company = c and x.channel = p_channel and x.id = p_message
      on conflict (company, message) do update
        set text_key = excluded.text_key, first_contact = excluded.first_contact, taken_at = excluded.taken_at;
    update send_budgets b set next_at = to_timestamp(p_next_at_ms / 1000) where b.company = c and b.channel = p_channel;
  end $$`,
];
