import { Migration } from '@mikro-orm/migrations';
import { accepting } from './0012-outbound/accepting.js';
import { groups } from './0012-outbound/groups.js';
import { sending } from './0012-outbound/sending.js';
import { outboundTables } from './company-tables.js';
import { lockRows } from './row-level-security.js';

/** Every kind of message outward: what a send needs, what agents upload, what groups are told. */
export class Migration0012Outbound extends Migration {
  override up(): void {
    for (const statement of [...sending, ...accepting, ...groups, ...lockRows(outboundTables)]) this.addSql(statement);
  }

  override down(): void {
    throw new Error('Older gateways do not know these functions: restore a backup instead.');
  }
}
