import { Refusal } from '../refusal.js';

/** Why an import of a statement is not done or undone. */
export const statementRefusals = [
  'statement-unknown', 'account-unknown', 'statement-columns', 'statement-done', 'statement-changed', 'statement-empty', 'statement-elsewhere', 'statement-undone', 'statement-used', 'statement-drafts',
] as const;
export type StatementRefusalCode = (typeof statementRefusals)[number];

export class StatementRefusal extends Refusal<StatementRefusalCode> {
  override readonly name = 'StatementRefusal';
}
