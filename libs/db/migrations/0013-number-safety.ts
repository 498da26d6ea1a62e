import { Migration } from '@mikro-orm/migrations';
import { numberSafetyTables } from './company-tables.js';
import { budgets } from './0013-number-safety/budgets.js';
import { lanes } from './0013-number-safety/lanes.js';
import { restrictions } from './0013-number-safety/restrictions.js';
import { safetyTables } from './0013-number-safety/tables.js';
import { lockRows } from './row-level-security.js';

/** A number that protects itself: its settings, what it has said unasked, and what WhatsApp forbids it. */
export class Migration0013NumberSafety extends Migration {
  override up(): void {
    for (const statement of [...safetyTables, ...lockRows(numberSafetyTables), ...budgets, ...lanes, ...restrictions]) this.addSql(statement);
  }

  override down(): void {
    throw new Error('Older gateways would send without a budget: restore a backup instead.');
  }
}
