import { Migration } from '@mikro-orm/migrations';
import { moneyTables, receiptTables, receiptTriggers } from './0020-receipts/tables.js';
import { moneyAndReceiptTables } from './company-tables.js';
import { lockRows } from './row-level-security.js';

/** Proofs of payment, and payments on their way into the ISP's system. */
export class Migration0020Receipts extends Migration {
  override up(): void {
    for (const statement of [...receiptTables, ...moneyTables, ...lockRows(moneyAndReceiptTables), ...receiptTriggers]) this.addSql(statement);
  }

  override down(): void {
    throw new Error('Payments would be forgotten: restore a backup instead.');
  }
}
