/** Settles with the work or, once the signal is aborted, with its reason: work that ignores the signal cannot hold us. */
export function within<T>(signal: AbortSignal, work: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const giveUp = () => reject(signal.reason instanceof Error ? signal.reason : new Error('aborted'));
    if (signal.aborted) giveUp();
    signal.addEventListener('abort', giveUp, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', giveUp));
  });
}

/** What came of work with a limit; `late`: it took longer, and may go on somewhere. */
export type Limited<T> = { came: T } | { failed: 'late' | 'threw' };

/**
 * Waits no longer than the limit. What was thrown goes no further: a vendor's error may repeat what was asked.
 * @throws the signal's reason, once the caller has aborted it
 */
export async function limited<T>(work: (signal: AbortSignal) => Promise<T>, limitMs: number, signal?: AbortSignal): Promise<Limited<T>> {
  const late = AbortSignal.timeout(limitMs);
  const either = signal ? AbortSignal.any([late, signal]) : late;
  try {
    return { came: await within(either, work(either)) };
  } catch (problem) {
    if (signal?.aborted) throw problem;
    return { failed: late.aborted ? 'late' : 'threw' };
  }
}
