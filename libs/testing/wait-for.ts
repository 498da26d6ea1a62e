const EVERY_MS = 15;

/**
 * Waits for a fact: asks until the answer is truthy. A failing question counts as "not yet", and its error is told in the end.
 * @param what names the fact in the error of a wait that took too long
 * @param limitMs how long to ask at most, in milliseconds
 */
export async function waitFor<T>(what: string, ask: () => T | Promise<T>, limitMs = 20_000): Promise<NonNullable<T>> {
  const endsAt = Date.now() + limitMs;
  for (;;) {
    let trouble: unknown;
    try {
      const answer = await ask();
      if (answer) return answer;
    } catch (error) {
      trouble = error;
    }
    if (Date.now() > endsAt) throw new Error(`Waited ${limitMs} ms in vain for ${what}`, { cause: trouble });
    await new Promise((resolve) => setTimeout(resolve, EVERY_MS));
  }
}
