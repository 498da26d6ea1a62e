import { Migration } from '@mikro-orm/migrations';

/**
 * Which ISP's system a settlement's customer, invoices and payments are of, by the adapter's name: in another one the same numbers are somebody
 * else's. Those that are open take, when they are looked at next, the one that is in use then: which one it was nobody wrote down.
 */
export class Migration0025SettlementSystems extends Migration {
  override up(): void {
    this.addSql('alter table settlements add column system text');
  }

  override down(): void {
    throw new Error('Payments could be ordered in the wrong system: restore a backup instead.');
  }
}
