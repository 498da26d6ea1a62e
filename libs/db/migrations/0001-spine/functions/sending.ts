/** Sends of the gateway. Each checks the lease in the statement that writes. */
export const sending: readonly string[] = [
  // Marks a row as being sent and gives what the send needs. A row that the network has confirmed or refused stays as it is.
  `create function wa_begin_send(p_channel uuid, p_epoch bigint, p_message bigint,
    out wa_id text, out kind text, out text text, out state text, out cause text, out addresses text[])
  language plpgsql as $$
  declare c text := lease_company(p_channel, p_epoch); v uuid;
  begin
    update messages x set state = 'sending', epoch = p_epoch
      where x.company = c and x.id = p_message and x.channel = p_channel and x.direction = 'out'
        and x.state in ('queued', 'sending', 'unknown');
    select x.wa_id, x.kind, x.text, x.state, x.cause, x.conversation into wa_id, kind, text, state, cause, v
      from messages x where x.company = c and x.id = p_message and x.channel = p_channel and x.direction = 'out';
    if not found then return; end if;
    select array_agg(a.address order by a.address like '%@lid' desc, a.address) into addresses
      from conversations k join contact_addresses a on a.company = k.company and a.contact = k.contact
      where k.company = c and k.id = v;
  end $$`,

  // Moves a sent message forward: an ack, a mark of delivery or reading, a refusal. Marks may come in any order and repeat.
  `create function wa_settle(p_channel uuid, p_epoch bigint, p_wa_ids text[], p_state text, p_cause text) returns int
  language plpgsql as $$
  declare c text := lease_company(p_channel, p_epoch); moved int;
    ranks constant text[] := array['queued', 'sending', 'unknown', 'failed', 'sent', 'delivered', 'read'];
  begin
    update messages x set state = p_state, cause = case when p_state in ('failed', 'unknown') then p_cause end,
        sent_at = case when p_state in ('sent', 'delivered', 'read') then coalesce(x.sent_at, clock_timestamp()) else x.sent_at end,
        delivered_at = case when p_state in ('delivered', 'read') then coalesce(x.delivered_at, clock_timestamp()) else x.delivered_at end,
        read_at = case when p_state = 'read' then coalesce(x.read_at, clock_timestamp()) else x.read_at end
      where x.company = c and x.channel = p_channel and x.direction = 'out' and x.wa_id = any(p_wa_ids)
        and array_position(ranks, p_state) > array_position(ranks, x.state);
    get diagnostics moved = row_count;
    return moved;
  end $$`,

  // What was sent under an id, for a customer's phone that could not read it and asks again.
  `create function wa_sent_message(p_channel uuid, p_epoch bigint, p_wa_id text, out kind text, out text text, out raw bytea)
  language plpgsql as $$
  declare c text := lease_company(p_channel, p_epoch);
  begin
    select x.kind, x.text, x.raw into kind, text, raw from messages x
      where x.company = c and x.channel = p_channel and x.direction = 'out' and x.wa_id = p_wa_id;
  end $$`,
];
