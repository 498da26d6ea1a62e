import type { NetworkEvent } from './contract.js';
import type { Delivery } from './delivery.js';
import { newId, seconds, SERVER, type Stanza, stanza } from './stanza.js';
import type { Account } from './users.js';
import type { World } from './world.js';

/**
 * What WhatsApp does to a number that writes to too many strangers: `reachout` (reach-out time lock) lets it start no chats,
 * `capping` says that its quota of new chats is used up.
 */
export type RestrictionKind = 'reachout' | 'capping';

export interface Restriction {
  kind: RestrictionKind;
  /** ISO time at which it ends; without it: when it is lifted. */
  until?: string;
}

/** Code of the negative acknowledgement of a message that starts a chat: reported (Baileys #2441, pull request 2080). */
export const RESTRICTED: Record<RestrictionKind, string> = { reachout: '463', capping: '475' };

/** Ids of the questions that the client asks about itself (Baileys 7.0.0-rc14, `QueryIds`). */
const QUESTIONS: Record<string, { path: string; kind: RestrictionKind }> = {
  '23983697327930364': { path: 'xwa2_fetch_account_reachout_timelock', kind: 'reachout' },
  '24503548349331633': { path: 'xwa2_message_capping_info', kind: 'capping' },
};
const NOTIFICATIONS: Record<RestrictionKind, { operation: string; path: string }> = {
  reachout: { operation: 'NotificationUserReachoutTimelockUpdate', path: 'xwa2_notify_account_reachout_timelock' },
  capping: { operation: 'MessageCappingInfoNotification', path: 'xwa2_notify_new_chat_messages_capping_info_update' },
};
const QUOTA = 10;
const CYCLE_MS = 30 * 24 * 3600 * 1000;

/** Restricts businesses and tells their clients. */
export class Restrictions {
  constructor(
    private readonly world: World,
    private readonly delivery: Delivery,
    private readonly emit: (event: NetworkEvent) => void,
  ) {}

  /** @param restriction undefined lifts the one that there is; one that ends by time ends without a word */
  set(account: Account, restriction: Restriction | undefined): void {
    const before = account.restriction;
    account.restriction = restriction;
    this.world.saveAccount(account);
    if (before && before.kind !== restriction?.kind) this.tell(account, before.kind);
    if (restriction) this.tell(account, restriction.kind);
    this.emit({ kind: 'account', number: account.number });
  }

  private tell(account: Account, kind: RestrictionKind): void {
    const { operation, path } = NOTIFICATIONS[kind];
    const content = Buffer.from(JSON.stringify({ data: { [path]: stateOf(kind, account, this.world.now()) } }));
    const update = stanza('update', { op_name: operation }, content);
    for (const device of account.devices.values()) {
      this.delivery.queue(device, stanza('notification', { from: SERVER, type: 'mex', id: newId(), t: seconds() }, [update]));
    }
  }
}

/** The restriction that is on at that moment. */
export function restrictionOf({ restriction }: Account, nowMs: number): Restriction | undefined {
  return restriction?.until && Date.parse(restriction.until) <= nowMs ? undefined : restriction;
}

/** Answers what a client asks about its own restrictions; undefined if it asks something else. */
export function restrictionAnswer(account: Account, queryId: string | undefined, nowMs: number): Stanza | undefined {
  const question = QUESTIONS[queryId ?? ''];
  if (!question) return undefined;
  return stanza('result', {}, Buffer.from(JSON.stringify({ data: { [question.path]: stateOf(question.kind, account, nowMs) } })));
}

const stateOf = (kind: RestrictionKind, account: Account, nowMs: number): object => {
  const restriction = restrictionOf(account, nowMs);
  const own = restriction?.kind === kind ? restriction : undefined;
  const ends = own?.until && seconds(Date.parse(own.until));
  return kind === 'reachout' ? timeLock(own !== undefined, ends) : capping(own !== undefined, ends, nowMs);
};

const timeLock = (isActive: boolean, ends?: string) => ({
  is_active: isActive,
  enforcement_type: isActive ? 'BIZ_QUALITY' : 'DEFAULT',
  ...(ends && { time_enforcement_ends: ends }),
});

const capping = (isCapped: boolean, ends: string | undefined, nowMs: number) => ({
  total_quota: QUOTA,
  used_quota: isCapped ? QUOTA : 0,
  cycle_start_timestamp: seconds(nowMs),
  cycle_end_timestamp: ends ?? seconds(nowMs + CYCLE_MS),
  server_sent_timestamp: seconds(nowMs),
  ote_status: 'NOT_ELIGIBLE',
  mv_status: 'NOT_ACTIVE',
  capping_status: isCapped ? 'CAPPED' : 'NONE',
});
