import { Migration } from '@mikro-orm/migrations';
import { statementTables, statementTriggers } from './0023-statements/tables.js';
import { statementTables as names } from './company-tables.js';
import { lockRows } from './row-level-security.js';

/** Imports of banks' statements, whose lines are rows of `incoming_payments`. */
export class Migration0023Statements extends Migration {
  override up(): void {
    for (const statement of [...statementTables, ...lockRows(names), ...statementTriggers]) this.addSql(statement);
  }

  override down(): void {
    throw new Error('What came in by statements would be forgotten: restore a backup instead.');
  }
}
