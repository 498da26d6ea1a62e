import { Migration } from '@mikro-orm/migrations';
import { customerBookTables } from './company-tables.js';
import { bookText, bookTriggers } from './0016-customer-book/functions.js';
import { bookColumns, bookTables } from './0016-customer-book/tables.js';
import { lockRows } from './row-level-security.js';

/** The embedded book whole: payments, states of invoices, invoicing runs, imports, search. */
export class Migration0016CustomerBook extends Migration {
  override up(): void {
    for (const statement of [...bookText, ...bookColumns, ...bookTables, ...lockRows(customerBookTables), ...bookTriggers]) this.addSql(statement);
  }

  override down(): void {
    throw new Error('Payments would be forgotten: restore a backup instead.');
  }
}
