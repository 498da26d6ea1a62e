import { writeAudit, type Actor } from '../../libs/db/audit.js';
import { forCompany } from '../../libs/db/company.js';
import type { MikroORM } from '../../libs/db/orm.js';
import type { GenericDescription } from '../../libs/crm/generic/description.js';
import { tryOperation, type TriedOperation } from '../../libs/crm/generic/tryout.js';
import type { OperationName } from '../../libs/crm/generic/operations.js';
import { phoneCountryOf } from '../../libs/domain/phone.js';
import type { HttpClient } from '../../libs/http/http-client.js';
import type { Vault } from '../../libs/vault/vault.js';
import { companyFacts, openSecrets, tlsOf, type ConnectionRow } from './connections.js';

/** What a company has saved of the system that it describes. */
export interface SavedDescription {
  url?: string;
  /** There is a secret, which is never read back. */
  hasSecret: boolean;
  description?: unknown;
}

export interface TryRequest {
  url: string;
  /** Absent: the saved one, which goes to the saved address only. */
  secret?: string;
  description: GenericDescription;
  operation: OperationName;
  sample: Readonly<Record<string, string>>;
}

/** The saved secret may be sent to the saved address alone: else whoever may try could have it sent to themselves. */
export class SecretOfAnotherAddress extends Error {
  override readonly name = 'SecretOfAnotherAddress';
}

const LIMIT_MS = 20_000;
const POLLED_LIMIT_MS = 100_000;
const bare = (url: unknown): string => (typeof url === 'string' ? url.replace(/\/+$/u, '') : '');

const savedRow = (orm: MikroORM, company: string): Promise<ConnectionRow | undefined> => forCompany(orm, company, async (em) => {
  const [row] = await em.execute<ConnectionRow[]>(`select * from isp_connections where company = ? and system = 'generic'`, [company]);
  return row;
});

export async function savedDescription(orm: MikroORM, company: string): Promise<SavedDescription> {
  const row = await savedRow(orm, company);
  const { url, description } = row?.settings ?? {};
  return { hasSecret: Object.hasOwn(row?.secret_endings ?? {}, 'secret'), ...(typeof url === 'string' ? { url } : {}), ...(description === undefined ? {} : { description }) };
}

/** Keeps the description with the connection's other settings; whoever opened the older one opens it again. */
export const saveDescription = (orm: MikroORM, by: Actor, description: GenericDescription): Promise<void> => forCompany(orm, by.company, async (em) => {
  const [before] = await em.execute<{ description: unknown }[]>(
    `select settings -> 'description' as description from isp_connections where company = ? and system = 'generic' for update`, [by.company],
  );
  await em.execute(
    `insert into isp_connections (company, system, settings, saved_by) values (?, 'generic', jsonb_build_object('description', ?::jsonb), ?::uuid)
     on conflict (company, system) do update set settings = isp_connections.settings || excluded.settings, version = isp_connections.version + 1,
       saved_at = clock_timestamp(), saved_by = excluded.saved_by`,
    [by.company, JSON.stringify(description), by.id],
  );
  const summary = (one: unknown) => ({ description: JSON.stringify(one ?? null).slice(0, 8_000) });
  await writeAudit(em, by, { action: 'isp-description.saved', subject: 'generic', ...(before ? { before: summary(before.description) } : {}), after: summary(description) });
});

/**
 * Tries one operation of a description against the real system. Nothing of it is kept.
 * @throws SecretOfAnotherAddress; the signal's reason, also once the time is over
 */
export async function tryDescribed(
  { orm, vault, http, now }: { orm: MikroORM; vault: Vault; http: HttpClient; now(): number }, company: string, request: TryRequest, signal: AbortSignal,
): Promise<TriedOperation> {
  const { url, description, operation, sample } = request;
  const [row, facts] = await Promise.all([savedRow(orm, company), companyFacts(orm, company)]);
  if (request.secret === undefined && row?.secrets && bare(row.settings['url']) !== bare(url)) throw new SecretOfAnotherAddress('the saved secret belongs to another address');
  const secret = request.secret ?? openSecrets(await vault.forCompany(company), 'generic', row?.secrets ?? null)['secret'] ?? '';
  const deps = { http, now, defaultCountry: phoneCountryOf(facts.locale) ?? 'AR', currency: facts.currency, timeZone: facts.timeZone };
  const limit = AbortSignal.timeout(description.operations[operation]?.poll ? POLLED_LIMIT_MS : LIMIT_MS);
  const system = { url: bare(url), secret, description, deps, timeoutMs: 15_000, ...(row ? { tls: tlsOf(row) } : {}) };
  return tryOperation(system, operation, sample, AbortSignal.any([signal, limit]));
}
