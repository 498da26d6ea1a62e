import type { ChatMessage } from '../simulator/types';
import type { Draft } from './outbox';

export type Tick = 'sending' | 'failed' | ChatMessage['state'];

/** A message as a phone shows it, seen from one of its two sides. */
export interface Bubble {
  readonly id: string;
  readonly mine: boolean;
  readonly at: Date;
  readonly kind: string;
  readonly text: string;
  readonly fileName?: string;
  readonly quote?: string;
  /** Only one's own messages have one. */
  readonly tick?: Tick;
  /** Why it could not be sent. */
  readonly failure?: Draft['failure'];
}

export interface Day {
  readonly date: Date;
  readonly bubbles: readonly Bubble[];
}

/** The chat as the customer's phone (`side` person) or the business phone (owner) shows it, by days. */
export function daysOf(
  messages: readonly ChatMessage[],
  drafts: readonly Draft[],
  side: Draft['author'],
  person: string,
): Day[] {
  const texts = new Map(messages.map(({ id, text }) => [id, text]));
  const bubbles = [
    ...messages.map((message) => ({
      ...bubbleOf(message, (message.from === person) === (side === 'person')),
      quote: message.quote && texts.get(message.quote),
    })),
    ...drafts.filter(({ author }) => author === side).map(bubbleOfDraft),
  ];
  const days: { date: Date; bubbles: Bubble[] }[] = [];
  for (const bubble of bubbles) {
    const day = days.at(-1);
    if (day && day.date.toDateString() === bubble.at.toDateString()) day.bubbles.push(bubble);
    else days.push({ date: bubble.at, bubbles: [bubble] });
  }
  return days;
}

function bubbleOf({ id, at, kind, text, media, state }: ChatMessage, mine: boolean): Bubble {
  return {
    id,
    mine,
    at: new Date(at),
    kind,
    text: text ?? '',
    fileName: media?.fileName,
    tick: mine ? state : undefined,
  };
}

/** What was written and is not on the network: only the phone on which it was written knows it. */
function bubbleOfDraft({ id, at, text, failure }: Draft): Bubble {
  return { id, mine: true, at: new Date(at), kind: 'text', text, tick: failure ? 'failed' : 'sending', failure };
}
