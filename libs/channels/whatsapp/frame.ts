import { AsyncLocalStorage } from 'node:async_hooks';
import type { HistoryNotice } from './incoming/history.js';
import type { Session } from './session.js';
import type { GroupAnswerRow, InboundRow } from './store.js';

/** What one ciphertext leaves for the transaction that commits its ratchet. */
export class Frame {
  /** Set when the plaintext is known; a commit before that is not this message's. */
  ready: { plain: Uint8Array; rows: InboundRow[]; answers: GroupAnswerRow[]; notice?: HistoryNotice | undefined } | undefined;
  /** Set once plaintext and rows are committed. */
  written = false;

  constructor(
    readonly session: Session,
    readonly sha: Buffer,
  ) {}
}

/** The frame that is being decrypted, carried through Baileys and libsignal to the key store's `set()`. */
export const frames = new AsyncLocalStorage<Frame>();
