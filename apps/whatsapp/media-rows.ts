import type pg from 'pg';
import type { FileToFetch } from '../../libs/channels/whatsapp/incoming/fetch-file.js';
import type { MediaKind } from '../../libs/domain/message/details.js';

/** A row of `media_files` whose file is to be fetched now. */
export interface WantedFile extends FileToFetch {
  message: string;
  kind: MediaKind;
  /** This try's number, from 1. */
  attempt: number;
}

/** How a try ended: for good, or (`wanted`) with what it ran into. */
export type FileState =
  | { state: 'stored'; sha256: string; size: number; mimetype: string }
  | { state: 'failed' | 'expired' | 'wanted'; reason: string };

interface Row extends Record<string, unknown> {
  message: string;
  wa_id: string;
  from_me: boolean;
  address: string | null;
  kind: MediaKind;
  raw: Buffer | null;
  attempts: number;
}

/** The files of a number's messages. Each call checks the lease. */
export class MediaRows {
  constructor(
    private readonly pool: pg.Pool,
    private readonly held: { channel: string; epoch: number },
  ) {}

  /** The next file to fetch, taken: its next try is moved on. @param busy messages whose files are being fetched here */
  async next(busy: readonly string[]): Promise<WantedFile | undefined> {
    const { channel, epoch } = this.held;
    const { rows: [row] } = await this.pool.query<Row>({
      name: 'wa-media-wanted', text: 'select * from wa_media_wanted($1, $2, $3::bigint[], 1)', values: [channel, epoch, busy],
    });
    if (!row) return undefined;
    const { message, kind, wa_id: waId, from_me: fromMe, address, raw, attempts: attempt } = row;
    return { message, kind, waId, fromMe, address: address ?? '', raw: raw ?? Buffer.alloc(0), attempt };
  }

  async settle(message: string, file: FileState): Promise<void> {
    const stored = file.state === 'stored' ? file : undefined;
    const values = [file.state, stored ? null : (file as { reason: string }).reason, stored?.sha256 ?? null, stored?.size ?? null, stored?.mimetype ?? null];
    const { channel, epoch } = this.held;
    await this.pool.query({
      name: 'wa-media-settle', text: 'select wa_media_settle($1, $2, $3, $4, $5, $6, $7, $8)', values: [channel, epoch, message, ...values],
    });
  }
}
