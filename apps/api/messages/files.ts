import { Readable } from 'node:stream';
import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from '@mikro-orm/postgresql';
import { forCompany } from '../../../libs/db/company.js';
import { MediaUnavailable, type FilePart } from '../../../libs/media/media-store.js';
import { mustSeeOneOf } from '../conversations/conversations.queries.js';
import type { SignedIn } from '../platform/access/signed-in.js';
import { ProblemException } from '../platform/problem.js';
import { SOURCES, type Sources } from '../platform/sources.js';

/** A stored file, as it is served. */
export interface StoredFile {
  sha256: string;
  size: number;
  mimetype: string;
  fileName: string | null;
}

/** What of a file is held in memory at once: nobody makes this process hold whole films. */
export const PIECE_BYTES = 2 * 1024 * 1024;

interface Row {
  /** Conversations in whose chat the message is shown. */
  chat: string[];
  state: 'wanted' | 'stored' | 'failed' | 'expired';
  sha256: string | null;
  size: string | null;
  mimetype: string | null;
  file_name: string | null;
}

const FILE = `select array(select o.id::text from conversations v join conversations o on o.company = v.company and coalesce(v.merged_into, v.id) in (o.id, o.merged_into)
      where v.company = m.company and v.id = m.conversation) chat, f.state, f.sha256, f.size, f.mimetype, f.file_name
  from media_files f join messages m on m.company = f.company and m.id = f.message where f.company = ? and f.message = ?::bigint`;

/** Files of messages, for whoever may see their chat. */
@Injectable()
export class Files {
  constructor(@Inject(SOURCES) private readonly sources: Sources) {}

  /** @throws ProblemException not-found · file-pending · file-failed · file-expired */
  async find(me: SignedIn, message: string): Promise<StoredFile> {
    const row = await forCompany(this.sources.orm, me.company, (em) => this.rowAtHand(em, me, message));
    if (row.state === 'wanted') throw new ProblemException('file-pending');
    if (row.state === 'expired') throw new ProblemException('file-expired');
    if (row.state === 'failed' || !row.sha256 || !row.mimetype) throw new ProblemException('file-failed');
    return { sha256: row.sha256, size: Number(row.size), mimetype: row.mimetype, fileName: row.file_name };
  }

  /** A part of it. @throws ProblemException files-away when the store does not answer, file-lost when it has no such file */
  async open(me: SignedIn, { sha256 }: StoredFile, part: FilePart): Promise<Uint8Array> {
    const bytes = await this.sources.media.open(me.company, sha256, part).catch((error: unknown) => {
      throw error instanceof MediaUnavailable ? new ProblemException('files-away') : error;
    });
    if (!bytes) throw new ProblemException('file-lost');
    return bytes;
  }

  /** All of a file, piece by piece as its reader takes them; the first is at hand when this resolves. @throws ProblemException files-away, file-lost */
  async stream(me: SignedIn, file: StoredFile): Promise<Readable> {
    const pieceFrom = (first: number) => this.open(me, file, { first, last: Math.min(first + PIECE_BYTES, file.size) - 1 });
    const head = await pieceFrom(0);
    async function* pieces(): AsyncGenerator<Uint8Array> {
      yield head;
      for (let first = PIECE_BYTES; first < file.size; first += PIECE_BYTES) yield await pieceFrom(first);
    }
    return Readable.from(pieces());
  }

  private async rowAtHand(em: EntityManager, me: SignedIn, message: string): Promise<Row> {
    const [row] = await em.execute<Row[]>(FILE, [me.company, message]);
    if (!row) throw new ProblemException('not-found');
    await mustSeeOneOf(em, me, row.chat);
    return row;
  }
}
