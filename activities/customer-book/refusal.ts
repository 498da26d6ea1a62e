import { Refusal } from '../refusal.js';

/** Why the book does not do what it was asked to. */
export const bookRefusals = [
  'customer-unknown', 'customer-cancelled', 'customer-number-taken', 'document-taken', 'service-unknown', 'service-cancelled', 'service-number-taken', 'plan-unknown', 'plan-name-taken',
  'invoice-unknown', 'invoice-paid', 'invoice-cancelled', 'payment-unknown', 'payment-reversed', 'reference-taken', 'currency-other', 'version-stale',
  'invoicing-changed', 'invoicing-nothing', 'run-unknown', 'run-undone', 'run-paid', 'import-unknown', 'import-done', 'import-undone', 'import-touched', 'import-changed', 'import-empty',
] as const;
export type BookRefusalCode = (typeof bookRefusals)[number];

export class BookRefusal extends Refusal<BookRefusalCode> {
  override readonly name = 'BookRefusal';
}
