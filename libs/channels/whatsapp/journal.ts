import type { AuthenticationCreds, SignalDataSet } from '@whiskeysockets/baileys';
import type { Frame } from './frame.js';
import type { KeyType, SealedJson } from './sealed-json.js';
import type { Session } from './session.js';
import type { InboundRow, NumberedMessage, SessionStore, StoredKey } from './store.js';

export interface JournalParts {
  session: Session;
  store: SessionStore;
  sealed: SealedJson;
  creds: AuthenticationCreds;
  /** Hears of each committed message, so that its conversation is told. Must not throw. */
  onNumbered(messages: readonly NumberedMessage[], tookMs: number): void;
}

/** The journal before ack: everything that one message changes, in one commit. */
export class Journal {
  private changes = 0;
  private saved = 0;
  private saving = false;

  constructor(private readonly parts: JournalParts) {}

  /** The client has changed its credentials: they go with the next commit, or soon without one. */
  credsChanged(): void {
    this.changes++;
    if (this.saving) return;
    this.saving = true;
    setImmediate(() => {
      this.saving = false;
      if (this.saved < this.changes && !this.parts.session.dead) void this.commit({}).catch(() => undefined);
    });
  }

  /**
   * Commits keys together with the message whose ratchet they are.
   * @param frame taken only if it is this session's and its plaintext is known
   */
  async commit(data: SignalDataSet, frame?: Frame): Promise<void> {
    const { session, sealed } = this.parts;
    const ready = frame && frame.session === session && !frame.written ? frame.ready : undefined;
    await session.inOrder(async () => {
      await this.write(this.keysOf(data), 'pre-key' in data, {
        messages: ready?.rows ?? [],
        ...(ready && frame ? { sha: frame.sha, plain: sealed.sealPlaintext(ready.plain, frame.sha) } : {}),
      });
      if (ready && frame) frame.written = true;
    });
  }

  /** Commits rows of a stanza that came without ciphertext. */
  async commitRows(messages: readonly InboundRow[]): Promise<void> {
    if (messages.length) await this.parts.session.inOrder(() => this.write([], false, { messages }));
  }

  /** Saves credentials at once, as they are given. */
  async saveCreds(creds: AuthenticationCreds): Promise<void> {
    const { session, store, sealed } = this.parts;
    await session.inOrder(() => store.journal({ keys: [], creds: sealed.sealCreds(creds), messages: [] }));
  }

  /** What a ciphertext decrypted to when it was committed, if it was: then only its receipt was lost. */
  async recall(sha: Buffer): Promise<Buffer | undefined> {
    const { session, store, sealed } = this.parts;
    const found = await session.inOrder(() => store.readPlaintext(sha));
    return found && sealed.openPlaintext(found, sha);
  }

  private async write(
    keys: StoredKey[],
    withCreds: boolean,
    message: { messages: readonly InboundRow[]; sha?: Buffer; plain?: Buffer },
  ): Promise<void> {
    const { store, sealed, creds, onNumbered } = this.parts;
    const change = this.changes;
    // New pre-keys and the counter in the credentials that names them belong together. An unfinished pairing is not kept.
    const save = creds.account !== undefined && (withCreds || this.saved < change);
    const beganAt = performance.now();
    const numbered = await store.journal({ keys, ...message, ...(save ? { creds: sealed.sealCreds(creds) } : {}) });
    if (save) this.saved = change;
    if (numbered.length) onNumbered(numbered, performance.now() - beganAt);
  }

  private keysOf(data: SignalDataSet): StoredKey[] {
    return Object.entries(data).flatMap(([type, values]) =>
      Object.entries(values ?? {}).map(([id, value]) => ({
        type,
        id,
        value: value === null || value === undefined ? null : this.parts.sealed.sealKey(type as KeyType, id, value),
      })),
    );
  }
}
