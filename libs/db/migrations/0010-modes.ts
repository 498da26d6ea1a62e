import { Migration } from '@mikro-orm/migrations';
import { decidingInModes } from './0010-modes/deciding.js';
import { modesAndAudit } from './0010-modes/tables.js';
import { modeTables } from './company-tables.js';
import { lockRows } from './row-level-security.js';

/** Modes of the bot, the emergency message, and the audit log. */
export class Migration0010Modes extends Migration {
  override up(): void {
    for (const statement of [...modesAndAudit, ...lockRows(modeTables), ...decidingInModes]) this.addSql(statement);
  }

  override down(): void {
    throw new Error('The audit log is not thrown away: restore a backup instead.');
  }
}
