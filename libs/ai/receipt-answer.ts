import { z } from 'zod';
import { currencyIn, readAmount } from '../domain/receipt/amount.js';
import { countryOf, issuerIn, issuerOf } from '../domain/receipt/issuers.js';
import { momentIn } from '../domain/receipt/moment.js';
import type { ParseContext } from '../domain/receipt/parse.js';
import {
  paymentStates, receiptCountries, receiptFields, receiptKinds, referenceTypes, type Party, type PaidAt, type ReadReceipt, type ReceiptCountry, type ReceiptField, type Reference,
} from '../domain/receipt/receipt.js';
import { accountIn, aliasIn, documentIn, nameIn, referenceIn } from '../domain/receipt/values.js';

const maybe = z.string().nullable();
const party = z.object({ name: maybe, document: maybe, account: maybe, alias: maybe, bank: maybe });

/** What a model is asked for: nothing but fields, none of them bounded, as strict schemas of servers know few bounds. */
export const receiptAnswer = z.object({
  text: z.string(),
  isReceipt: z.boolean(),
  country: z.enum(receiptCountries).nullable(),
  issuer: maybe,
  kind: z.enum(receiptKinds),
  state: z.enum(paymentStates),
  amount: maybe,
  currency: maybe,
  paidOn: maybe,
  paidAt: maybe,
  yearPrinted: z.boolean(),
  payer: party,
  beneficiary: party,
  references: z.array(z.object({ type: z.enum(referenceTypes), value: z.string() })),
  concept: maybe,
  unsure: z.array(z.enum(receiptFields)),
});
export type ReceiptAnswer = z.infer<typeof receiptAnswer>;

/** Every property required, none more: the strict form of OpenAI's structured outputs. */
export const receiptAnswerSchema: object = (({ $schema: _, ...schema }) => schema)(z.toJSONSchema(receiptAnswer));

/** Controls that no printed line has, and that PostgreSQL would not store. */
const unprintable = /[\p{Cc}\p{Surrogate}]/gu;
const plain = (text: string): string => text.replace(/\r\n?/gu, '\n').replace(unprintable, (one) => (one === '\n' ? one : ' '));

/** What servers without a schema make of it: numbers for texts, nothing for null, other words for those of a list. */
function tidied(said: unknown): unknown {
  if (typeof said !== 'object' || said === null || Array.isArray(said)) return said;
  const text = (value: unknown): unknown => (typeof value === 'number' ? String(value) : typeof value === 'string' ? plain(value) : value ?? null);
  const partyOf = (value: unknown): unknown => {
    const from = (value ?? {}) as Record<string, unknown>;
    return Object.fromEntries(Object.keys(party.shape).map((name) => [name, text(from[name])]));
  };
  const all = Object.fromEntries(Object.entries(said).map(([name, value]) => [name, text(value)])) as Record<string, unknown>;
  const of = <T extends string>(list: readonly T[], value: unknown, otherwise: T | null) => (list.includes(value as T) ? value : otherwise);
  const rows = (value: unknown): unknown[] => (Array.isArray(value) ? (value as unknown[]) : []);
  const references = rows(all['references']).filter((one): one is Record<string, unknown> => typeof one === 'object' && one !== null);
  return {
    ...Object.fromEntries(Object.keys(receiptAnswer.shape).map((name) => [name, all[name] ?? null])),
    country: of(receiptCountries, all['country'], null), kind: of(receiptKinds, all['kind'], 'other'), state: of(paymentStates, all['state'], 'unknown'),
    yearPrinted: all['yearPrinted'] ?? true, payer: partyOf(all['payer']), beneficiary: partyOf(all['beneficiary']),
    references: references.map((one) => ({ type: of(referenceTypes, one['type'], 'other'), value: text(one['value']) ?? '' })),
    unsure: rows(all['unsure']).filter((one) => receiptFields.includes(one as ReceiptField)),
  };
}

/** Reads what a model said. @returns the problems, for the model's second try, where it is no answer */
export function readAnswer(said: unknown): { ok: true; answer: ReceiptAnswer } | { ok: false; problems: string } {
  if (said === undefined) return { ok: false, problems: 'it is no JSON object' };
  const read = receiptAnswer.safeParse(tidied(said));
  if (read.success) return { ok: true, answer: read.data };
  return { ok: false, problems: read.error.issues.slice(0, 8).map(({ path, message }) => `${path.join('.') || 'all'}: ${message}`).join('; ') };
}

/** How sure a model's word is by itself: it says so as surely when it is wrong. */
const SAID = 0.8;
const DOUBTED = 0.4;
const MOST_REFERENCES = 8;
const LONGEST_TEXT = 8_000;
const currencies: readonly string[] = ['USD', ...receiptCountries.map(currencyIn)];

/** Decimal string with two places; undefined for what is none, nothing, or more than anybody pays an internet provider with (12 digits in the database). */
function amountOf(said: string | null, country: ReceiptCountry): string | undefined {
  const bare = said?.trim() ?? '';
  const decimal = /^(\d{1,10})(?:\.(\d{1,2}))?$/u.exec(bare);
  const amount = decimal ? `${decimal[1]!.replace(/^0+(?=\d)/u, '')}.${(decimal[2] ?? '').padEnd(2, '0')}` : readAmount(bare.replace(/^[^\d]+/u, ''), country);
  return amount === undefined || Number(amount) === 0 || amount.length > 13 ? undefined : amount;
}

/** A day that exists, of this century, and not further ahead than a month: what is printed wrong by a little is somebody's to see. */
function paidAtOf({ paidOn, paidAt, yearPrinted }: ReceiptAnswer, today: string): PaidAt | undefined {
  const on = /^20\d\d-\d\d-\d\d$/u.test(paidOn ?? '') ? paidOn! : undefined;
  const found = on === undefined ? undefined : momentIn(on, today, paidAt ?? '');
  const isAbsurd = found !== undefined && Date.parse(found.on) - Date.parse(today) > 31 * 86_400_000;
  return found && !isAbsurd ? { ...found, ...(yearPrinted ? {} : { yearGuessed: true as const }) } : undefined;
}

function partyOf({ name, document, account, alias, bank }: ReceiptAnswer['payer'], country: ReceiptCountry): Party {
  const found = {
    name: nameIn(name ?? ''), document: documentIn(document ?? '', country, true)?.document, account: accountIn(account ?? '', true)?.account,
    alias: aliasIn(alias ?? ''), bank: nameIn(bank ?? ''),
  };
  return Object.fromEntries(Object.entries(found).filter(([, value]) => value !== undefined));
}

function referencesOf({ references }: ReceiptAnswer): Reference[] {
  const found = references.flatMap(({ type, value }) => referenceIn(value, type) ?? []);
  return found.filter(({ value }, i) => found.findIndex((one) => one.value === value) === i).slice(0, MOST_REFERENCES);
}

/** What of an answer is a receipt's: each field in its form, and nothing that could not stand on one. */
export function receiptOf(answer: ReceiptAnswer, { usual, today }: ParseContext): { read: ReadReceipt; text: string } {
  const text = answer.text.slice(0, LONGEST_TEXT);
  const country = answer.country ?? countryOf(text.split('\n'), usual);
  const amount = amountOf(answer.amount, country);
  const currency = currencies.find((one) => one === answer.currency?.toUpperCase()) ?? currencyIn(country);
  const paidAt = paidAtOf(answer, today);
  const [payer, beneficiary] = [partyOf(answer.payer, country), partyOf(answer.beneficiary, country)];
  const references = referencesOf(answer);
  const issuer = issuerIn([answer.issuer ?? ''])?.id;
  const found: Record<ReceiptField, unknown> = {
    amount, paidAt, state: answer.state === 'unknown' ? undefined : answer.state, payerName: payer.name, beneficiaryName: beneficiary.name,
    beneficiaryAccount: beneficiary.account, beneficiaryDocument: beneficiary.document, reference: references[0], issuer,
  };
  const confidence = Object.fromEntries(receiptFields.filter((field) => found[field] !== undefined).map((field) => [field, answer.unsure.includes(field) ? DOUBTED : SAID]));
  const concept = answer.concept?.trim().slice(0, 140);
  const read: ReadReceipt = {
    isReceipt: answer.isReceipt, country, kind: issuer === undefined ? answer.kind : issuerOf(issuer)!.kind, state: answer.state, payer, beneficiary, references, confidence,
    ...(issuer !== undefined && { issuer }), ...(amount !== undefined && { amount: { amount, currency } }), ...(paidAt && { paidAt }), ...(concept ? { concept } : {}),
  };
  return { read, text };
}
