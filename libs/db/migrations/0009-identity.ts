import { Migration } from '@mikro-orm/migrations';
import { contactFunctions } from './0009-identity/contacts.js';
import { journalFunctions } from './0009-identity/journal.js';
import { identityTables } from './0009-identity/tables.js';
import { undoFunctions } from './0009-identity/undo.js';
import { contactMergeTables } from './company-tables.js';
import { lockRows } from './row-level-security.js';

/** One person, one contact: phone, LID and spellings lead to one; two that turn out to be one are merged, and can be taken apart. */
export class Migration0009Identity extends Migration {
  override up(): void {
    const functions = [...contactFunctions, ...undoFunctions, ...journalFunctions];
    for (const statement of [...identityTables, ...functions, ...lockRows(contactMergeTables)]) this.addSql(statement);
  }

  override down(): void {
    throw new Error('Who was merged with whom is not thrown away: restore a backup instead.');
  }
}
