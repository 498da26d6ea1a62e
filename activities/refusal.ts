/** Why a piece of work is not done, as one of the codes of its room. Thrown within a transaction, which it rolls back: nothing was written. */
export abstract class Refusal<Code extends string> extends Error {
  constructor(
    readonly code: Code,
    /** What it is about, in words for people, where the code alone does not say: numbers of invoices, names. */
    readonly about?: string,
  ) {
    super(code);
  }
}
