/** Notices and campaigns wait in their lanes for hours: the number's gateway sends them, no conversation waits for them or is woken by them. */
export const lanes: readonly string[] = [
  // Whether a message is a notice or a campaign's: its number's gateway sends it when its lane's turn comes, no conversation waits for it.
  `create function in_a_lane(p_company text, p_message bigint) returns boolean language sql stable as $$
    select exists (select from unasked_sends u where u.company = p_company and u.message = p_message and u.lane <> 'reply')
  $$`,

  // The next message of lanes 2 and 3, notices first. p_first_contacts: also to people who have never written.
  `create function wa_next_unasked(p_channel uuid, p_epoch bigint, p_first_contacts boolean) returns bigint language plpgsql as $$
  declare c text := lease_reader(p_channel, p_epoch);
  begin
    return (select u.message from unasked_sends u join messages x on x.company = u.company and x.id = u.message
        join conversations v on v.company = x.company and v.id = x.conversation
      where u.company = c and u.channel = p_channel and u.taken_at is null and u.lane <> 'reply' and x.state = 'queued'
        and (p_first_contacts or v.last_inbound_at is not null)
      order by u.lane = 'campaign', u.message limit 1);
  end $$`,

  // Messages of lanes 2 and 3 that have taken their part of the budget and are not out: a gateway died over them, or nothing left it. No
  // workflow waits for these, so whoever holds the number sends them again, under their ids. What is unknown on this very link waits for
  // a late word. After a day nobody tries any more, as with answers; the row says what is known.
  `create function wa_unfinished_unasked(p_channel uuid, p_epoch bigint, p_limit int) returns table (message bigint) language plpgsql as $$
  declare c text := lease_reader(p_channel, p_epoch);
  begin
    return query select u.message from unasked_sends u join messages x on x.company = u.company and x.id = u.message
      where u.company = c and u.channel = p_channel and u.lane <> 'reply' and u.taken_at > clock_timestamp() - interval '1 day'
        and (x.state in ('queued', 'sending') or x.state = 'unknown' and x.epoch <> p_epoch)
      order by u.taken_at limit p_limit;
  end $$`,

  // As in 0001, and: what waits in a lane is not lost.
  `create or replace function wa_undispatched(p_channel uuid, p_epoch bigint, p_older_than interval)
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
          and not in_a_lane(m.company, m.id)
        union all
        select q.conversation from conversation_queries q where q.company = c and q.result is null and q.asked_at < long_ago)
      limit 500;
  end $$`,
];
