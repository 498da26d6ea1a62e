/**
 * When a customer has waited too long for an agent.
 * @param waitingSinceMs since when they have, ms since 1970; undefined when an agent spoke last
 */
export function alarmAt(waitingSinceMs: number | undefined, alarmMinutes: number): number | undefined {
  return waitingSinceMs === undefined ? undefined : waitingSinceMs + alarmMinutes * 60_000;
}

/** A customer's place in the queue in words. `ahead`: tickets that wait longer in the same queue. */
export function placeInWords(ahead: number): string {
  if (ahead <= 0) return 'No tenés a nadie adelante';
  return ahead === 1 ? 'Tenés 1 persona adelante' : `Tenés ${ahead} personas adelante`;
}
