import type { CountryCode } from 'libphonenumber-js/max';
import { readPhone, type PhoneLine, type PhoneProblem } from './line.js';

export interface PhonesInText {
  /** Each line once, in the order in which they were written. */
  lines: PhoneLine[];
  /** What has digits and is no number, as it was written. */
  unread: { written: string; problem: PhoneProblem }[];
}

/** Between numbers: commas, slashes, bars, semicolons, line breaks, "y", "o" and "e". */
const BETWEEN = /[,;/|\n\r]+|\s+[yoe]\s+/iu;

/**
 * The numbers in a field of free text, as WispHub's `telefono` has them: "0341 15 555-0100 / 4555-0101, +54 9 …".
 * Pieces without a digit ("mamá") are words about a number and no numbers.
 */
export function phonesInText(text: string, country?: CountryCode): PhonesInText {
  const lines = new Map<string, PhoneLine>();
  const unread: PhonesInText['unread'] = [];
  for (const written of text.split(BETWEEN).map((piece) => piece.trim())) {
    const read = readPhone(written, country);
    if (read.ok) {
      if (!lines.has(read.line.compare)) lines.set(read.line.compare, read.line);
    } else if (read.problem !== 'no-digits') unread.push({ written, problem: read.problem });
  }
  return { lines: [...lines.values()], unread };
}
