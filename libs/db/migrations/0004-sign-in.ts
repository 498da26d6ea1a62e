import { Migration } from '@mikro-orm/migrations';
import { signInTables } from './company-tables.js';
import { lockRows } from './row-level-security.js';

const statements: readonly string[] = [
  // Somebody has looked at name and time zone; the first-run wizard is over.
  'alter table companies add column profile_confirmed_at timestamptz, add column setup_finished_at timestamptz',
  // The app role may change a company's own settings, and no other company's. Reading stays free: hosts lead to companies.
  'alter table companies enable row level security',
  'create policy readable on companies for select using (true)',
  `create policy own on companies for update
    using (id = nullif(current_setting('app.company', true), ''))
    with check (id = nullif(current_setting('app.company', true), ''))`,
  // A command under a key that was answered is answered again, not done again. The answer is sealed: it may hold a password.
  `create table idempotency_keys (
    company text not null references companies,
    owner uuid not null,
    key uuid not null,
    fingerprint text not null,
    answer bytea,
    made_at timestamptz not null default now(),
    primary key (company, owner, key),
    foreign key (company, owner) references users on delete cascade
  )`,
  'create index idempotency_keys_age on idempotency_keys (company, made_at)',
  // Whoever holds a socket open for a session hears that it is over, whatever ended it.
  `create function session_ended() returns trigger language plpgsql as $$
  begin
    perform pg_notify('sessions_ended', old.id::text);
    return null;
  end $$`,
  'create trigger session_ended after delete on sessions for each row execute function session_ended()',
];

/** Signing in: a company's own settings, commands that may be repeated, and the end of sessions told. */
export class Migration0004SignIn extends Migration {
  override up(): void {
    for (const statement of [...statements, ...lockRows(signInTables)]) this.addSql(statement);
  }

  override down(): void {
    throw new Error('Older code ignores these tables: nothing has to be taken back.');
  }
}
