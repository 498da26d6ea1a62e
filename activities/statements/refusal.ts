/** Why an import of a statement is not done or undone. Nothing was written. */
export const statementRefusals = [
  'statement-unknown', 'account-unknown', 'statement-columns', 'statement-done', 'statement-changed', 'statement-empty', 'statement-elsewhere', 'statement-undone', 'statement-used',
] as const;
export type StatementRefusalCode = (typeof statementRefusals)[number];

/** Thrown within a transaction, which it rolls back. */
export class StatementRefusal extends Error {
  override readonly name = 'StatementRefusal';

  constructor(
    readonly code: StatementRefusalCode,
    /** What it is about, in words for people, where the code alone does not say. */
    readonly about?: string,
  ) {
    super(code);
  }
}
