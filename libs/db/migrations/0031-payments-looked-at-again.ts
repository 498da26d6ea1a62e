import { Migration } from '@mikro-orm/migrations';

/** When a platform's payment is asked for again although nobody says that it has changed; null: not any more. */
export class Migration0031PaymentsLookedAtAgain extends Migration {
  override up(): void {
    this.addSql('alter table incoming_payments add column look_at timestamptz');
    this.addSql('create index incoming_look on incoming_payments (company, look_at) where look_at is not null');
    this.addSql(`update incoming_payments set look_at = clock_timestamp() where source = 'mercadopago' and state = 'in' and paid_at > now() - interval '180 days'`);
  }

  override down(): void {
    this.addSql('drop index incoming_look');
    this.addSql('alter table incoming_payments drop column look_at');
  }
}
