/** What WhatsApp forbids a number for a while, as its gateway learns it. */
export const restrictions: readonly string[] = [
  // The last word of a signal's kind counts. since is kept while the restriction goes on, so that it is told once.
  `create function wa_restrict(p_channel uuid, p_epoch bigint, p_signal text, p_stops text, p_until_ms double precision) returns void
  language plpgsql as $$
  declare c text := lease_company(p_channel, p_epoch);
  begin
    insert into channel_restrictions as r (company, channel, signal, stops, until)
      values (c, p_channel, p_signal, p_stops, to_timestamp(p_until_ms / 1000))
      on conflict (company, channel, signal) do update set stops = excluded.stops, until = excluded.until,
        since = case when r.until > clock_timestamp() then r.since else excluded.since end;
  end $$`,

  // The network says that these do not hold (any more).
  `create function wa_lift(p_channel uuid, p_epoch bigint, p_signals text[]) returns void language plpgsql as $$
  declare c text := lease_company(p_channel, p_epoch);
  begin
    update channel_restrictions r set until = clock_timestamp()
      where r.company = c and r.channel = p_channel and r.signal = any(p_signals) and r.until > clock_timestamp();
  end $$`,
];
