import { Migration } from '@mikro-orm/migrations';
import { noticeTables } from './company-tables.js';
import { accepting } from './0017-notices/accepting.js';
import { handing } from './0017-notices/handing.js';
import { settling } from './0017-notices/settling.js';
import { tables } from './0017-notices/tables.js';
import { textKeys } from './0017-notices/text-keys.js';
import { lockRows } from './row-level-security.js';

/** The message gateway: what ISPs' systems ask to be sent, with whose token, and what has become of it. */
export class Migration0017Notices extends Migration {
  override up(): void {
    for (const statement of [...tables, ...lockRows(noticeTables), ...accepting, ...handing, ...settling, ...textKeys]) this.addSql(statement);
  }

  override down(): void {
    throw new Error('Accepted notices would be lost: restore a backup instead.');
  }
}
