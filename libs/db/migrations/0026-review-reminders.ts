import { Migration } from '@mikro-orm/migrations';

/** When people were reminded of a receipt that waited for them: once each, written by its workflow. */
export class Migration0026ReviewReminders extends Migration {
  override up(): void {
    this.addSql('alter table receipts add column reminded_at timestamptz');
    this.addSql(`create index receipts_reminded on receipts (company, reminded_at desc) where state = 'review' and reminded_at is not null`);
  }

  override down(): void {
    throw new Error('People would be reminded twice: restore a backup instead.');
  }
}
