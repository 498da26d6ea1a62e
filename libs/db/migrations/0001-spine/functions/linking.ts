/** What a number's session reads, and how far its link has come. The company comes from the lease here, too. */
export const linking: readonly string[] = [
  // As lease_company, for reads: takes no lock, so that a renewal never waits for it. Writes must use lease_company.
  `create function lease_reader(p_channel uuid, p_epoch bigint) returns text language plpgsql as $$
  declare c text;
  begin
    select company into c from channel_leases where channel = p_channel and epoch = p_epoch and until > clock_timestamp();
    if not found then raise exception 'fenced' using errcode = 'HL001'; end if;
    perform set_config('app.company', c, true);
    return c;
  end $$`,

  `create function wa_read_keys(p_channel uuid, p_epoch bigint, p_type text, p_ids text[]) returns table (id text, value bytea)
  language plpgsql as $$
  declare c text := lease_reader(p_channel, p_epoch);
  begin
    return query select w.id, w.value from wa_keys w
      where w.company = c and w.channel = p_channel and w.type = p_type and w.id = any(p_ids);
  end $$`,

  `create function wa_read_creds(p_channel uuid, p_epoch bigint) returns bytea language plpgsql as $$
  declare c text := lease_reader(p_channel, p_epoch);
  begin
    return (select w.value from wa_creds w where w.company = c and w.channel = p_channel);
  end $$`,

  `create function wa_read_plaintext(p_channel uuid, p_epoch bigint, p_sha bytea) returns bytea language plpgsql as $$
  declare c text := lease_reader(p_channel, p_epoch);
  begin
    return (select w.plain from wa_plaintexts w where w.company = c and w.channel = p_channel and w.sha = p_sha);
  end $$`,

  `create function wa_read_group(p_channel uuid, p_epoch bigint, p_jid text) returns jsonb language plpgsql as $$
  declare c text := lease_reader(p_channel, p_epoch);
  begin
    return (select w.metadata from wa_groups w where w.company = c and w.channel = p_channel and w.jid = p_jid);
  end $$`,

  // Without metadata the group is forgotten: it is asked for again when it is needed.
  `create function wa_write_group(p_channel uuid, p_epoch bigint, p_jid text, p_metadata jsonb) returns void language plpgsql as $$
  declare c text := lease_company(p_channel, p_epoch);
  begin
    if p_metadata is null then
      delete from wa_groups w where w.company = c and w.channel = p_channel and w.jid = p_jid;
    else
      insert into wa_groups (company, channel, jid, metadata) values (c, p_channel, p_jid, p_metadata)
        on conflict (company, channel, jid) do update set metadata = excluded.metadata, at = now();
    end if;
  end $$`,

  // What the owner wishes for this number.
  `create function wa_wish(p_channel uuid, p_epoch bigint, out wanted boolean, out pairing_number text, out debounce_ms int)
  language plpgsql as $$
  declare c text := lease_reader(p_channel, p_epoch);
  begin
    select h.wanted, h.pairing_number, h.debounce_ms into wanted, pairing_number, debounce_ms
      from channels h where h.company = c and h.id = p_channel;
  end $$`,

  // A pairing belongs to the state 'waiting' alone; any other state forgets it. The number is learned from the link itself.
  `create function wa_channel_state(p_channel uuid, p_epoch bigint, p_state text, p_reason text, p_number text,
    p_pairing bytea, p_pairing_for interval) returns void language plpgsql as $$
  declare c text := lease_company(p_channel, p_epoch);
  begin
    update channels h set
        state_at = case when (h.state, h.state_reason) is distinct from (p_state, p_reason) then clock_timestamp() else h.state_at end,
        state = p_state, state_reason = p_reason,
        number = case when p_number is null or exists (select from channels o
          where o.company = c and o.number = p_number and o.id <> p_channel) then h.number else p_number end,
        pairing = p_pairing, pairing_until = clock_timestamp() + p_pairing_for
      where h.company = c and h.id = p_channel;
    perform pg_notify('channels', p_channel::text);
  end $$`,

  // The link is over: what belonged to it goes. Messages stay. Linking again begins with a new wish.
  `create function wa_end_link(p_channel uuid, p_epoch bigint, p_state text, p_reason text) returns void language plpgsql as $$
  declare c text := lease_company(p_channel, p_epoch);
  begin
    delete from wa_creds w where w.company = c and w.channel = p_channel;
    delete from wa_keys w where w.company = c and w.channel = p_channel;
    delete from wa_plaintexts w where w.company = c and w.channel = p_channel;
    delete from wa_groups w where w.company = c and w.channel = p_channel;
    update channels h set wanted = false, state = p_state, state_reason = p_reason, state_at = clock_timestamp(),
        pairing = null, pairing_until = null, pairing_number = null
      where h.company = c and h.id = p_channel;
  end $$`,

  `create function wa_forget_plaintexts(p_channel uuid, p_epoch bigint, p_older_than interval) returns int language plpgsql as $$
  declare c text := lease_company(p_channel, p_epoch); gone int;
  begin
    delete from wa_plaintexts w where w.company = c and w.channel = p_channel and w.at < clock_timestamp() - p_older_than;
    get diagnostics gone = row_count;
    return gone;
  end $$`,
];
