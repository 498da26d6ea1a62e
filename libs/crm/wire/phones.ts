import { isSupportedCountry } from 'libphonenumber-js/max';
import { readPhone } from '../../domain/phone/line.js';

const countryOf = (code: string) => isSupportedCountry(code) ? code : undefined;

/** The numbers in a free text ("0341 15 555-0100, 3415550101 / +54 …"). A slash, comma, semicolon, line or " y " separates. */
const pieces = (written: string): string[] => written.split(/[,;/|\n]|\s[yo]\s/u).map((one) => one.trim()).filter((one) => /\d/u.test(one));

/** E.164 digits of the numbers in what a system has, where they could be read, else as it has them. Each line once. */
export function phonesIn(written: readonly (string | undefined)[], country: string): string[] {
  const lines = new Map<string, string>();
  for (const one of written.flatMap((text) => pieces(text ?? ''))) {
    const read = readPhone(one, countryOf(country));
    const [key, shown] = read.ok ? [read.line.compare, read.line.e164] : [one, one];
    if (!lines.has(key)) lines.set(key, shown);
  }
  return [...lines.values()];
}

/** Someone who is looked for by phone. */
export interface PhoneSought {
  /** What a system may have stored, in the order to search: full, national, last digits. */
  spellings: string[];
  /** Whether one of these fields, each of which may hold several numbers, has the very line. */
  isIn(written: readonly (string | undefined)[]): boolean;
}

/** @param phone E.164 digits · @param country whose numbers the system writes without a calling code */
export function phoneSought(phone: string, country: string): PhoneSought {
  const sought = readPhone(`+${phone}`);
  if (!sought.ok) return { spellings: [], isIn: () => false };
  const { isp, compare } = sought.line;
  const isSame = (one: string) => {
    const read = readPhone(one, countryOf(country));
    return read.ok && read.line.compare === compare;
  };
  return { spellings: isp, isIn: (written) => written.some((text) => pieces(text ?? '').some(isSame)) };
}
