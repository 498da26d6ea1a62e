import { appendOnlyTables, companyTables } from './migrations/company-tables.js';

const kept: ReadonlySet<string> = new Set(appendOnlyTables);

/**
 * What the app role may do. Company tables: everything that row-level security lets through, but what is only added to; the platform's:
 * as little as works.
 */
export function grantsFor(role: string): readonly string[] {
  if (!/^[a-z_][a-z0-9_]*$/.test(role)) throw new Error(`Not a role name: ${role}`);
  return [
    `grant usage on schema public to ${role}`,
    `grant select, insert, update, delete on ${companyTables.filter((table) => !kept.has(table)).join(', ')} to ${role}`,
    `grant select, insert on ${appendOnlyTables.join(', ')} to ${role}`,
    `grant update (name, time_zone, locale, currency, logo_sha256, logo_width, logo_height, profile_confirmed_at, setup_finished_at, missed_statuses) on companies to ${role}`,
    `grant select on companies, company_hosts, company_keys to ${role}`,
    `grant select, insert, update on channel_leases to ${role}`,
    `grant select, insert, update, delete on process_heartbeats to ${role}`,
  ];
}
