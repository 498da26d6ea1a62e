import { normalize } from '../text/normalize.js';
import { amountsIn } from './amount.js';
import { momentIn } from './moment.js';
import type { Place, PlacedWord, ReadLine, ReadReceipt, ReceiptField } from './receipt.js';
import { bareReference } from './values.js';

export type FieldPlaces = Partial<Record<ReceiptField, Place>>;

/** Whether a stretch of text says what was read. */
type Says = (text: string) => boolean;

const bareName = (name: string): string => normalize(name).replace(/[^\p{L}]/gu, '');
const masked = (text: string): string => text.replace(/[•·xX]/gu, '*').replace(/[^\d*]/gu, '');

/** How each field is found again where it stands. What was read of the whole (the issuer, the state) has no place. */
function sayings({ amount, paidAt, payer, beneficiary, references, country = 'AR' }: ReadReceipt, today: string): [ReceiptField, Says | undefined][] {
  const [reference] = references;
  const names = (name: string | undefined): Says | undefined => name === undefined || bareName(name) === '' ? undefined : (text) => bareName(text).includes(bareName(name));
  const { account, alias, document } = beneficiary;
  return [
    ['amount', amount && ((text) => amountsIn(text, country).some((found) => found.amount === amount.amount))],
    ['paidAt', paidAt && ((text) => momentIn(text, today)?.on === paidAt.on)],
    ['reference', reference && ((text) => bareReference(text).includes(reference.value))],
    ['beneficiaryAccount', account === undefined ? alias === undefined ? undefined : (text) => text.toLowerCase().includes(alias) : (text) => masked(text).includes(account)],
    ['beneficiaryDocument', document === undefined ? undefined : (text) => bareReference(text).includes(document)],
    ['beneficiaryName', names(beneficiary.name)],
    ['payerName', names(payer.name)],
  ];
}

function around(words: readonly PlacedWord[]): Place {
  const [x, y] = [Math.min(...words.map(({ place }) => place.x)), Math.min(...words.map(({ place }) => place.y))];
  const right = Math.max(...words.map(({ place }) => place.x + place.w));
  const bottom = Math.max(...words.map(({ place }) => place.y + place.h));
  return { x, y, w: right - x, h: bottom - y };
}

const textOf = (words: readonly PlacedWord[]): string => words.map(({ text }) => text).join(' ');

/** The fewest words of a line, one beside the other, that say it. */
function fewest(words: readonly PlacedWord[], says: Says): readonly PlacedWord[] | undefined {
  if (!says(textOf(words))) return undefined;
  let kept = words;
  while (kept.length > 1 && says(textOf(kept.slice(1)))) kept = kept.slice(1);
  while (kept.length > 1 && says(textOf(kept.slice(0, -1)))) kept = kept.slice(0, -1);
  return kept;
}

/** Of the lines that say it, the one printed largest: amounts are said again in small print. */
function placeOf(lines: readonly ReadLine[], says: Says): Place | undefined {
  const found = lines.flatMap(({ words = [], scale = 1 }) => {
    const kept = fewest(words, says);
    return kept && kept.length > 0 ? [{ place: around(kept), scale }] : [];
  });
  return found.sort((one, other) => other.scale - one.scale)[0]?.place;
}

/** Where each field that was read stands, for people to look at: found again by its value, so that it holds whoever read it. */
export function placesOf(lines: readonly ReadLine[], read: ReadReceipt): FieldPlaces {
  const today = read.paidAt?.on ?? '2000-01-01'; // a date without a year is found by its day
  return Object.fromEntries(sayings(read, today).flatMap(([field, says]) => {
    const place = says && placeOf(lines, says);
    return place ? [[field, place]] : [];
  }));
}
