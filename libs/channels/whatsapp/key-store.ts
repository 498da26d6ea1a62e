import type { SignalDataTypeMap, SignalKeyStore } from '@whiskeysockets/baileys';
import { frames } from './frame.js';
import type { Journal } from './journal.js';
import { keyFrom } from './sealed-json.js';

/**
 * Baileys' key store over the journal. `set()` is called at the end of each of Baileys' transactions, inside its mutex: that is
 * the moment in which a decrypted message is committed together with its ratchet. Both calls reject once the session has ended;
 * they never hang, as libsignal's job queue waits for them.
 */
export function keyStore(journal: Journal): SignalKeyStore {
  return {
    get: async <T extends keyof SignalDataTypeMap>(type: T, ids: string[]) => {
      const texts = await journal.texts(type, ids);
      return Object.fromEntries([...texts].map(([id, text]) => [id, keyFrom(type, text)])) as Record<string, SignalDataTypeMap[T]>;
    },
    set: (data) => journal.commit(data, frames.getStore()),
  };
}
