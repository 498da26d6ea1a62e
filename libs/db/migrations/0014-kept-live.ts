import { Migration } from '@mikro-orm/migrations';

/** How many conversations a mode keeps is shown live: screens that show the mode read it again. */
const statements: readonly string[] = [
  `create trigger conversations_kept_changed after update of kept_since on conversations for each row
    when (new.kept_since is distinct from old.kept_since) execute function log_change('mode', 'company', 'none')`,
];

/** A conversation that begins or ends to be kept for people is a change of what the mode has done. */
export class Migration0014KeptLive extends Migration {
  override up(): void {
    for (const statement of statements) this.addSql(statement);
  }

  override down(): void {
    this.addSql('drop trigger conversations_kept_changed on conversations');
  }
}
