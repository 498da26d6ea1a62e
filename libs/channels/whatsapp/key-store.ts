import type { SignalDataTypeMap, SignalKeyStore } from '@whiskeysockets/baileys';
import { frames } from './frame.js';
import type { Journal } from './journal.js';
import type { SealedJson } from './sealed-json.js';
import type { Session } from './session.js';
import type { SessionStore } from './store.js';

/**
 * Baileys' key store over the journal. `set()` is called at the end of each of Baileys' transactions, inside its mutex: that is
 * the moment in which a decrypted message is committed together with its ratchet. Both calls reject once the session has ended;
 * they never hang, as libsignal's job queue waits for them.
 */
export function keyStore(parts: { session: Session; store: SessionStore; sealed: SealedJson; journal: Journal }): SignalKeyStore {
  const { session, store, sealed, journal } = parts;
  return {
    get: async <T extends keyof SignalDataTypeMap>(type: T, ids: string[]) => {
      if (!ids.length) return {};
      const rows = await session.inOrder(() => store.readKeys(type, ids));
      return Object.fromEntries(rows.map(({ id, value }) => [id, sealed.openKey(type, id, value)])) as Record<string, SignalDataTypeMap[T]>;
    },
    set: (data) => journal.commit(data, frames.getStore()),
  };
}
