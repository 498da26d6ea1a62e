import { Migration } from '@mikro-orm/migrations';
import { companyProfileTables } from './company-tables.js';
import { lockRows } from './row-level-security.js';

const tables: readonly string[] = [
  // hours: null while nobody has said when the company attends; customer_fields: null while it sees what a company begins with. Each change of
  // the company's data touches its row, so that screens hear of it (topic company), of a new name as well.
  `create table company_profiles (
    company text primary key references companies,
    hours jsonb,
    welcome text,
    contacts jsonb not null default '{"phones": [], "social": []}',
    customer_fields jsonb,
    changed_at timestamptz not null default clock_timestamp()
  )`,
  // In the company's media store; here, as everybody who comes to the company's host is shown it.
  `alter table companies add column logo_sha256 text check (logo_sha256 ~ '^[0-9a-f]{64}$'), add column logo_width int, add column logo_height int,
    add check ((logo_sha256 is null) = (logo_width is null) and (logo_sha256 is null) = (logo_height is null))`,
  `create trigger company_profiles_made after insert on company_profiles for each row execute function log_change('company', 'company', 'none')`,
  `create trigger company_profiles_changed after update on company_profiles for each row when (old.* is distinct from new.*)
    execute function log_change('company', 'company', 'none')`,
  // The log's screen: newest first, by person, kind and time.
  `create index audit_log_by_actor on audit_log (company, actor, id desc)`,
  `create index audit_log_by_action on audit_log (company, action, id desc)`,
];

/** What a company says of itself, and what its agents see of a customer. */
export class Migration0015CompanyProfile extends Migration {
  override up(): void {
    for (const statement of [...tables, ...lockRows(companyProfileTables)]) this.addSql(statement);
  }

  override down(): void {
    for (const column of ['logo_sha256', 'logo_width', 'logo_height']) this.addSql(`alter table companies drop column ${column}`);
    for (const table of companyProfileTables) this.addSql(`drop table ${table}`);
    for (const index of ['audit_log_by_actor', 'audit_log_by_action']) this.addSql(`drop index ${index}`);
  }
}
