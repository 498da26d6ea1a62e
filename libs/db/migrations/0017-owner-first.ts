import { Migration } from '@mikro-orm/migrations';

const statements: readonly string[] = [
  // As in 0015, and: what the bot still had to say is refused once the phone's owner has written in that chat. What an agent writes has
  // a person's pace: it does not queue behind what the bot has to say to everybody after an outage.
  `create or replace function wa_may_send(p_channel uuid, p_epoch bigint, p_message bigint, p_typed boolean, out verdict text,
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
];

/** One speaks with a customer: what waits for its typing to end does not follow what the phone's owner has written meanwhile. */
export class Migration0017OwnerFirst extends Migration {
  override up(): void {
    for (const statement of statements) this.addSql(statement);
  }

  override down(): void {
    throw new Error('Older gateways would talk into the chats of the owner: restore a backup instead.');
  }
}
