import { DisconnectReason } from '@whiskeysockets/baileys';
import { Fenced } from './store.js';

/**
 * Why a session ended, as far as it decides what follows.
 * - `restart`: the network asks for a new connection at once (after pairing);
 * - `logged-out`: the phone, or the network in its name, ended the link: credentials are worthless;
 * - `banned`: WhatsApp blocked the number, with the same end;
 * - `replaced`: another connection of this device came; ask the lease who that is, never reconnect blindly;
 * - `fenced`: the lease has passed on;
 * - `lost`: anything else; try again after a while.
 */
export type LinkEnd = 'restart' | 'logged-out' | 'banned' | 'replaced' | 'fenced' | 'lost';

/** Codes with which the network refuses credentials: 401 logged out, 419 out of sync for good. */
const LOGGED_OUT: ReadonlySet<number> = new Set([401, 419]);

/** The status that Baileys puts into its errors (Boom), if it is one. */
export function statusOf(error: unknown): number | undefined {
  if (typeof error !== 'object' || error === null || !('output' in error)) return undefined;
  const { output } = error as { output?: { statusCode?: unknown } };
  return typeof output?.statusCode === 'number' ? output.statusCode : undefined;
}

/** Pure: what the end of a session means. @param wasLinked false while pairing: then there is nothing to be logged out of */
export function endOf(error: unknown, wasLinked: boolean): LinkEnd {
  if (error instanceof Fenced) return 'fenced';
  const status = statusOf(error);
  if (status === undefined) return 'lost';
  if (status === (DisconnectReason.restartRequired as number)) return 'restart';
  if (status === (DisconnectReason.connectionReplaced as number)) return 'replaced';
  if (status === (DisconnectReason.forbidden as number) && wasLinked) return 'banned';
  return LOGGED_OUT.has(status) && wasLinked ? 'logged-out' : 'lost';
}

/** Codes with which the network turns a login away for now; asking again at once would make it worse. */
const REFUSALS: ReadonlySet<number> = new Set([402, 405, 409, 411, 413, 429, 500, 503]);

/**
 * Pure: when a temporary ban ends, in ms since 1970. The network names it in seconds from now, in the `expire` of its refusal, which
 * Baileys leaves in the error's data (Socket/socket.js, `CB:failure`).
 */
export function banEndsMs(error: unknown, nowMs: number): number | undefined {
  if (statusOf(error) !== 402 || typeof error !== 'object' || error === null || !('data' in error)) return undefined;
  const seconds = Number((error.data as { expire?: unknown } | undefined)?.expire);
  return seconds > 0 ? nowMs + seconds * 1_000 : undefined;
}

/** Pure: whether the network itself said no, rather than being out of reach. */
export const isRefusal = (error: unknown): boolean => REFUSALS.has(statusOf(error) ?? 0);
