import { Migration } from '@mikro-orm/migrations';

/**
 * Of which ISP's system a link's customer and invoice are, by the adapter's name: the company may use another one by the time it is paid, where the same
 * numbers are somebody else's. Null: made before anybody wrote it down.
 */
export class Migration0030SystemsOfPaymentLinks extends Migration {
  override up(): void {
    this.addSql('alter table payment_links add column system text');
  }

  override down(): void {
    throw new Error('Payments could be registered in the wrong system: restore a backup instead.');
  }
}
