/** What `decide` reads and writes, with pictures that may be receipts. Restates 0018's: see there and in 0010 what is not said here. */
export const decidingWithReceipts: readonly string[] = [
  // As before, and: what kind of file a document is, and which receipts a terminated run left unstarted. That somebody asked this customer for a
  // better receipt is looked up only while one is looked at.
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
          'mimetype', case when m.kind = 'document' then m.details#>>'{media,mimetype}' end,
          'target', case when m.kind in ('edit', 'deleted') then (select coalesce(o.seq, 0) from messages o
            where o.company = p_company and o.conversation = p_conversation and o.participant = m.participant and o.from_me = m.from_me
              and o.wa_id = m.details->>'target' and o.kind <> 'unreadable') end) order by m.seq)
        from messages m where m.company = p_company and m.conversation = p_conversation
          and m.seq > v.handled_seq and m.seq <= p_up_to), '[]'),
      'receiptAsked', case when v.state#>'{pending,receipt}' is not null then exists (select from receipts r where r.company = p_company
          and r.conversation = p_conversation and r.state = 'asked-another' and r.received_at > clock_timestamp() - interval '14 days') end,
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
          select jsonb_strip_nulls(jsonb_build_object('send', m.id::text, 'media', case when m.kind = any(media_kinds()) then true end)) step, m.at
            from messages m where m.company = p_company
            and m.conversation = p_conversation and m.direction = 'out' and m.sent_at is null
            and m.state in ('queued', 'sending', 'unknown') and m.cause is distinct from 'expired'
            and not in_a_lane(m.company, m.id)
          union all
          select case q.query->>'kind' when 'receipt' then jsonb_build_object('receipt', q.query->>'receipt', 'step', q.step)
              when 'ticket' then jsonb_build_object('ticket', q.step) else jsonb_build_object('query', q.step) end, q.asked_at
            from conversation_queries q where q.company = p_company and q.conversation = p_conversation and q.result is null
          union all
          select jsonb_build_object('receipt', r.id::text), r.received_at from receipts r
            where r.company = p_company and r.conversation = p_conversation and r.state = 'reading' and r.step is null) u) end,
      'published', (select jsonb_object_agg(f.kind, f.published) from flows f where f.company = p_company and f.published is not null)
    ) into answer;
    return answer;
  end $$`,

  // As before, and: a picture that may be a receipt is one from here on, in state `reading`, once a message. A step that waits to hear what it is
  // is asked like a question.
  `create or replace function conversation_commit(p_company text, p_conversation uuid, p_decision uuid, p_revision bigint, p_handled bigint,
    p_state jsonb, p_flow_versions jsonb, p_steps jsonb, p_outcomes jsonb) returns jsonb language plpgsql as $$
  declare v conversations; step jsonb; made bigint; picture jsonb; proof uuid; waits_for text; result jsonb := '[]'; waits bigint;
  begin
    perform set_config('app.company', p_company, true);
    select * into v from conversations where company = p_company and id = p_conversation for update;
    if not found then raise exception 'no such conversation' using errcode = 'no_data_found'; end if;
    if v.last_decision = p_decision then return v.last_result; end if;
    if v.revision <> p_revision then raise exception 'decided meanwhile' using errcode = 'HL002'; end if;
    for step in select * from jsonb_array_elements(p_steps) loop
      if step->>'kind' = 'say' then
        insert into messages (company, conversation, channel, direction, author, wa_id, from_me, kind, text, state, node, step, answers)
          values (p_company, p_conversation, v.channel, 'out', 'bot', step->>'waId', true, 'text', step->>'text', 'queued',
            step->>'node', step->>'id', array(select jsonb_array_elements_text(step->'answers')::bigint))
          returning id into made;
        result := result || jsonb_build_object('send', made::text);
      elsif step->>'kind' = 'file' then
        insert into messages (company, conversation, channel, direction, author, wa_id, from_me, kind, text, details, state, node, step, answers)
          values (p_company, p_conversation, v.channel, 'out', 'bot', step->>'waId', true, 'document', step->>'text',
            jsonb_build_object('media', (step->'file') - 'sha256'), 'queued',
            step->>'node', step->>'id', array(select jsonb_array_elements_text(step->'answers')::bigint))
          returning id into made;
        insert into media_files (company, message, direction, state, sha256, size, mimetype, file_name, stored_at)
          values (p_company, made, 'out', 'stored', step#>>'{file,sha256}', (step#>>'{file,size}')::bigint,
            step#>>'{file,mimetype}', step#>>'{file,fileName}', clock_timestamp());
        result := result || jsonb_build_object('send', made::text, 'media', true);
      elsif step->>'kind' = 'receipt' then
        picture := step; -- in a query, step may be a column
        waits_for := case when picture->'quiet' is null then picture->>'id' end;
        insert into receipts (company, source, conversation, message, step, contact, customer, customer_name, invoice, invoice_number)
          select p_company, 'chat', p_conversation, m.id, waits_for, v.contact, picture#>>'{customer,id}', picture#>>'{customer,name}',
              picture#>>'{invoice,id}', picture#>>'{invoice,number}'
            from messages m where m.company = p_company and m.conversation = p_conversation and m.seq = (picture->>'seq')::bigint
          on conflict (company, message) where message is not null do update set step = coalesce(excluded.step, receipts.step)
          returning id into proof;
        if proof is null then raise exception 'the message went elsewhere' using errcode = 'HL002'; end if;
        if waits_for is not null then
          insert into conversation_queries (company, conversation, step, query)
            values (p_company, p_conversation, waits_for, jsonb_build_object('kind', 'receipt', 'receipt', proof));
        end if;
        result := result || jsonb_strip_nulls(jsonb_build_object('receipt', proof, 'step', waits_for));
      else
        insert into conversation_queries (company, conversation, step, query)
          values (p_company, p_conversation, step->>'id', coalesce(step->'query', step - 'id'));
        result := result || jsonb_build_object(step->>'kind', step->>'id');
      end if;
    end loop;
    update messages m set outcome = o.outcome from jsonb_to_recordset(p_outcomes) o(seq bigint, outcome text)
      where m.company = p_company and m.conversation = p_conversation and m.seq = o.seq;
    -- Who writes to an agent waits for an answer from then on; the ticket's workflow is told once, until an agent has answered.
    if v.ticket is not null then
      update tickets t set waiting_since = w.since
        from (select min(m.at) since from jsonb_to_recordset(p_outcomes) o(seq bigint, outcome text)
          join messages m on m.company = p_company and m.conversation = p_conversation and m.seq = o.seq
          where o.outcome = 'agent' and m.author = 'customer') w
        where t.company = p_company and t.id = v.ticket and t.waiting_since is null and t.state <> 'closed' and w.since is not null
        returning t.number into waits;
    end if;
    result := jsonb_strip_nulls(jsonb_build_object('handledSeq', p_handled, 'steps', result, 'waits', waits));
    update conversations set handled_seq = p_handled, state = p_state, flow_versions = p_flow_versions, revision = revision + 1,
        last_decision = p_decision, last_result = result,
        kept_since = to_timestamp((p_state#>>'{kept,sinceMs}')::double precision / 1000)
      where company = p_company and id = p_conversation;
    return result;
  end $$`,
];
