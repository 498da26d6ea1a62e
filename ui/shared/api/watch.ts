/** How somebody follows what is sent, and gives it up. */
export interface Watch {
  /** @param share of its bytes that have left, from 0 to 1 */
  readonly progress: (share: number) => void;
  readonly signal: AbortSignal;
}

/** The person gave it up. */
export class Cancelled extends Error {
  override readonly name = 'Cancelled';
}
