import { Migration } from '@mikro-orm/migrations';
import { decidingWithFiles } from './0018-documents/deciding.js';

/** The bot sends files: an invoice's document is an answer. */
export class Migration0018Documents extends Migration {
  override up(): void {
    for (const statement of decidingWithFiles) this.addSql(statement);
  }

  override down(): void {
    throw new Error('Older workers would send what has a file without it: restore a backup instead.');
  }
}
