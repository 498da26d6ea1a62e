import { setImmediate as nextTurn } from 'node:timers/promises';
import type { AuthenticationCreds, SignalDataSet } from '@whiskeysockets/baileys';
import { CommittedKeys } from './committed-keys.js';
import type { Frame } from './frame.js';
import { HISTORY_KEY } from './incoming/history-key.js';
import { toJson, type SealedJson } from './sealed-json.js';
import type { Session } from './session.js';
import type { GroupAnswerRow, InboundRow, JournalEntry, NumberedMessage, SessionStore } from './store.js';

export interface JournalParts {
  session: Session;
  store: SessionStore;
  sealed: SealedJson;
  creds: AuthenticationCreds;
  /** Hears of each committed message, so that its conversation is told. Must not throw. */
  onNumbered(messages: readonly NumberedMessage[], tookMs: number): void;
  /** Hears that a committed message has a file, or that the phone has history. Must not throw. */
  onWanted?(what: 'file' | 'history'): void;
}

/** A key's JSON, or null for one that is deleted. */
interface KeyText {
  type: string;
  id: string;
  text: string | null;
}

/** What one caller wants to have committed. */
interface Change {
  keys: KeyText[];
  /** New pre-keys and the counter in the credentials that names them belong together. */
  withCreds: boolean;
  messages: readonly InboundRow[];
  answers?: readonly GroupAnswerRow[];
  /** The ciphertext that these come from. */
  memory?: { sha: Buffer; plain: Buffer };
}

/** Changes that will be one statement. */
interface Batch {
  changes: Change[];
  committed: Promise<void>;
}

/**
 * The journal before ack: everything that one message changes, in one commit. What is asked for while a commit is under way goes
 * together into the next one: a send's two ratchets, for instance. All of a batch is committed, or the session ends.
 */
export class Journal {
  private readonly known = new CommittedKeys();
  private changes = 0;
  private saved = 0;
  private saving = false;
  private next: Batch | undefined;

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

  /** JSON of those of the keys that exist, as they were last committed. @throws Discarded when the session has ended */
  async texts(type: string, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
    const { session, store, sealed } = this.parts;
    session.mustLive();
    const texts = new Map(ids.map((id) => [id, this.known.read(type, id)]));
    const unknown = ids.filter((id) => texts.get(id) === undefined);
    if (unknown.length) {
      await session.inOrder(async () => {
        const rows = new Map((await store.readKeys(type, unknown)).map(({ id, value }) => [id, value]));
        for (const id of unknown) {
          const value = rows.get(id);
          const text = value ? sealed.openKey(type, id, value) : null;
          this.known.answered(type, id, text);
          texts.set(id, text);
        }
      });
    }
    return new Map([...texts].filter((entry): entry is [string, string] => typeof entry[1] === 'string'));
  }

  /**
   * Commits keys together with the message whose ratchet they are.
   * @param frame taken only if it is this session's and its plaintext is known
   */
  async commit(data: SignalDataSet, frame?: Frame): Promise<void> {
    const ready = frame && frame.session === this.parts.session && !frame.written ? frame.ready : undefined;
    await this.write({
      keys: [...keyTexts(data), ...(ready?.notice ? [{ type: HISTORY_KEY, id: ready.notice.id, text: JSON.stringify(ready.notice.text) }] : [])],
      withCreds: 'pre-key' in data,
      messages: ready?.rows ?? [],
      ...(ready?.answers.length ? { answers: ready.answers } : {}),
      ...(ready && frame ? { memory: { sha: frame.sha, plain: this.parts.sealed.sealPlaintext(ready.plain, frame.sha) } } : {}),
    });
    if (ready && frame) frame.written = true;
  }

  /** Commits rows of a stanza that came without ciphertext. */
  async commitRows(messages: readonly InboundRow[]): Promise<void> {
    if (messages.length) await this.write({ keys: [], withCreds: false, messages });
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

  /** Resolves when the change is in PostgreSQL. A statement remembers one ciphertext, so a second one waits for the next. */
  private write(change: Change): Promise<void> {
    this.known.change(change.keys);
    const joins = this.next && !(change.memory && this.next.changes.some(({ memory }) => memory));
    const batch = joins && this.next ? this.next : this.openBatch();
    batch.changes.push(change);
    return batch.committed;
  }

  private openBatch(): Batch {
    const { session } = this.parts;
    const changes: Change[] = [];
    const committed = session.inOrder(async () => {
      await nextTurn(); // what this turn of the loop still asks for comes along
      if (this.next === batch) this.next = undefined;
      session.mustLive();
      await this.commitAll(changes);
    });
    const batch: Batch = { changes, committed };
    this.next = batch;
    return batch;
  }

  private async commitAll(changes: readonly Change[]): Promise<void> {
    const { store, sealed, creds, onNumbered } = this.parts;
    const change = this.changes;
    // An unfinished pairing is not kept.
    const save = creds.account !== undefined && (changes.some(({ withCreds }) => withCreds) || this.saved < change);
    const entry = { ...this.entryOf(changes), ...(save ? { creds: sealed.sealCreds(creds) } : {}) };
    const beganAt = performance.now();
    const numbered = await store.journal(entry);
    const tookMs = performance.now() - beganAt;
    if (save) this.saved = change;
    for (const { keys } of changes) this.known.committed(keys);
    if (numbered.length) onNumbered(numbered, tookMs);
    if (entry.messages.some(({ details }) => details?.media)) this.parts.onWanted?.('file');
    if (entry.keys.some(({ type, value }) => type === HISTORY_KEY && value)) this.parts.onWanted?.('history');
  }

  /** One entry of several changes: of a key that is changed twice, the last. */
  private entryOf(changes: readonly Change[]): JournalEntry {
    const last = new Map(changes.flatMap(({ keys }) => keys).map((key) => [`${key.type}/${key.id}`, key]));
    const keys = [...last.values()].map(({ type, id, text }) => ({ type, id, value: text === null ? null : this.parts.sealed.sealKey(type, id, text) }));
    const answers = changes.flatMap((change) => change.answers ?? []);
    return { keys, messages: changes.flatMap(({ messages }) => messages), ...(answers.length ? { answers } : {}), ...changes.find(({ memory }) => memory)?.memory };
  }
}

const keyTexts = (data: SignalDataSet): KeyText[] =>
  Object.entries(data).flatMap(([type, values]) =>
    Object.entries(values ?? {}).map(([id, value]) => ({ type, id, text: value === null || value === undefined ? null : toJson(value) })),
  );
