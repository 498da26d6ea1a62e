/**
 * The second lock for tables that hold companies' rows: without `app.company` a session sees no row and can write none; with it, only
 * that company's. `force` binds the owner, too, so that a mistake in roles is not a hole.
 * A spec checks that no table with a `company` column goes without.
 */
export const lockRows = (tables: readonly string[]): readonly string[] =>
  tables.flatMap((table) => [
    `alter table ${table} enable row level security`,
    `alter table ${table} force row level security`,
    `create policy company on ${table}
      using (company = nullif(current_setting('app.company', true), ''))
      with check (company = nullif(current_setting('app.company', true), ''))`,
  ]);
