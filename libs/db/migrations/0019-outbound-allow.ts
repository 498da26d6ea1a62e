import { Migration } from '@mikro-orm/migrations';

/** Networks besides the public internet that a company's calls may reach: the operator's to give, so the app role cannot change it. */
export class Migration0019OutboundAllow extends Migration {
  override up(): void {
    this.addSql(`alter table companies add column outbound_allow text[] not null default '{}'
      constraint outbound_allow_few check (cardinality(outbound_allow) <= 50)`);
  }

  override down(): void {
    this.addSql('alter table companies drop column outbound_allow');
  }
}
