import type { Receipt } from '../../../shared/api/receipts-api';
import { type Field, fields } from '../words';

/** A rectangle of a page; parts of its width and height. */
export interface Place {
  readonly x: number;
  readonly y: number;
  readonly w: number;
  readonly h: number;
}

/** A piece of text as a PDF writes it: a word, a line, or anything between. */
export interface PlacedText extends Place {
  readonly text: string;
}

export interface MarkedPlace extends Place {
  /** Index of the page. */
  readonly page: number;
}

type Says = (text: string) => boolean;

const bare = (text: string): string => text.normalize('NFD').replace(/[^\p{L}\d]/gu, '').toLowerCase();
const months = ['ene', 'feb', 'mar', 'abr', 'may', 'jun', 'jul', 'ago', 'sep', 'oct', 'nov', 'dic'] as const;

/** "24900.00" as it may be printed: with or without cents, thousands in either spelling. */
function saysAmount(amount: string): Says {
  const [whole = '', cents = '00'] = amount.split('.');
  const wanted = [whole + cents, ...(/^0*$/.test(cents) ? [whole] : [])];
  return (text) => (text.match(/\d[\d.,]*/g) ?? []).some((found) => wanted.includes(found.replace(/\D/g, '')));
}

function saysDay(on: string): Says {
  const [year = '', month = '', day = ''] = on.split('-');
  const numbers = new RegExp(`(?<!\\d)(?:0?${Number(day)}[/.-]0?${Number(month)}[/.-](?:${year}|${year.slice(2)})|${year}-${month}-${day})(?!\\d)`);
  const words = new RegExp(`(?<!\\d)0?${Number(day)}(?:de)?${months[Number(month) - 1] ?? '-'}`);
  return (text) => numbers.test(text) || words.test(text.toLowerCase().replace(/[^\p{L}\d]/gu, ''));
}

const saysText = (value: string | undefined, least: number): Says | undefined => {
  const wanted = bare(value ?? '');
  return wanted.length < least ? undefined : (text) => bare(text).includes(wanted);
};

const sayings = ({ amount, paidAt, beneficiary, payer, references }: NonNullable<Receipt['read']>): Readonly<Record<Field, Says | undefined>> => ({
  amount: amount && saysAmount(amount.amount),
  paidOn: paidAt && saysDay(paidAt.on),
  beneficiaryName: saysText(beneficiary.name, 3),
  beneficiaryAccount: saysText((beneficiary.account ?? beneficiary.alias)?.replaceAll('*', ''), 4),
  payerName: saysText(payer.name, 3),
  reference: saysText(references[0]?.value, 4),
});

/** Texts that stand on one line, in their order. */
function linesOf(texts: readonly PlacedText[]): PlacedText[][] {
  const lines: PlacedText[][] = [];
  for (const one of [...texts].sort((a, b) => a.y + a.h - (b.y + b.h))) {
    const line = lines.at(-1);
    if (line && Math.abs(line[0]!.y + line[0]!.h - (one.y + one.h)) < Math.min(line[0]!.h, one.h) / 2) line.push(one);
    else lines.push([one]);
  }
  return lines.map((line) => line.sort((a, b) => a.x - b.x));
}

/** The fewest texts of a line, one beside the other, that say it. */
function fewest(line: readonly PlacedText[], says: Says): readonly PlacedText[] {
  const said = (some: readonly PlacedText[]): boolean => says(some.map(({ text }) => text).join(' '));
  if (!said(line)) return [];
  let kept = line;
  while (kept.length > 1 && said(kept.slice(1))) kept = kept.slice(1);
  while (kept.length > 1 && said(kept.slice(0, -1))) kept = kept.slice(0, -1);
  return kept;
}

function around(texts: readonly PlacedText[]): Place {
  const [x, y] = [Math.min(...texts.map((one) => one.x)), Math.min(...texts.map((one) => one.y))];
  return { x, y, w: Math.max(...texts.map((one) => one.x + one.w)) - x, h: Math.max(...texts.map((one) => one.y + one.h)) - y };
}

/** Where on a PDF's pages each value that was read stands, for people to look at; of several places the one printed largest. */
export function placesIn(pages: readonly (readonly PlacedText[])[], read: NonNullable<Receipt['read']>): Partial<Record<Field, MarkedPlace>> {
  const lines = pages.flatMap((texts, page) => linesOf(texts).map((line) => ({ page, line })));
  const wanted = sayings(read);
  return Object.fromEntries(fields.flatMap((field) => {
    const says = wanted[field];
    if (!says) return [];
    const found = lines.flatMap(({ page, line }) => {
      const kept = fewest(line, says);
      return kept.length === 0 ? [] : [{ page, ...around(kept) }];
    });
    const [largest] = found.sort((one, other) => other.h - one.h);
    return largest ? [[field, largest]] : [];
  }));
}
