import type { Writable } from 'node:stream';
import { once } from 'node:events';
import type pg from 'pg';
import { companyTables } from '../../../libs/db/migrations/company-tables.js';

/** Bump when a reader of older files would misunderstand newer ones. */
export const EXPORT_VERSION = 1;
const PAGE_ROWS = 500;

/** Nothing but secrets and what only protects them, or sealed copies: WhatsApp's keys, sessions, attempts, answers. */
const secretTables: ReadonlySet<string> = new Set([
  'wa_creds', 'wa_keys', 'wa_plaintexts', 'sessions', 'login_failures', 'idempotency_keys', 'isp_cache',
]);
/** Secrets within rows that otherwise belong to the company. */
const secretColumns: Readonly<Record<string, readonly string[]>> = {
  users: ['password_hash'],
  channels: ['pairing', 'pairing_number', 'pairing_until'],
  isp_connections: ['secrets', 'secret_endings'],
  model_settings: ['key', 'key_ending'],
  payment_platforms: ['access_token', 'token_ending', 'secret', 'door'],
};

export interface Exported {
  table: string;
  rows: number;
}

async function writeLine(to: Writable, line: object): Promise<void> {
  if (!to.write(`${JSON.stringify(line)}\n`)) await once(to, 'drain');
}

async function exportTable(client: pg.Client, company: string, table: string, to: Writable): Promise<Exported> {
  const key = table === 'companies' ? 'id' : 'company';
  const hidden = secretColumns[table] ?? [];
  const rowsOf = `select to_jsonb(t) - $2::text[] as row from ${table} t where t.${key} = $1 order by t`;
  await client.query(`declare page cursor for ${rowsOf}`, [company, hidden]);
  let rows = 0;
  for (;;) {
    const page = await client.query<{ row: object }>(`fetch ${PAGE_ROWS} from page`);
    for (const { row } of page.rows) await writeLine(to, { table, row });
    rows += page.rows.length;
    if (page.rows.length < PAGE_ROWS) break;
  }
  await client.query('close page');
  return { table, rows };
}

/**
 * Writes every row of a company as one JSON line `{table, row}`, as all of it was at one moment; the first line says what this is.
 * @param client connection of the app role: row-level security lets it see this company alone
 * @returns each table with its rows; undefined when there is no such company
 */
export async function exportCompany(client: pg.Client, company: string, to: Writable): Promise<Exported[] | undefined> {
  await client.query('begin isolation level repeatable read read only');
  try {
    await client.query(`select set_config('app.company', $1, true)`, [company]);
    const { rowCount } = await client.query('select from companies where id = $1', [company]);
    if (!rowCount) return undefined;
    const { rows: [moment] } = await client.query<{ at: Date }>('select now() as at');
    await writeLine(to, { export: 'hilo-company', version: EXPORT_VERSION, company, at: moment!.at.toISOString() });
    const exported: Exported[] = [];
    const tables = ['companies', 'company_hosts', ...companyTables.filter((table) => !secretTables.has(table))];
    for (const table of tables) exported.push(await exportTable(client, company, table, to));
    return exported;
  } finally {
    await client.query('rollback');
  }
}
