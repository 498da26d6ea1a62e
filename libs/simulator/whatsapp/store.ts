import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync, type StatementSync } from 'node:sqlite';

/** What the world is made of, each kept as one row of JSON. */
export type Kind =
  | 'account'
  | 'device'
  | 'preKey'
  | 'person'
  | 'session'
  | 'phonePreKey'
  | 'stanza'
  | 'message'
  | 'token'
  | 'senderKey'
  | 'group'
  | 'mediaPath'
  | 'mediaSecret'
  | 'history'
  | 'rules';

interface Change {
  kind: Kind;
  key: string;
  /** Undefined: the row goes. Called when it is written, so that a row that changes ten times is encoded once. */
  value?: () => unknown;
}

/**
 * Keeps the world over a restart. Changes are collected and written in one transaction by `flush()`, which the network calls before
 * anything leaves the process: whatever a client or a caller has seen is on disk, and a SIGKILL loses only what nobody saw. SQLite
 * (write-ahead log) instead of a snapshot file, because a snapshot either loses the last moments or is rewritten on every stanza.
 */
export class Store {
  private database?: DatabaseSync;
  private readonly upsert?: StatementSync;
  private readonly erase?: StatementSync;
  private readonly changes = new Map<string, Change>();

  /** @param folder where to keep the world; without it everything is forgotten when the process ends */
  constructor(folder?: string) {
    if (!folder) return;
    mkdirSync(folder, { recursive: true });
    this.database = new DatabaseSync(join(folder, 'whatsapp.sqlite'));
    this.database.exec(`pragma journal_mode = wal; pragma synchronous = normal;
      create table if not exists world (kind text, key text, value text not null, primary key (kind, key)) without rowid`);
    this.upsert = this.database.prepare('insert or replace into world (kind, key, value) values (?, ?, ?)');
    this.erase = this.database.prepare('delete from world where kind = ? and key = ?');
  }

  /** Rows of a kind in the order of their keys. */
  load<T>(kind: Kind): { key: string; value: T }[] {
    const rows = this.database?.prepare('select key, value from world where kind = ? order by key').all(kind) ?? [];
    return rows.map((row) => ({ key: String(row['key']), value: JSON.parse(String(row['value']), reviveBuffers) as T }));
  }

  put(kind: Kind, key: string, value: () => unknown): void {
    if (this.database) this.changes.set(`${kind}/${key}`, { kind, key, value });
  }

  remove(kind: Kind, key: string): void {
    if (this.database) this.changes.set(`${kind}/${key}`, { kind, key });
  }

  /** Writes all changes since the last call, in one transaction. */
  flush(): void {
    if (!this.database || !this.changes.size) return;
    this.database.exec('begin');
    try {
      for (const { kind, key, value } of this.changes.values()) {
        if (value) this.upsert?.run(kind, key, JSON.stringify(value(), keepBuffers));
        else this.erase?.run(kind, key);
      }
      this.database.exec('commit');
    } catch (error) {
      this.database.exec('rollback');
      throw error;
    }
    this.changes.clear();
  }

  /** Forgets everything. */
  clear(): void {
    this.changes.clear();
    this.database?.exec('delete from world');
  }

  /** Writes what is left. Later changes are forgotten. */
  close(): void {
    this.flush();
    this.database?.close();
    this.database = undefined;
  }
}

function keepBuffers(this: Record<string, unknown>, key: string, value: unknown): unknown {
  const raw = this[key];
  return raw instanceof Uint8Array ? { $bytes: Buffer.from(raw).toString('base64') } : value;
}

function reviveBuffers(_key: string, value: unknown): unknown {
  const encoded = value && typeof value === 'object' ? (value as { $bytes?: unknown }).$bytes : undefined;
  return typeof encoded === 'string' ? Buffer.from(encoded, 'base64') : value;
}
