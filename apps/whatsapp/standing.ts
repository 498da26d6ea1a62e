import type { Standing } from '../../libs/channels/whatsapp/restrictions.js';
import { banEndsMs, statusOf } from '../../libs/channels/whatsapp/link-end.js';
import { restrictionBy, signalOfClose } from '../../libs/domain/number-safety/restriction.js';
import type { ChannelRows } from './channel-rows.js';

/** Writes what WhatsApp says about a number to its rows: the budget obeys them, the screens show them. */
export async function keepStanding(rows: ChannelRows, standing: Standing, nowMs = Date.now()): Promise<void> {
  if (standing.kind === 'lifted') return rows.lift(standing.signals);
  await rows.restrict(restrictionBy(standing.signal, nowMs, standing.untilMs));
}

/** What the end of a connection says about the number; most ends say nothing. */
export function standingOfEnd(why: Error, nowMs = Date.now()): Standing | undefined {
  const signal = signalOfClose(statusOf(why));
  const untilMs = banEndsMs(why, nowMs);
  return signal && { kind: 'restricted', signal, ...(untilMs === undefined ? {} : { untilMs }) };
}
