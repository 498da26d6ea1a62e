import { nameOf, type NodeOf, type Place } from '../flow/flow.js';
import { offeredAt, type Capabilities } from '../flow/offered.js';
import type { Run } from './run.js';
import type { ConversationState, Settings } from './state.js';

/** What menus may offer: what the ISP's system can do, and the company. @param system false: nothing of the system's, while it does not answer */
export function capabilitiesOf({ isp, receipts }: Settings, { system }: { system: boolean } = { system: true }): Capabilities {
  return new Set([...(system ? isp.capabilities : []), ...(receipts.takes.length > 0 ? (['receipts'] as const) : [])]);
}

/**
 * The options of a menu by their numbers: the index of the first one, of the second … Once a menu was shown they stay as they are on the
 * customer's screen until the session ends, also when the ISP's system is exchanged meanwhile.
 */
export function numbersAt({ state, settings }: Run, place: Place, menu: NodeOf<'menu'>): number[] {
  // A session of before anything was hidden: all options were shown.
  if (state.shown === undefined) return menu.options.map((_, index) => index);
  return state.shown[nameOf(place)] ?? offeredAt(settings.flows, place, capabilitiesOf(settings));
}

/** The numbers of a menu as they are about to be on the customer's screen. */
export function showNumbers(run: Run, place: Place, menu: NodeOf<'menu'>): number[] {
  const numbers = numbersAt(run, place, menu);
  if (run.state.shown !== undefined) run.state.shown[nameOf(place)] = numbers;
  return numbers;
}

/** Where the customer stood before a silence, with the numbers that are still on their screen. */
export function placeLeft({ shown }: ConversationState, place: Place): NonNullable<ConversationState['placeBefore']> {
  const numbers = shown?.[nameOf(place)];
  return { ...place, ...(numbers === undefined ? {} : { numbers }) };
}

/** Whether a number from before the silence still means the same here. */
export function meansTheSame(run: Run, place: Place, menu: NodeOf<'menu'>): boolean {
  const { placeBefore } = run.state;
  if (placeBefore === undefined || nameOf(placeBefore) !== nameOf(place)) return false;
  const before = placeBefore.numbers ?? menu.options.map((_, index) => index);
  return before.join() === numbersAt(run, place, menu).join();
}
