import type { EntityManager } from '@mikro-orm/postgresql';
import { forCompany } from '../../libs/db/company.js';
import type { MikroORM } from '../../libs/db/orm.js';
import type { ConnectionLimits } from '../../libs/domain/isp/connection.js';
import type { CrmFault } from '../../libs/domain/customers.js';
import type { SystemHealth } from '../../libs/domain/isp/health.js';
import type { TlsTrust } from '../../libs/http/http-client.js';
import { CannotOpen } from '../../libs/vault/sealed-box.js';
import type { CompanyBox, Vault } from '../../libs/vault/vault.js';

/** How a company reaches one of its systems. */
export interface Connection extends ConnectionLimits {
  system: string;
  active: boolean;
  /** Counts what was saved: whoever opened an older one opens it again. */
  version: number;
  /** As the adapter's schema has them, secrets among them. */
  settings: Readonly<Record<string, unknown>>;
  tls: TlsTrust;
}

/** What adapters have to know of the company. */
export interface CompanyFacts {
  locale: string;
  currency: string;
  timeZone: string;
}

export interface ConnectionRow {
  system: string;
  active: boolean;
  version: number;
  settings: Record<string, unknown>;
  secrets: Buffer | null;
  secret_endings: Record<string, string>;
  tls_mode: TlsTrust['mode'];
  tls_pem: string | null;
  limit_ms: number;
  per_second: number;
  at_once: number;
  budget_day: number | null;
  budget_month: number | null;
  month_starts_on: number;
  saved_at: Date | string;
  saved_by: string | null;
}

export interface HealthRow {
  state: SystemHealth['state'];
  since: Date | string;
  failures: number;
  successes: number;
  fault: CrmFault | null;
  ok_at: Date | string | null;
  probe_at: Date | string | null;
}

const secretsContext = (system: string) => `isp-secrets/${system}`;

export const sealSecrets = (box: CompanyBox, system: string, secrets: Readonly<Record<string, string>>): Buffer =>
  box.seal(Buffer.from(JSON.stringify(secrets)), secretsContext(system));

/** @throws CannotOpen */
export const openSecrets = (box: CompanyBox, system: string, sealed: Uint8Array | null): Record<string, string> =>
  sealed === null ? {} : (JSON.parse(box.open(sealed, secretsContext(system)).toString()) as Record<string, string>);

export function healthOf(row: HealthRow): SystemHealth {
  const ms = (moment: Date | string) => new Date(moment).getTime();
  return {
    state: row.state, sinceMs: ms(row.since), failures: row.failures, successes: row.successes,
    ...(row.fault === null ? {} : { fault: row.fault }),
    ...(row.ok_at === null ? {} : { okAtMs: ms(row.ok_at) }),
    ...(row.probe_at === null ? {} : { probeAtMs: ms(row.probe_at) }),
  };
}

export const tlsOf = ({ tls_mode: mode, tls_pem: pem }: Pick<ConnectionRow, 'tls_mode' | 'tls_pem'>): TlsTrust =>
  mode === 'pinned' ? { mode, pem: pem ?? '' } : { mode };

export const limitsOf = (row: ConnectionRow): ConnectionLimits => ({
  limitMs: row.limit_ms, perSecond: row.per_second, atOnce: row.at_once, monthStartsOn: row.month_starts_on,
  ...(row.budget_day === null ? {} : { budgetDay: row.budget_day }),
  ...(row.budget_month === null ? {} : { budgetMonth: row.budget_month }),
});

const connectionOf = (row: ConnectionRow, box: CompanyBox): Connection => ({
  ...limitsOf(row), system: row.system, active: row.active, version: row.version, tls: tlsOf(row),
  settings: { ...row.settings, ...openSecrets(box, row.system, row.secrets) },
});

const HEALTH = 'select state, since, failures, successes, fault, ok_at, probe_at from isp_health where company = ? and system = ?';

export async function readHealth(em: EntityManager, company: string, system: string, lock = ''): Promise<SystemHealth | undefined> {
  const [row] = await em.execute<HealthRow[]>(`${HEALTH} ${lock}`, [company, system]);
  return row && healthOf(row);
}

/** A company's active system. */
export interface Active {
  system: string;
  /** Undefined: its secrets are sealed with a key that is not here. */
  connection: Connection | undefined;
  health?: SystemHealth;
  facts: CompanyFacts;
}

function connectionIn(row: ConnectionRow, box: CompanyBox): Connection | undefined {
  try {
    return connectionOf(row, box);
  } catch (problem) {
    if (problem instanceof CannotOpen) return undefined;
    throw problem;
  }
}

/** @returns undefined where the company has activated none: the embedded book answers */
export async function activeConnection(orm: MikroORM, vault: Vault, company: string): Promise<Active | undefined> {
  const rows = await forCompany(orm, company, async (em) => {
    const [row] = await em.execute<ConnectionRow[]>('select * from isp_connections where company = ? and active', [company]);
    return row && { row, health: await readHealth(em, company, row.system), facts: await factsIn(em, company) };
  });
  if (!rows) return undefined;
  const connection = connectionIn(rows.row, await vault.forCompany(company));
  return { system: rows.row.system, connection, facts: rows.facts, ...(rows.health ? { health: rows.health } : {}) };
}

async function factsIn(em: EntityManager, company: string): Promise<CompanyFacts> {
  const [facts] = await em.execute<CompanyFacts[]>('select locale, currency, time_zone as "timeZone" from companies where id = ?', [company]);
  return facts!;
}

export const companyFacts = (orm: MikroORM, company: string): Promise<CompanyFacts> => forCompany(orm, company, (em) => factsIn(em, company));
