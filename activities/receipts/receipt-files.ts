import type { EntityManager } from '@mikro-orm/postgresql';
import type { ReceiptRow } from './receipt-rows.js';

export interface KnownFile {
  sha256: string;
  size: number;
  mimetype: string;
  name: string | null;
}

export type WhereFile = { is: 'here'; file: KnownFile } | { is: 'not-yet' } | { is: 'never'; fault: string };

interface FileRow {
  state: 'wanted' | 'stored' | 'failed' | 'expired';
  reason: string | null;
  sha256: string | null;
  size: string | null;
  mimetype: string | null;
  file_name: string | null;
}

/** Where a receipt's file is: what a customer sent is fetched by its number's gateway, what was put up in the panel is there. */
export async function whereItsFileIs(em: EntityManager, company: string, row: ReceiptRow): Promise<WhereFile> {
  const [file] = row.message === null
    ? await em.execute<FileRow[]>(`select 'stored' state, null reason, sha256, size::text, mimetype, file_name from receipts where company = ? and id = ?::uuid and sha256 is not null`, [company, row.id])
    : await em.execute<FileRow[]>('select state, reason, sha256, size::text, mimetype, file_name from media_files where company = ? and message = ?::bigint', [company, row.message]);
  if (!file) return { is: 'never', fault: 'no-file' };
  if (file.state === 'wanted') return { is: 'not-yet' };
  if (file.state !== 'stored') return { is: 'never', fault: 'not-fetched' };
  return { is: 'here', file: { sha256: file.sha256!, size: Number(file.size), mimetype: file.mimetype!, name: file.file_name } };
}
