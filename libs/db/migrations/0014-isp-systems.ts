import { Migration } from '@mikro-orm/migrations';
import { ispSystemTables } from './company-tables.js';
import { ispTables } from './0014-isp-systems/tables.js';
import { lockRows } from './row-level-security.js';

/** Companies' ISP systems: how they are reached, how they fare, what they said lately, and what asking them costs. */
export class Migration0014IspSystems extends Migration {
  override up(): void {
    for (const statement of [...ispTables, ...lockRows(ispSystemTables)]) this.addSql(statement);
  }

  override down(): void {
    throw new Error('Older processes would ask the embedded book of every company: restore a backup instead.');
  }
}
