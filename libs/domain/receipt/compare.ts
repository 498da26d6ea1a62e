import { cents } from '../money.js';
import { normalize } from '../text/normalize.js';
import { editDistance } from '../text/similarity.js';
import type { Evidence, OwnAccount } from './evidence.js';
import { issuerOf } from './issuers.js';
import { daysFrom } from './moment.js';
import type { ReceiptPolicy } from './policy.js';
import type { Party, ReadReceipt, ReceiptField } from './receipt.js';

/**
 * What a comparison came to. good: speaks for it · warn: a person should look · bad: speaks against it · none: could not be compared.
 * `code` is of a closed list: screens have words for each.
 */
export interface Comparison {
  code: ComparisonCode;
  verdict: 'good' | 'warn' | 'bad' | 'none';
}

export const comparisonCodes = [
  'amount-equals-invoice', 'amount-equals-balance', 'amount-below-due', 'amount-above-due', 'amount-unread', 'nothing-due', 'currency-differs',
  'date-recent', 'date-old', 'date-future', 'date-before-invoice', 'date-without-year', 'date-unread',
  'account-own', 'account-masked-own', 'account-other', 'account-invalid', 'account-unread', 'beneficiary-own', 'beneficiary-other', 'beneficiary-unread',
  'payer-customer', 'payer-known', 'payer-other', 'payer-unread',
  'reference-new', 'reference-unread', 'reference-unlike-issuer', 'reference-repeated', 'reference-confusable', 'file-repeated', 'picture-repeated',
  'state-completed', 'state-unsaid', 'state-not-money', 'state-failed', 'kind-not-accepted', 'customer-unknown',
  'system-unavailable', 'no-own-accounts', 'payment-registered', 'payment-taken', 'payment-alike',
  'verified', 'verification-pending', 'verification-mismatch', 'no-verification-source',
] as const;
export type ComparisonCode = (typeof comparisonCodes)[number];

const good = (code: ComparisonCode): Comparison => ({ code, verdict: 'good' });
const warn = (code: ComparisonCode): Comparison => ({ code, verdict: 'warn' });
const bad = (code: ComparisonCode): Comparison => ({ code, verdict: 'bad' });
const none = (code: ComparisonCode): Comparison => ({ code, verdict: 'none' });

/** Whether a field was read surely enough to be compared. */
const isSure = (read: ReadReceipt, field: ReceiptField, policy: ReceiptPolicy): boolean => (read.confidence[field] ?? 0) >= policy.minConfidence;

function compareAmount(read: ReadReceipt, { customer, unavailable }: Evidence, policy: ReceiptPolicy): Comparison[] {
  if (unavailable) return [warn('system-unavailable')];
  if (!read.amount || !isSure(read, 'amount', policy)) return [warn('amount-unread')];
  if (!customer) return [warn('customer-unknown')];
  if (customer.open.length === 0) return [warn('nothing-due')];
  if (customer.open.some(({ amount }) => amount.currency !== read.amount!.currency)) return [bad('currency-differs')];
  const paid = cents(read.amount.amount);
  const due = customer.open.reduce((sum, { amount }) => sum + cents(amount.amount), 0n);
  if (customer.open.some(({ amount }) => cents(amount.amount) === paid)) return [good('amount-equals-invoice')];
  if (paid === due) return [good('amount-equals-balance')];
  return [paid < due ? (policy.partial === 'register' ? none('amount-below-due') : warn('amount-below-due')) : warn('amount-above-due')];
}

function compareDate(read: ReadReceipt, { customer, today }: Evidence, policy: ReceiptPolicy): Comparison[] {
  if (!read.paidAt || !isSure(read, 'paidAt', policy)) return [warn('date-unread')];
  const age = daysFrom(read.paidAt.on, today);
  const first = customer?.open.map(({ issuedOn }) => issuedOn).filter((on) => on !== undefined).sort()[0];
  if (age < 0) return [bad('date-future')];
  if (age > policy.maxAgeDays) return [warn('date-old')];
  return [
    ...(first !== undefined && read.paidAt.on < first ? [warn('date-before-invoice')] : [good('date-recent')]),
    ...(read.paidAt.yearGuessed ? [none('date-without-year')] : []),
  ];
}

/** "****1234" or "12****34" against the whole number. */
export function fitsMask(masked: string, number: string): boolean {
  const [start = '', end = ''] = [/^\d*/u.exec(masked)?.[0], /\d*$/u.exec(masked)?.[0]];
  return start.length + end.length >= 3 && number.startsWith(start) && number.endsWith(end);
}

const plainName = (name: string): string => normalize(name).replace(/\b(?:s a s|s a|s r l|sas|sa|srl|spa|ltda|eirl|cia|de c v|de cv|c v)\b/gu, ' ').replace(/\s+/gu, ' ').trim();

/** Names are the same with their words in any order, a letter or two misread, or the end of a word cut off by `*`. */
export function sameName(one: string, other: string): boolean {
  const [left, right] = [one, other].map((name) => plainName(name).split(' ').filter((word) => word !== ''));
  if (!left?.length || !right?.length) return false;
  const [shorter, longer] = left.length <= right.length ? [left, right] : [right, left];
  const cut = /\*/u.test(one + other);
  const same = (a: string, b: string) => a === b || (cut && a.length >= 3 && (b.startsWith(a) || a.startsWith(b))) || (a.length > 4 && editDistance(a, b, 1) <= 1);
  return shorter.join('').length >= 4 && shorter.every((word) => longer.some((each) => same(word, each)));
}

const holds = (account: OwnAccount, { account: number, alias, document }: Party): boolean =>
  (number !== undefined && account.number === number) || (alias !== undefined && account.alias === alias) ||
  (document !== undefined && account.document === document);

function compareBeneficiary(read: ReadReceipt, { accounts }: Evidence, policy: ReceiptPolicy): Comparison[] {
  if (accounts.length === 0) return [none('no-own-accounts')];
  const { account, alias, name, document } = read.beneficiary;
  const found: Comparison[] = [];
  if (account !== undefined && isSure(read, 'beneficiaryAccount', policy)) {
    if (accounts.some((own) => own.number === account)) found.push(good('account-own'));
    else if (account.includes('*')) found.push(accounts.some(({ number }) => number !== undefined && fitsMask(account, number)) ? good('account-masked-own') : bad('account-other'));
    else found.push(bad('account-other'));
  } else if (alias !== undefined) found.push(accounts.some((own) => own.alias === alias) ? good('account-own') : bad('account-other'));
  else found.push(none('account-unread'));
  const isOwnDocument = document !== undefined && accounts.some((own) => holds(own, { document }));
  if (document !== undefined && isSure(read, 'beneficiaryDocument', policy)) found.push(isOwnDocument ? good('beneficiary-own') : bad('beneficiary-other'));
  else if (name !== undefined) found.push(accounts.some(({ holder }) => sameName(holder, name)) ? good('beneficiary-own') : bad('beneficiary-other'));
  else found.push(none('beneficiary-unread'));
  return found;
}

function comparePayer(read: ReadReceipt, { customer }: Evidence): Comparison[] {
  const { name } = read.payer;
  if (name === undefined || !customer) return [none('payer-unread')];
  if (sameName(name, customer.name)) return [good('payer-customer')];
  return [customer.knownPayers.some((known) => sameName(known, name)) ? good('payer-known') : none('payer-other')];
}

function compareReference(read: ReadReceipt, { earlier }: Evidence, policy: ReceiptPolicy): Comparison[] {
  const [first] = read.references;
  const repeats = [
    ...(earlier.file ? [bad('file-repeated')] : []),
    ...(earlier.reference ? [bad('reference-repeated')] : []),
    ...(earlier.picture ? [bad('picture-repeated')] : []),
    ...(earlier.confusable ? [warn('reference-confusable')] : []),
  ];
  if (repeats.length > 0) return repeats;
  if (!first || !isSure(read, 'reference', policy)) return [warn('reference-unread')];
  const shape = read.issuer === undefined ? undefined : issuerOf(read.issuer)?.operation;
  const own = read.references.find(({ type }) => type === 'operation');
  if (shape && own && !shape.test(own.value)) return [warn('reference-unlike-issuer')];
  return [good('reference-new')];
}

function compareState(read: ReadReceipt, { file }: Evidence, policy: ReceiptPolicy): Comparison[] {
  const kind = policy.kinds.includes(read.kind) && (file === undefined || policy.files.includes(file)) ? [] : [warn('kind-not-accepted')];
  if (read.state === 'completed') return [good('state-completed'), ...kind];
  if (read.state === 'unknown') return [none('state-unsaid'), ...kind];
  return [bad(read.state === 'failed' ? 'state-failed' : 'state-not-money'), ...kind];
}

const verification = {
  confirmed: good('verified'), 'not-yet': none('verification-pending'), mismatch: bad('verification-mismatch'), 'no-source': none('no-verification-source'),
} as const satisfies Record<Evidence['verified'], Comparison>;

const settled = { customer: bad('payment-registered'), other: bad('payment-taken') } as const satisfies Record<NonNullable<Evidence['settled']>, Comparison>;

/** Holds a receipt against everything that is known, field by field. */
export function compareReceipt(read: ReadReceipt, evidence: Evidence, policy: ReceiptPolicy): Comparison[] {
  return [
    ...compareState(read, evidence, policy),
    ...compareAmount(read, evidence, policy),
    ...compareDate(read, evidence, policy),
    ...compareBeneficiary(read, evidence, policy),
    ...comparePayer(read, evidence),
    ...compareReference(read, evidence, policy),
    evidence.settled ? settled[evidence.settled] : verification[evidence.verified],
    ...(evidence.alike && !evidence.settled ? [bad('payment-alike')] : []),
  ];
}
