import type { Place, ReadLine } from '../domain/receipt/receipt.js';

/** A word where it was seen; pixels from the picture's top left. */
export interface Word {
  text: string;
  /** 0 to 1 */
  confidence: number;
  left: number;
  right: number;
  top: number;
  bottom: number;
}

const heightOf = ({ top, bottom }: Word): number => bottom - top;

function median(numbers: readonly number[]): number {
  const sorted = numbers.toSorted((one, other) => one - other);
  return sorted[Math.floor(sorted.length / 2)] ?? 1;
}

/** Below this a "word" is a speck, an icon or a border. */
const NOISE = 0.25;

/**
 * Words → rows as a person reads them: what stands on one height is one row, left to right, also when a label stands at one edge and its value at
 * the other. A row's confidence is that of its least sure word with a digit in it or, without digits, of its words together.
 * @param placeOf where a word stands in the picture as it came
 */
export function rowsOf(words: readonly Word[], placeOf?: (word: Word) => Place): ReadLine[] {
  const seen = words.filter(({ text, confidence }) => confidence >= NOISE && /[\p{L}\p{N}$*]/u.test(text));
  const usual = median(seen.map(heightOf));
  const rows: Word[][] = [];
  for (const word of seen.toSorted((one, other) => one.top + one.bottom - other.top - other.bottom)) {
    const row = rows.at(-1);
    const centre = (word.top + word.bottom) / 2;
    const isBeside = row !== undefined && row.every((other) => {
      const other0 = (other.top + other.bottom) / 2;
      return Math.abs(centre - other0) < 0.45 * Math.max(heightOf(word), heightOf(other));
    });
    if (isBeside) row.push(word);
    else rows.push([word]);
  }
  return rows.map((row) => {
    const inOrder = row.toSorted((one, other) => one.left - other.left);
    const digits = inOrder.filter(({ text }) => /\d/u.test(text)).map(({ confidence }) => confidence);
    const mean = inOrder.reduce((sum, { confidence }) => sum + confidence, 0) / inOrder.length;
    return {
      text: inOrder.map(({ text }) => text).join(' '),
      confidence: digits.length > 0 ? Math.min(...digits) : mean,
      scale: Math.max(...inOrder.map(heightOf)) / usual,
      ...(placeOf && { words: inOrder.map((word) => ({ text: word.text, place: placeOf(word) })) }),
    };
  });
}
