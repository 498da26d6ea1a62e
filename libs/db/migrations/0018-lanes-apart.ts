import { Migration } from '@mikro-orm/migrations';

const statements: readonly string[] = [
  // Whether a message is a notice or a campaign's: its number's gateway sends it when its lane's turn comes, no conversation waits for it.
  `create function in_a_lane(p_company text, p_message bigint) returns boolean language sql stable as $$
    select exists (select from unasked_sends u where u.company = p_company and u.message = p_message and u.lane <> 'reply')
  $$`,

  // As in 0010, and: what waits in a lane is nothing that a run left undone. Its send would be held for hours, with every answer behind it.
  `create or replace function conversation_load(p_company text, p_conversation uuid, p_up_to bigint, p_answered text[], p_first boolean)
  returns jsonb language plpgsql as $$
  declare v conversations; answer jsonb;
  begin
    perform set_config('app.company', p_company, true);
    select * into v from conversations where company = p_company and id = p_conversation;
    if not found then return null; end if;
    select jsonb_build_object(
      'channel', v.channel, 'handledSeq', v.handled_seq, 'revision', v.revision, 'state', v.state, 'flowVersions', v.flow_versions,
      'lastDecision', v.last_decision, 'lastResult', v.last_result,
      'contact', (select jsonb_build_object('id', k.id, 'name', k.name, 'addresses',
          (select jsonb_agg(a.address order by a.address) from contact_addresses a where a.company = k.company and a.contact = k.id))
        from contacts k where k.company = p_company and k.id = v.contact),
      'debounceMs', (select h.debounce_ms from channels h where h.company = p_company and h.id = v.channel),
      'messages', coalesce((select jsonb_agg(jsonb_build_object('seq', m.seq, 'atMs', floor(extract(epoch from m.at) * 1000),
          'author', m.author, 'kind', m.kind, 'text', m.text, 'reason', m.details->>'unreadable',
          'target', case when m.kind in ('edit', 'deleted') then (select coalesce(o.seq, 0) from messages o
            where o.company = p_company and o.conversation = p_conversation and o.participant = m.participant and o.from_me = m.from_me
              and o.wa_id = m.details->>'target' and o.kind <> 'unreadable') end) order by m.seq)
        from messages m where m.company = p_company and m.conversation = p_conversation
          and m.seq > v.handled_seq and m.seq <= p_up_to), '[]'),
      'mode', (select o.mode from operating_modes o where o.company = p_company),
      'emergency', (select jsonb_build_object('version', e.version, 'text', e.text) from emergency_texts e
        where e.company = p_company order by e.version desc limit 1),
      'results', coalesce((select jsonb_agg(jsonb_build_object('step', q.step, 'result', q.result) order by q.answered_at)
        from conversation_queries q where q.company = p_company and q.conversation = p_conversation and q.result is not null
          and (q.step = any(p_answered) or q.step = v.state#>>'{pending,step}') and q.query->>'kind' <> 'ticket'), '[]'),
      'ticket', case when v.ticket is not null then (
        select jsonb_build_object('step', t.step, 'number', t.number, 'queued', t.state = 'pending', 'ahead', case when t.state = 'pending' then (
            select count(*) from tickets o where o.company = p_company and o.state = 'pending' and o.number < t.number
              and o.department is not distinct from t.department) else 0 end)
          from tickets t where t.company = p_company and t.id = v.ticket) end,
      'closedAtMs', case when v.ticket is null and v.state ? 'ticket' then (
        select floor(extract(epoch from max(t.closed_at)) * 1000) from tickets t
          where t.company = p_company and t.conversation = p_conversation) end,
      'undone', case when p_first then (
        select coalesce(jsonb_agg(u.step order by u.at), '[]') from (
          select jsonb_build_object('send', m.id::text) step, m.at from messages m where m.company = p_company
            and m.conversation = p_conversation and m.direction = 'out' and m.sent_at is null
            and m.state in ('queued', 'sending', 'unknown') and m.cause is distinct from 'expired'
            and not in_a_lane(m.company, m.id)
          union all
          select jsonb_build_object(case q.query->>'kind' when 'ticket' then 'ticket' else 'query' end, q.step), q.asked_at from conversation_queries q where q.company = p_company
            and q.conversation = p_conversation and q.result is null) u) end,
      'published', (select jsonb_object_agg(f.kind, f.published) from flows f where f.company = p_company and f.published is not null)
    ) into answer;
    return answer;
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

/** Notices and campaigns wait in their lanes for hours; conversations neither wait for them nor are woken by them. */
export class Migration0018LanesApart extends Migration {
  override up(): void {
    for (const statement of statements) this.addSql(statement);
  }

  override down(): void {
    throw new Error('Older functions would hold answers up behind notices: restore a backup instead.');
  }
}
