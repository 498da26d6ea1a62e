import type { ProcessName } from '../stories/running-copy.js';
import type { Fault } from '../stories/simulated-network.js';

/** Random numbers in [0, 1) that come again with the same seed (mulberry32): a run that found something can be run once more. */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** What may die: `gateway-2` is the second gateway of a run, which takes the numbers of a dead one. */
export type Victim = ProcessName | 'gateway-2';

export const isGateway = (victim: Victim): boolean => victim === 'whatsapp' || victim === 'gateway-2';

/** Gateways first: they hold the sockets. All of these are dealt before one comes again. */
export const victims: readonly Victim[] = ['whatsapp', 'worker', 'gateway-2', 'temporal', 'postgres', 'api', 'whatsapp', 'worker'];

/** What the network does to the number meanwhile. */
const faults: readonly Fault[] = [
  { kind: 'drop-connection' },
  { kind: 'duplicate', times: 3 },
  { kind: 'delay', times: 5, ms: 1_500 },
  { kind: 'lose-receipt', times: 2 },
  { kind: 'freeze', ms: 2_000 },
  { kind: 'refuse-connection', times: 2 },
  { kind: 'stream-error' },
];

/** What customers write: ways through the demo company's menus, and what leads nowhere; some of it may end with a ticket, whose agents have what comes after. */
export const words: readonly string[] = ['hola', '1', '2', '0', 'menú', 'saldo', 'autoayuda', 'no anda internet', 'planes', '3', 'gracias', '???'];

/** What a customer sends: mostly texts, now and then a picture or a place. */
export type Piece = { text: string } | { picture: true } | { place: true };

/** One customer's messages, burst after burst. */
export interface Burst {
  pieces: readonly Piece[];
  /** Pause before it, ms. */
  pauseMs: number;
}

export interface Plan {
  /** A list of bursts a customer. */
  customers: readonly (readonly Burst[])[];
  /** In order; each comes when its share of the messages has been written. */
  kills: readonly Kill[];
}

export interface Kill {
  victim: Victim;
  /** A gateway that first stands still until its lease has passed on, and dies only then. */
  stopsFirst: boolean;
  /** What the network does at the same time. */
  fault: Fault;
}

export interface PlanSize {
  seed: number;
  messages: number;
  kills: number;
  customers: number;
  /** Messages that all customers together write in a second, about. */
  perSecond: number;
}

/** Pure: who writes what, and what dies when, for a seed. The bursts add up to exactly `messages`. */
export function planOf({ seed, messages, kills, customers, perSecond }: PlanSize): Plan {
  const random = seeded(seed);
  const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)]!;
  const bursts: Burst[][] = Array.from({ length: customers }, () => []);
  const meanPauseMs = (customers * 2 * 1_000) / perSecond; // a burst has two messages on average
  for (let left = messages, turn = 0; left > 0; turn++) {
    const pieces = Array.from({ length: Math.min(left, 1 + Math.floor(random() * 3)) }, () => pieceOf(random(), () => pick(words)));
    left -= pieces.length;
    bursts[turn % customers]!.push({ pieces, pauseMs: Math.round(meanPauseMs * (0.25 + 1.5 * random())) });
  }
  const order: Victim[] = [];
  while (order.length < kills) order.push(...shuffled(victims, random));
  const killOf = (victim: Victim): Kill => ({ victim, stopsFirst: isGateway(victim) && random() < 0.3, fault: pick(faults) });
  return { customers: bursts, kills: order.slice(0, kills).map(killOf) };
}

function pieceOf(chance: number, word: () => string): Piece {
  if (chance < 0.06) return { picture: true };
  return chance < 0.09 ? { place: true } : { text: word() };
}

function shuffled<T>(dealt: readonly T[], random: () => number): T[] {
  const cards = [...dealt];
  for (let last = cards.length - 1; last > 0; last--) {
    const other = Math.floor(random() * (last + 1));
    [cards[last], cards[other]] = [cards[other]!, cards[last]!];
  }
  return cards;
}
