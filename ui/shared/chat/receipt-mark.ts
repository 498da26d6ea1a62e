import type { Entry } from '../api/conversations-api';
import type { es } from './i18n/es';

type ReceiptState = NonNullable<Entry['receipt']>['state'];

interface Mark {
  readonly look: '' | 'state--ok' | 'state--warn' | 'state--bad';
  readonly words: keyof typeof es;
}

const marks: Readonly<Record<ReceiptState, Mark | undefined>> = {
  reading: { look: '', words: 'receipt.reading' },
  waiting: { look: '', words: 'receipt.waiting' },
  review: { look: 'state--warn', words: 'receipt.review' },
  accepted: { look: 'state--ok', words: 'receipt.accepted' },
  rejected: { look: 'state--bad', words: 'receipt.rejected' },
  'asked-another': { look: 'state--warn', words: 'receipt.asked-another' },
  other: undefined, // a picture like any other
};

/** What is said below a picture that was looked at as a proof of payment. */
export const receiptMark = (state: ReceiptState | undefined): Mark | undefined => (state === undefined ? undefined : marks[state]);
