/**
 * One job of a Signal address at a time, over all numbers of this process. libsignal's own job queue is global, keyed by the
 * address alone, and runs a waiting job in the async context of whoever started it: two numbers with a shared customer would read
 * each other's transaction. So no two jobs of one address may ever meet in it.
 */
const tails = new Map<string, Promise<unknown>>();

/**
 * Runs `work` when all earlier work of `address` has ended, however it ended.
 * Work must end: what hangs in here blocks the address for every session of the process.
 */
export async function aloneAt<T>(address: string, work: () => Promise<T>): Promise<T> {
  const before = tails.get(address) ?? Promise.resolve();
  const run = before.then(work, work);
  const tail = run.catch(() => undefined);
  tails.set(address, tail);
  try {
    return await run;
  } finally {
    if (tails.get(address) === tail) tails.delete(address);
  }
}

/** Addresses that somebody works at or waits for: empty when the process is idle. */
export const busyAddresses = (): number => tails.size;
