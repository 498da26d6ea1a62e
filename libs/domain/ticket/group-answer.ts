import { normalize } from '../text/normalize.js';

/** What somebody says in a group to take a ticket. */
export interface GroupAnswer {
  /** The ticket's number, where it is named; else the quoted notice says which. */
  number?: number;
}

/** Words that take a ticket: alone as the answer to its notice, or with its number. */
const TAKES = /^(?:(?:yo|mio|ok|va)|(?:yo )?(?:lo |la |me lo )?(?:tomo|agarro))$/u;
const NUMBER = /^(?:ticket )?(?:n |nro |numero )?(\d{1,9})$/u;

/**
 * Pure: whether a message of a group takes a ticket. Anything longer is talk: an agent who tells a story with "tomo" in it takes nothing.
 * @param quotes whether it answers another message; without that it must name a number
 */
export function readGroupAnswer(text: string, quotes: boolean): GroupAnswer | undefined {
  const words = normalize(text);
  if (quotes && TAKES.test(words)) return {};
  const [, rest] = /^(?:yo )?(?:lo |la )?(?:tomo|agarro) (?:el )?(.+)$/u.exec(words) ?? [];
  const named = NUMBER.exec(rest ?? words);
  return named ? { number: Number(named[1]) } : undefined;
}
