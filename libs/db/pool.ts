import pg from 'pg';

/** A statement on a hot path: named, so that PostgreSQL plans it once a connection. */
export interface Statement {
  name: string;
  text: string;
  values: unknown[];
}

/**
 * Plain connections for the hot paths, each of which is one SQL function call (see migrations/0001-spine/functions).
 * Limits are short on purpose: a database that hangs must not hang the gateway (connection 2 s, query 4 s).
 * @param onError called when an idle connection breaks; the pool opens another by itself
 */
export function openPool(url: string, onError: (error: Error) => void, options: pg.PoolConfig = {}): pg.Pool {
  const pool = new pg.Pool({
    connectionString: url,
    max: 8,
    connectionTimeoutMillis: 2_000,
    query_timeout: 4_000,
    application_name: 'hilo',
    ...options,
  });
  pool.on('error', onError);
  return pool;
}

/** SQLSTATE of a write whose lease has passed to another holder, or run out. Raised by `lease_company`. */
export const FENCED = 'HL001';
/** SQLSTATE of a decision that another one has overtaken: load again. Raised by `conversation_commit`. */
export const OVERTAKEN = 'HL002';
/** Deadlock and serialization failure: nothing was written, the same call may simply be made again. */
export const TRY_AGAIN: ReadonlySet<string> = new Set(['40P01', '40001']);

/** SQLSTATE of a database error, if it is one. */
export const sqlState = (error: unknown): string | undefined =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
