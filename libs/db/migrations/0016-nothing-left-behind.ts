import { Migration } from '@mikro-orm/migrations';

const statements: readonly string[] = [
  // As in 0001, and: a file that could not be uploaded time and again says so.
  `create or replace function conversation_expire(p_company text, p_conversation uuid, p_message bigint) returns void language plpgsql as $$
  begin
    perform set_config('app.company', p_company, true);
    update messages set state = case when state = 'queued' then 'failed' else 'unknown' end,
        cause = case when state = 'queued' and cause in ('upload-failed', 'file-unreachable') then 'upload-given-up' else 'expired' end
      where company = p_company and conversation = p_conversation and id = p_message and direction = 'out'
        and state in ('queued', 'sending', 'unknown');
  end $$`,

  // As in 0008, and: a merge that comes between finding a placeholder and holding its conversation may have moved it. A number of the old
  // conversation in the new one would be a gap there, and here one day a number that is taken: the journal would refuse that message for ever.
  `create or replace function wa_number_placeholders(p_channel uuid, p_epoch bigint, p_older_than interval)
  returns table (conversation uuid, seq bigint) language plpgsql as $$
  declare c text := lease_company(p_channel, p_epoch); m record;
  begin
    for m in select x.id, x.conversation from messages x where x.company = c and x.channel = p_channel and x.direction = 'in'
        and x.kind = 'placeholder' and x.at < clock_timestamp() - p_older_than order by x.at loop
      perform from conversations v where v.company = c and v.id = m.conversation for update;
      update messages x set seq = v.last_seq + 1, kind = 'unreadable',
          details = coalesce(x.details, jsonb_build_object('unreadable', 'no-text'))
        from conversations v where v.company = c and v.id = m.conversation
          and x.company = c and x.id = m.id and x.conversation = v.id and x.kind = 'placeholder'
        returning x.seq into wa_number_placeholders.seq;
      continue when not found; -- its text came, or it moved: the next round finds it there
      update conversations v set last_seq = wa_number_placeholders.seq, last_inbound_at = clock_timestamp()
        where v.company = c and v.id = m.conversation;
      conversation := m.conversation;
      return next;
    end loop;
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
];

/** What a killed process left half done is found again: placeholders that moved, sends that no workflow waits for. */
export class Migration0016NothingLeftBehind extends Migration {
  override up(): void {
    for (const statement of statements) this.addSql(statement);
  }

  override down(): void {
    throw new Error('Older code would leave messages behind: restore a backup instead.');
  }
}
