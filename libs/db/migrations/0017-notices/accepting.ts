/** How a notice is accepted: one statement, whatever happens around it. */
export const accepting: readonly string[] = [
  // Whom a gateway knocks at: everything that a request is judged by. A token's hash is compared by the caller, in constant time.
  `create function gateway_door(p_company text) returns jsonb language plpgsql as $$
  begin
    perform set_config('app.company', p_company, true);
    return (select jsonb_build_object('company', c.id, 'locale', c.locale, 'suspended', c.suspended_at is not null,
        'mode', coalesce((select o.mode from operating_modes o where o.company = c.id), 'complete'),
        'tokens', (select coalesce(jsonb_agg(jsonb_build_object('id', t.id, 'sha256', encode(t.sha256, 'hex'),
            'previous', case when t.previous_until > clock_timestamp() then encode(t.previous_sha256, 'hex') end,
            'expiryMinutes', t.expiry_minutes, 'ratePerMinute', t.rate_per_minute)), '[]')
          from gateway_tokens t where t.company = c.id and t.revoked_at is null),
        'channels', (select coalesce(jsonb_agg(jsonb_build_object('id', h.id, 'number', h.number) order by h.created_at), '[]')
          from channels h where h.company = c.id))
      from companies c where c.id = p_company);
  end $$`,

  // outcome: accepted, repeated (the same key, or without one the same to the same person within p_window), key-reused (that key is of
  // another notice; the id is of that one). Two requests with the same come one after the other.
  `create function notice_accept(p_company text, p_notice jsonb, p_window interval, out id bigint, out outcome text, out batch_day date,
    out is_first boolean)
  language plpgsql as $$
  declare n record; same bytea; known bigint;
  begin
    perform set_config('app.company', p_company, true);
    select * into n from jsonb_to_record(p_notice) r(token uuid, channel uuid, key text, fingerprint text, address text, text text,
      expiry_minutes int, url text, kind text, sha256 text, size bigint, mimetype text, file_name text);
    same := decode(n.fingerprint, 'hex');
    perform pg_advisory_xact_lock(hashtextextended(p_company || '/notice/' || coalesce(n.token::text || n.key, n.fingerprint), 0));
    select x.id, x.fingerprint <> same, x.day, x.first_contact into known, outcome, batch_day, is_first from notices x
      where x.company = p_company and case when n.key is not null then x.token = n.token and x.dedupe_key = n.key
        else x.fingerprint = same and x.accepted_at > clock_timestamp() - p_window end
      order by x.id desc limit 1;
    if found then
      id := known;
      outcome := case outcome when 'true' then 'key-reused' else 'repeated' end;
      return;
    end if;
    is_first := not notice_known(p_company, n.channel, n.address);
    batch_day := (clock_timestamp() at time zone (select c.time_zone from companies c where c.id = p_company))::date;
    insert into notice_batches (company, channel, day) values (p_company, n.channel, batch_day) on conflict do nothing;
    insert into notices as x (company, token, channel, day, dedupe_key, fingerprint, address, first_contact, text, expires_at,
        file_state, file_url, file_kind, file_sha256, file_size, file_mimetype, file_name)
      values (p_company, n.token, n.channel, batch_day, n.key, same, n.address, is_first, n.text,
        clock_timestamp() + make_interval(mins => n.expiry_minutes),
        case when n.sha256 is not null then 'stored' when n.url is not null then 'wanted' else 'none' end,
        n.url, n.kind, n.sha256, n.size, n.mimetype, n.file_name)
      returning x.id into notice_accept.id;
    outcome := 'accepted';
  end $$`,

  // Whether somebody has ever written to this number: such a chat may be gone on with, another has to be started.
  `create function notice_known(p_company text, p_channel uuid, p_address text) returns boolean language sql stable as $$
    select exists (select from contact_addresses a join conversations v on v.company = a.company and v.contact = a.contact
      where a.company = p_company and a.key = address_key(p_address) and v.channel = p_channel and v.last_inbound_at is not null)
  $$`,

  // What a number's queue is foretold from: its settings, what it has said unasked, what WhatsApp forbids, and who waits.
  `create function notice_pace(p_company text, p_channel uuid) returns jsonb language plpgsql as $$
  begin
    perform set_config('app.company', p_company, true);
    return (select jsonb_build_object(
        'used', (select jsonb_build_object('minute', 0, 'hour', count(*) filter (where u.taken_at > clock_timestamp() - interval '1 hour'), 'day', count(*),
            'firstContactsDay', count(*) filter (where u.first_contact))
          from unasked_sends u where u.company = h.company and u.channel = h.id and u.taken_at > clock_timestamp() - interval '1 day'),
        'nowMs', floor(extract(epoch from clock_timestamp()) * 1000),
        'linkedAtMs', floor(extract(epoch from h.first_linked_at) * 1000),
        'timeZone', (select k.time_zone from companies k where k.id = h.company),
        'restrictions', (select coalesce(jsonb_agg(jsonb_build_object('signal', r.signal, 'stops', r.stops,
            'untilMs', floor(extract(epoch from r.until) * 1000))), '[]')
          from channel_restrictions r where r.company = h.company and r.channel = h.id and r.until > clock_timestamp()),
        'safety', (select to_jsonb(s) from channel_safety s where s.company = h.company and s.channel = h.id),
        'waiting', (select jsonb_build_object('known', count(*) filter (where not n.first_contact), 'first', count(*) filter (where n.first_contact))
          from notices n where n.company = h.company and n.channel = h.id and n.state = 'queued'))
      from channels h where h.company = p_company and h.id = p_channel);
  end $$`,
];
