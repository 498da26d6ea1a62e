/** What drivers and PostgreSQL say when the other side is not there: refused, reset, unreachable, shutting down, starting. */
const AWAY_CODES: ReadonlySet<string> = new Set([
  'ECONNREFUSED', 'ECONNRESET', 'EHOSTUNREACH', 'ENETUNREACH', 'ENOTFOUND', 'EPIPE', 'ETIMEDOUT',
  '57P01', '57P02', '57P03', '08000', '08001', '08003', '08006',
]);

/** Timeouts and lost connections of `pg`, which carry no code. */
const AWAY_TEXT = /timeout exceeded when trying to connect|Query read timeout|Connection terminated|timeout expired/i;

/** Whether the database could not be reached, however deep MikroORM and `pg` have wrapped it. The same call may work a moment later. */
export function isDatabaseAway(error: unknown): boolean {
  if (error instanceof AggregateError && error.errors.some(isDatabaseAway)) return true;
  if (!(error instanceof Error)) return false;
  if ('code' in error && AWAY_CODES.has(String(error.code))) return true;
  return AWAY_TEXT.test(error.message) || ('previous' in error && isDatabaseAway(error.previous)) || isDatabaseAway(error.cause);
}
