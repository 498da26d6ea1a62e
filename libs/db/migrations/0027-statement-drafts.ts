import { Migration } from '@mikro-orm/migrations';

const statements: readonly string[] = [
  // Of a draft: whose it is and how many letters it has, as nobody keeps any number of them. to_tell: of an undone one, the receipts that weigh themselves again;
  // its lines, by which they would be found, are gone.
  `alter table statement_imports add column made_by uuid, add column size int not null default 0 check (size >= 0), add column to_tell uuid[],
    add foreign key (company, made_by) references users`,
  `create index statement_imports_drafts on statement_imports (company, made_at) where state = 'draft'`,
  `create index statement_imports_untold on statement_imports (company, undone_at) where state = 'undone' and woken_at is null and to_tell is not null`,
];

/** Drafts of statements are bounded, and the undoing of an import is told to whoever relied on it. */
export class Migration0027StatementDrafts extends Migration {
  override up(): void {
    for (const statement of statements) this.addSql(statement);
  }

  override down(): void {
    this.addSql('drop index statement_imports_untold');
    this.addSql('drop index statement_imports_drafts');
    this.addSql('alter table statement_imports drop column made_by, drop column size, drop column to_tell');
  }
}
