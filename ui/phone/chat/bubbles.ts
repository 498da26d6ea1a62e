import type { ChatMessage, Reaction, Said } from '../simulator/types';
import { shownContent } from './content';
import type { Draft } from './outbox';

export type Tick = 'sending' | 'failed' | ChatMessage['state'];

/** A message as a phone shows it, seen from one of its sides. */
export interface Bubble extends Said {
  readonly id: string;
  readonly mine: boolean;
  /** Number of who said it. */
  readonly from: string;
  readonly at: Date;
  /** The quoted message; undefined where it is not known any more. */
  readonly quote?: Said & { readonly from: string };
  readonly reactions: readonly Reaction[];
  readonly edited: boolean;
  readonly deleted: boolean;
  /** Only one's own messages have one. */
  readonly tick?: Tick;
  /** Why it could not be sent. */
  readonly failure?: Draft['failure'];
}

export interface Day {
  readonly date: Date;
  readonly bubbles: readonly Bubble[];
}

/** The chat as the phone of `me` (a number) shows it, by days. */
export function daysOf(messages: readonly ChatMessage[], drafts: readonly Draft[], side: Draft['author'], me: string): Day[] {
  const known = new Map(messages.map((message) => [message.id, message]));
  const bubbles = [
    ...messages.map((message) => bubbleOf(message, me, known)),
    ...drafts.filter(({ author }) => author === side).map((draft) => bubbleOfDraft(draft, me, known)),
  ];
  const days: { date: Date; bubbles: Bubble[] }[] = [];
  for (const bubble of bubbles) {
    const day = days.at(-1);
    if (day && day.date.toDateString() === bubble.at.toDateString()) day.bubbles.push(bubble);
    else days.push({ date: bubble.at, bubbles: [bubble] });
  }
  return days;
}

type Known = ReadonlyMap<string, ChatMessage>;

function bubbleOf({ quote, at, state, reactions = [], edited = false, deleted = false, ...message }: ChatMessage, me: string, known: Known): Bubble {
  const mine = message.from === me;
  const isCall = message.kind === 'call';
  return { ...message, mine, at: new Date(at), reactions, edited, deleted, quote: known.get(quote ?? ''), tick: mine && !isCall && !deleted ? state : undefined };
}

/** What was written and is not on the network: only the phone on which it was written knows it. */
function bubbleOfDraft({ id, at, content, quote, failure }: Draft, me: string, known: Known): Bubble {
  const facts = { id, mine: true, from: me, at: new Date(at), reactions: [], edited: false, deleted: false };
  return { ...shownContent(content), ...facts, quote: known.get(quote ?? ''), tick: failure ? 'failed' : 'sending', failure };
}
