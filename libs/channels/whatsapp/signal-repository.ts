import { AsyncLocalStorage } from 'node:async_hooks';
import { createHash } from 'node:crypto';
import {
  DEFAULT_CONNECTION_CONFIG,
  type BinaryNode,
  type SignalKeyStoreWithTransaction,
  type SignalRepositoryWithLIDStore,
  type SocketConfig,
} from '@whiskeysockets/baileys';
import { aloneAt } from './address-lock.js';
import { placeholderOf, rowsOf, type Me } from './classify.js';
import { Frame, frames } from './frame.js';
import { groupAnswersOf } from './group-answers.js';
import { noticeOf } from './incoming/history.js';
import type { Journal } from './journal.js';
import type { Session } from './session.js';

export interface RepositoryParts {
  channel: string;
  session: Session;
  journal: Journal;
  /** The stanza that a ciphertext came in: the same Buffer reaches `decryptMessage`. */
  stanzas: WeakMap<object, BinaryNode>;
  me(): Me;
}

type Inner = SignalRepositoryWithLIDStore;
type Outside = <T>(work: () => T) => T;

const sha256 = (bytes: Uint8Array): Buffer => createHash('sha256').update(bytes).digest();

/** A call that never comes back: what cannot be committed must not be answered. A new one each time, so that nothing is kept alive. */
const never = (): Promise<never> => new Promise<never>(() => undefined);

/** Everything that touches keys and has no lock of its own here. */
const LEFT_OUTSIDE = [
  'encryptGroupMessage',
  'processSenderKeyDistributionMessage',
  'getSenderKeyDistributionMessage',
  'hasSenderKey',
  'migrateSession',
  'deleteSession',
  'validateSession',
  'getSessionInfo',
] as const;

/**
 * Baileys' Signal repository with three things around it (research/journal.md §2 shows what fails without each):
 * - the decrypted message is committed with its ratchet, or the call never returns;
 * - all Signal work leaves `relayMessage`'s transaction, which ends only after the bytes are out: a ratchet is committed before
 *   its ciphertext is used, and takes the chat's mutex. All or none: a session injected inside would be invisible outside;
 * - one job of an address at a time, over all numbers of the process.
 */
export const signalRepository =
  (parts: RepositoryParts): SocketConfig['makeSignalRepository'] =>
  (auth, logger, pnToLid) => {
    const inner = DEFAULT_CONNECTION_CONFIG.makeSignalRepository(auth, logger, pnToLid);
    const outside: Outside = AsyncLocalStorage.snapshot();
    const address = (jid: string) => inner.jidToSignalProtocolAddress(jid);
    const keys = auth.keys as SignalKeyStoreWithTransaction; // makeSocket gives it transactions
    const receive = receiver(parts, keys, outside);
    leaveOutside(inner, outside);
    keepTokens(keys, outside);
    return {
      ...inner,
      decryptMessage: (options) =>
        receive(options.ciphertext, address(options.jid), options.jid, () => inner.decryptMessage(options)),
      decryptGroupMessage: (options) =>
        receive(options.msg, `${parts.channel}|${options.group}`, options.group, () => inner.decryptGroupMessage(options)),
      encryptMessage: (options) => outside(() => aloneAt(address(options.jid), () => inner.encryptMessage(options))),
      injectE2ESession: (options) => outside(() => aloneAt(address(options.jid), () => inner.injectE2ESession(options))),
    };
  };

function leaveOutside(inner: Inner, outside: Outside): void {
  const methods = inner as unknown as Record<string, (...values: unknown[]) => unknown>;
  for (const name of LEFT_OUTSIDE) {
    const call = methods[name]!.bind(inner);
    methods[name] = (...values) => outside(() => call(...values));
  }
  // Its cache is filled after this call: by then the mapping must be committed.
  const mapping = inner.lidMapping;
  const store = mapping.storeLIDPNMappings.bind(mapping);
  mapping.storeLIDPNMappings = (pairs) => outside(() => store(pairs));
}

/**
 * Baileys tells the network of a chat's privacy token after a send and notes it when the answer comes: in the context of
 * `relayMessage`'s transaction, which has been committed by then. What is set there is lost, and every send would ask again.
 */
function keepTokens(keys: SignalKeyStoreWithTransaction, outside: Outside): void {
  const set = keys.set.bind(keys);
  keys.set = (data) => ('tctoken' in data ? outside(() => set(data)) : set(data));
}

type Receive = (ciphertext: Uint8Array, lock: string, transaction: string, decrypt: () => Promise<Uint8Array>) => Promise<Uint8Array>;

function receiver({ session, journal, stanzas, me }: RepositoryParts, keys: SignalKeyStoreWithTransaction, outside: Outside): Receive {
  const decryptAndCommit = async (frame: Frame, node: BinaryNode | undefined, key: string, decrypt: () => Promise<Uint8Array>) => {
    try {
      // The key of Baileys' own inner transaction: the plaintext is known when the commit comes.
      const plain = await keys.transaction(async () => {
        const decrypted = await decrypt();
        frame.ready = {
          plain: decrypted, rows: node ? rowsOf(node, decrypted, me()) : [], answers: node ? groupAnswersOf(node, decrypted) : [],
          notice: node && noticeOf(node, decrypted, me()),
        };
        return decrypted;
      }, key);
      if (!frame.written) await journal.commit({}, frame); // no key changed, so nothing was committed yet
      return plain;
    } catch (error) {
      if (session.dead) throw error;
      const committed = await journal.recall(frame.sha);
      if (committed) return committed; // delivered again: only its receipt was lost
      throw error;
    }
  };
  return (ciphertext, lock, transaction, decrypt) =>
    outside(async () => {
      const frame = new Frame(session, sha256(ciphertext));
      const node = stanzas.get(ciphertext);
      try {
        const plain = await frames.run(frame, () => aloneAt(lock, () => decryptAndCommit(frame, node, transaction, decrypt)));
        if (!session.dead) return plain;
      } catch (error) {
        if (!session.dead) {
          // A real failure to decrypt: it has its row before Baileys asks the sender again, and stays seen if nothing comes of that.
          if (node) await journal.commitRows(placeholderOf(node, me(), 'decrypt')).catch(() => undefined);
          if (!session.dead) throw error;
        }
      }
      return never(); // outside of every lock and of libsignal's queue
    });
}
