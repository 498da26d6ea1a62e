import { Migration } from '@mikro-orm/migrations';
import { mediaFunctions, wantFile } from './0008-media/functions.js';
import { mediaTables } from './0008-media/tables.js';
import { mediaFileTables } from './company-tables.js';
import { lockRows } from './row-level-security.js';

/** Every kind of message: what it holds beside its text, its file, and what the phone remembers from before it was linked. */
export class Migration0008Media extends Migration {
  override up(): void {
    for (const statement of [...mediaTables, wantFile, ...mediaFunctions, ...lockRows(mediaFileTables)]) this.addSql(statement);
  }

  override down(): void {
    throw new Error('Files are not thrown away: restore a backup instead.');
  }
}
