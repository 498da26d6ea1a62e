import type { StatusColour } from './status.js';

/** Longest text or caption, in characters as people see them. */
export const STATUS_TEXT_MOST = 700;

/** What a status shows: a text on a colour, or an image with a caption. */
export type StatusContent = { kind: 'text'; text: string; colour: StatusColour } | { kind: 'image'; text: string; image: string };

const segmenter = new Intl.Segmenter('es', { granularity: 'grapheme' });

/** Pure: characters as people count them: a flag, a family or a letter with its accent is one. */
export function charactersIn(text: string): number {
  let count = 0;
  // A cluster of a hostile text may be endless; past the limit nobody counts on.
  for (const _ of segmenter.segment(text.slice(0, STATUS_TEXT_MOST * 40))) count += 1;
  return text.length > STATUS_TEXT_MOST * 40 ? Math.max(count, STATUS_TEXT_MOST + 1) : count;
}

/** PostgreSQL holds neither NUL nor half a surrogate pair. */
const unstorable = /[\0\p{Surrogate}]/u;

export type ContentRefusal = 'empty' | 'too-long' | 'not-text';

/** Pure: what is wrong with a content, if something is. A caption may be empty. */
export function refusalOfContent({ kind, text }: StatusContent): ContentRefusal | undefined {
  if (kind === 'text' && text.trim() === '') return 'empty';
  if (unstorable.test(text)) return 'not-text';
  return charactersIn(text) > STATUS_TEXT_MOST ? 'too-long' : undefined;
}
