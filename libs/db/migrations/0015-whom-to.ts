import { Migration } from '@mikro-orm/migrations';

const statements: readonly string[] = [
  // A contact's addresses, the one to write to first: a LID, and of several (merged contacts have them) that of whoever wrote last in
  // this chat. A reply must not go to the person's other phone.
  `create function addresses_to(p_company text, p_conversation uuid, p_contact uuid) returns text[] language plpgsql stable as $$
  declare result text[]; lids int; last jsonb;
  begin
    select array_agg(a.address order by a.address like '%@lid' desc, a.address), count(*) filter (where a.address like '%@lid') into result, lids
      from contact_addresses a where a.company = p_company and a.contact = p_contact;
    if lids < 2 then return result; end if;
    select m.envelope into last from messages m where m.company = p_company and m.conversation = p_conversation
      and m.seq is not null and m.author = 'customer' and m.envelope ? 'from' order by m.seq desc limit 1;
    return (select array_agg(a order by coalesce(a like '%@lid' and a in (last->>'from', last->>'sender_lid'), false) desc, nth)
      from unnest(result) with ordinality r(a, nth));
  end $$`,

  // As in 0012, and: to the address of whoever wrote last, and about messages of all conversations that were merged into this one.
  `create or replace function wa_begin_send(p_channel uuid, p_epoch bigint, p_message bigint,
    out wa_id text, out kind text, out text text, out state text, out cause text, out addresses text[], out details jsonb, out raw bytea,
    out file jsonb, out about jsonb, out about_raw bytea, out has_written boolean, out conversation uuid, out read_to bigint, out reads jsonb)
  language plpgsql as $$
  declare c text := lease_company(p_channel, p_epoch); m messages; v conversations; about_id text;
  begin
    update messages x set state = 'sending', epoch = p_epoch
      where x.company = c and x.id = p_message and x.channel = p_channel and x.direction = 'out'
        and x.state in ('queued', 'sending', 'unknown')
      returning x.* into m;
    if not found then
      select x.* into m from messages x where x.company = c and x.id = p_message and x.channel = p_channel and x.direction = 'out';
    end if;
    if not found then return; end if;
    select k.* into v from conversations k where k.company = c and k.id = m.conversation;
    wa_id := m.wa_id; kind := m.kind; text := m.text; state := m.state; cause := m.cause; details := m.details; raw := m.raw;
    conversation := m.conversation;
    has_written := v.last_seq > 0;
    addresses := addresses_to(c, v.id, v.contact);
    if m.details is not null then
      select jsonb_build_object('sha256', f.sha256, 'mimetype', f.mimetype, 'fileName', f.file_name) into file
        from media_files f where f.company = c and f.message = m.id;
      about_id := coalesce(m.details #>> '{quote,waId}', m.details->>'target');
      if about_id is not null then
        select jsonb_build_object('waId', q.wa_id, 'kind', q.kind, 'text', q.text, 'fromMe', q.from_me), q.raw into about, about_raw
          from messages q where q.company = c and q.wa_id = about_id and q.conversation in (select k.id from conversations k
            where k.company = c and k.channel = p_channel and k.contact = v.contact) order by q.id limit 1;
      end if;
    end if;
    read_to := case m.author when 'agent' then v.handled_seq when 'bot' then (select max(a) from unnest(m.answers) a) end;
    if read_to > v.read_seq and (select h.read_marks from channels h where h.company = c and h.id = p_channel) then
      select jsonb_agg(jsonb_build_object('waId', i.wa_id, 'from', i.envelope->>'from') order by i.seq) into reads
        from messages i where i.company = c and i.conversation = m.conversation and i.seq > v.read_seq and i.seq <= read_to
          and i.author = 'customer' and i.kind not in ('call', 'reaction', 'poll-vote', 'edit', 'deleted', 'unreadable');
    end if;
  end $$`,

  // As in 0013, and: what the bot still had to say is refused while the company's mode is 'stopped'.
  'drop function wa_may_send(uuid, bigint, bigint, boolean)',
  `create function wa_may_send(p_channel uuid, p_epoch bigint, p_message bigint, p_typed boolean, out verdict text,
    out held_until timestamptz, out chars int, out typing_ms_per_char int, out typing_least_ms int, out typing_most_ms int,
    out gap_ms int, out chat text[], out refused_id text) language plpgsql as $$
  declare c text := lease_company(p_channel, p_epoch); m record;
  begin
    verdict := 'go';
    select x.state, x.author, char_length(x.text) chars, u.message is not null and u.taken_at is null is_waiting, u.message is not null is_listed,
        v.last_inbound_at is not null has_written, v.contact, x.wa_id, v.id conversation
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
    select s.reply_gap_ms, s.typing_ms_per_char, s.typing_least_ms, s.typing_most_ms
      into gap_ms, typing_ms_per_char, typing_least_ms, typing_most_ms from channel_safety s where s.company = c and s.channel = p_channel;
    if m.state <> 'queued' then return; end if;
    -- Nobody is answered by the system while it is stopped: not by what was waiting when it was, either. What may have left already goes on.
    if m.author = 'bot' and not m.is_listed and exists (select from operating_modes o where o.company = c and o.mode = 'stopped') then
      verdict := 'stopped';
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
];

/** A send goes to the phone that wrote, quotes over merges, and is not made for a bot that was stopped. */
export class Migration0015WhomTo extends Migration {
  override up(): void {
    for (const statement of statements) this.addSql(statement);
  }

  override down(): void {
    throw new Error('Older gateways do not know these answers: restore a backup instead.');
  }
}
