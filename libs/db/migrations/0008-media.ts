import { Migration } from '@mikro-orm/migrations';
import { historyFunctions, mediaFunctions, wantFile } from './0008-media/functions.js';
import { mediaTables } from './0008-media/tables.js';
import { mediaFileTables } from './company-tables.js';
import { lockRows } from './row-level-security.js';

/** Every kind of message: what it holds beside its text, its file, and what the phone remembers from before it was linked. */
export class Migration0008Media extends Migration {
  override up(): void {
    const functions = [wantFile, ...mediaFunctions, ...historyFunctions];
    for (const statement of [...mediaTables, ...functions, ...lockRows(mediaFileTables)]) this.addSql(statement);
  }

  override down(): void {
    throw new Error('Files are not thrown away: restore a backup instead.');
  }
}
