import { Migration } from '@mikro-orm/migrations';
import { embeddedBook } from './0001-spine/customer-book.js';
import { conversations } from './0001-spine/conversations.js';
import { functions } from './0001-spine/functions.js';
import { platform } from './0001-spine/platform.js';
import { whatsapp } from './0001-spine/whatsapp.js';
import { spineTables } from './company-tables.js';
import { lockRows } from './row-level-security.js';

/** The spine: companies, channels, conversations, messages, the WhatsApp journal, flows and the embedded customer book. */
export class Migration0001Spine extends Migration {
  override up(): void {
    const tables = [...platform, ...conversations, ...whatsapp, ...embeddedBook];
    for (const statement of [...tables, ...functions, ...lockRows(spineTables)]) this.addSql(statement);
  }

  override down(): void {
    throw new Error('There is no way back before the first table: restore a backup instead.');
  }
}
