import type { ListedReceipt, Receipt, ReceiptComparison, ReceiptCode, ReceiptState } from '../../shared/api/receipts-api';
import type { IconName } from '../../shared/icons/icon-names';
import { es, type TextKey } from './i18n/es';

/** What was read and can be set right, in the order in which it is shown. */
export const fields = ['amount', 'paidOn', 'beneficiaryName', 'beneficiaryAccount', 'payerName', 'reference'] as const;
export type Field = (typeof fields)[number];

/** Under which name the reading keeps how sure it is of a field, and where it stands. */
export const readingOf: Readonly<Record<Field, keyof NonNullable<Receipt['read']>['confidence']>> = {
  amount: 'amount', paidOn: 'paidAt', beneficiaryName: 'beneficiaryName', beneficiaryAccount: 'beneficiaryAccount', payerName: 'payerName', reference: 'reference',
};

const begins: readonly (readonly [Field, RegExp])[] = [
  ['amount', /^(?:amount-|nothing-due|currency-)/], ['paidOn', /^date-/], ['beneficiaryName', /^beneficiary-/], ['beneficiaryAccount', /^account-/], ['payerName', /^payer-/],
  ['reference', /^(?:reference-|file-|picture-)/],
];

/** Which field a comparison is about; undefined: the receipt as a whole. */
export const fieldOf = (code: ReceiptCode): Field | undefined => begins.find(([, says]) => says.test(code))?.[0];

export const verdictLook: Readonly<Record<ReceiptComparison['verdict'], { readonly icon: IconName; readonly tone: string }>> = {
  good: { icon: 'check', tone: 'is-ok' }, warn: { icon: 'alert', tone: 'is-warn' }, bad: { icon: 'alert', tone: 'is-bad' }, none: { icon: 'info', tone: 'is-none' },
};

export const stateLook: Readonly<Record<ReceiptState, { readonly icon: IconName; readonly tone: '' | 'state--ok' | 'state--warn' | 'state--bad' }>> = {
  reading: { icon: 'clock', tone: '' }, waiting: { icon: 'clock', tone: '' }, review: { icon: 'eye', tone: 'state--warn' }, accepted: { icon: 'check', tone: 'state--ok' },
  rejected: { icon: 'x', tone: 'state--bad' }, 'asked-another': { icon: 'reply', tone: 'state--warn' }, other: { icon: 'slash', tone: '' },
};

const repeated: readonly ReceiptCode[] = ['file-repeated', 'picture-repeated', 'reference-repeated', 'payment-registered', 'payment-taken', 'payment-alike'];
const isKey = (key: string): key is TextKey => key in es;

/** Whether approving it contradicts that its payment came before. */
export const isRepeated = ({ comparisons }: Pick<Receipt, 'comparisons'>): boolean => comparisons.some(({ code, verdict }) => repeated.includes(code) && verdict === 'bad');

/** What most asks for somebody, as the queue says it; `missing` wants the amount. */
export function chipOf({ headline, missing, fault }: ListedReceipt): { readonly words: TextKey; readonly icon: IconName; readonly tone: string } | undefined {
  if (fault || headline === 'amount-unread') return { words: 'unread', icon: 'eyeoff', tone: '' };
  if (!headline) return undefined;
  const short = missing && headline === 'amount-below-due' ? 'chip.missing' : `chip.${headline}`;
  return { words: isKey(short) ? short : `code.${headline}`, icon: repeated.includes(headline) ? 'copy' : 'alert', tone: repeated.includes(headline) ? 'state--bad' : 'state--warn' };
}
