import { Migration } from '@mikro-orm/migrations';
import { decidingWithReceipts } from './0024-receipts-in-conversations/deciding.js';

/** What customers are told though they wrote nothing just now: what became of their receipt, of their payment. */
const telling: readonly string[] = [
  // One row for each thing that is told (activities/telling.ts), in whichever conversation: a repeat finds it, also after contacts were merged.
  `create unique index messages_told on messages (company, step) where step like 'told/%'`,
];

/** Receipts within conversations: pictures become receipts, and customers are told what became of them. */
export class Migration0024ReceiptsInConversations extends Migration {
  override up(): void {
    for (const statement of [...telling, ...decidingWithReceipts]) this.addSql(statement);
  }

  override down(): void {
    throw new Error('What customers were told would be told again: restore a backup instead.');
  }
}
