import type { SafetySettings } from './settings.js';

/** Columns of `channel_safety`, as `to_jsonb` gives them. */
export type SafetyRow = Record<
  | 'minute_limit' | 'hour_limit' | 'day_limit' | 'first_contacts_day' | 'gap_least_ms' | 'gap_most_ms' | 'first_contact_gap_least_ms'
  | 'first_contact_gap_most_ms' | 'same_text_hour' | 'typing_ms_per_char' | 'typing_least_ms' | 'typing_most_ms' | 'reply_gap_ms', number
> & { warm_up: boolean; quiet_from: string; quiet_until: string };

/** Pure: a number's settings of its row. */
export const settingsOf = (row: SafetyRow): SafetySettings => ({
  limits: { minute: row.minute_limit, hour: row.hour_limit, day: row.day_limit, firstContactsDay: row.first_contacts_day },
  warmUp: row.warm_up,
  gap: { leastMs: row.gap_least_ms, mostMs: row.gap_most_ms },
  firstContactGap: { leastMs: row.first_contact_gap_least_ms, mostMs: row.first_contact_gap_most_ms },
  sameTextHour: row.same_text_hour,
  quietFrom: row.quiet_from,
  quietUntil: row.quiet_until,
  typing: { msPerChar: row.typing_ms_per_char, leastMs: row.typing_least_ms, mostMs: row.typing_most_ms },
  replyGapMs: row.reply_gap_ms,
});
