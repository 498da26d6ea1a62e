/** Tables that hold companies' rows: each gets the same lock. A spec checks that no table with a `company` column is missing. */
export const companyTables = [
  'channels', 'contacts', 'contact_addresses', 'conversations', 'messages', 'conversation_queries', 'flows', 'flow_versions',
  'wa_creds', 'wa_keys', 'wa_plaintexts', 'wa_groups', 'customers', 'plans', 'services', 'invoices',
] as const;

/**
 * The second lock: without `app.company` a session sees no row and can write none; with it, only that company's.
 * `force` binds the owner, too, so that a mistake in roles is not a hole.
 */
export const lockRows: readonly string[] = companyTables.flatMap((table) => [
  `alter table ${table} enable row level security`,
  `alter table ${table} force row level security`,
  `create policy company on ${table}
    using (company = nullif(current_setting('app.company', true), ''))
    with check (company = nullif(current_setting('app.company', true), ''))`,
]);
