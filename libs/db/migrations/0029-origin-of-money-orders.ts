import { Migration } from '@mikro-orm/migrations';

/** Where what people ask of receipts and settlements, and the receipts that they put up, came from: the audit log's line is written where it is done, by another process. */
export class Migration0029OriginOfMoneyOrders extends Migration {
  override up(): void {
    this.addSql('alter table money_orders add column request text, add column address text');
    this.addSql('alter table receipt_drafts add column actor_name text, add column request text, add column address text');
  }

  override down(): void {
    throw new Error('Where decisions came from would be forgotten: restore a backup instead.');
  }
}
