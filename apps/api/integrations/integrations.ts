import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from '@mikro-orm/postgresql';
import type { ConnectionDraft } from '../../../activities/isp-systems.js';
import { openSecrets, sealSecrets, tlsOf, type ConnectionRow } from '../../../activities/isp/connections.js';
import { lineSettingsOf } from '../../../activities/isp/opening.js';
import type { ConnectionTest } from '../../../libs/crm/crm.js';
import type { CrmSystemId, OutsideCrm, OutsideSystemId } from '../../../libs/crm/registry.js';
import { writeAudit, type Actor } from '../../../libs/db/audit.js';
import { forCompany } from '../../../libs/db/company.js';
import { secretEnding } from '../../../libs/domain/isp/connection.js';
import { ProblemException } from '../platform/problem.js';
import { SOURCES, type Sources } from '../platform/sources.js';
import { CompanySystems } from './company-systems.js';
import { errorViews, integrationViews } from './integration-views.js';
import type { ActivationResult, ConnectionBody, IntegrationView, IspErrorView, TestBody } from './integrations.schema.js';
import { apart, settingsFields } from './settings-fields.js';

/** How long somebody waits for a test at most; the connection's own limit is shorter. */
const TEST_LIMIT_MS = 120_000;

interface Complete {
  settings: Record<string, unknown>;
  secrets: Record<string, string>;
  /** Names of the secrets that were typed or taken away. */
  replaced: string[];
}

/** The ISP systems of a company: what is set up of each, and which one answers. */
@Injectable()
export class Integrations {
  constructor(@Inject(SOURCES) private readonly sources: Sources, private readonly systems: CompanySystems) {}

  list(company: string): Promise<IntegrationView[]> {
    return forCompany(this.sources.orm, company, (em) => integrationViews(em, company, this.systems.outside));
  }

  errors(company: string): Promise<IspErrorView[]> {
    return forCompany(this.sources.orm, company, (em) => errorViews(em, company));
  }

  /**
   * Saves what is typed; secrets that were not typed stay. What the system said under the settings before counts no more.
   * @throws ProblemException `not-found` when this build has no such system; as `complete` does
   */
  async save(by: Actor, body: ConnectionBody): Promise<IntegrationView[]> {
    const { company } = by;
    const crm = this.#outside(body.system);
    const box = await this.sources.vault.forCompany(company);
    return forCompany(this.sources.orm, company, async (em) => {
      const before = await rowIn(em, company, body.system, 'for update');
      const whole = complete(crm, body, before ? { from: before.settings, secrets: openSecrets(box, body.system, before.secrets) } : undefined);
      const endings = Object.fromEntries(Object.entries(whole.secrets).map(([name, secret]) => [name, secretEnding(secret)]));
      await write(em, by, body, whole, { endings, sealed: Object.keys(whole.secrets).length > 0 ? sealSecrets(box, body.system, whole.secrets) : null });
      await em.execute('delete from isp_health where company = ? and system = ?', [company, body.system]);
      await em.execute('delete from isp_cache where company = ? and system = ?', [company, body.system]);
      const after = await rowIn(em, company, body.system);
      await writeAudit(em, by, { action: 'integration.saved', subject: body.system, ...(before ? { before: factsOf(before) } : {}), after: { ...factsOf(after!), replaced: whole.replaced } });
      return integrationViews(em, company, this.systems.outside);
    });
  }

  /** "Probar conexión": of what is typed, or of what is saved. @throws ProblemException as `save` does */
  async test(company: string, { system, draft }: TestBody): Promise<ConnectionTest> {
    const signal = AbortSignal.timeout(TEST_LIMIT_MS);
    const current = await this.systems.of(company);
    if (system === 'embedded') return { ok: true, ms: 0 };
    if (!draft && current.system === system) return current.test(signal);
    return this.systems.tryOut(company, await this.#draft(company, system, draft), signal);
  }

  /** Makes a system the one that answers, when its test says that it can; the embedded book always can. */
  async activate(by: Actor, system: CrmSystemId, evenIfFailing: boolean): Promise<ActivationResult> {
    const { company } = by;
    const test = await this.test(company, { system });
    if (!test.ok && !evenIfFailing) return { active: (await this.systems.of(company)).system, activated: false, test };
    await forCompany(this.sources.orm, company, async (em) => {
      const rows = await em.execute<{ system: CrmSystemId; active: boolean }[]>(
        'select system, active from isp_connections where company = ? order by system for update', [company]); // two who activate come one after the other
      const before = rows.find(({ active }) => active)?.system ?? 'embedded';
      if (before === system) return;
      await em.execute('update isp_connections set active = false where company = ? and active', [company]);
      await em.execute('update isp_connections set active = true where company = ? and system = ?', [company, system]);
      await writeAudit(em, by, { action: 'integration.activated', subject: system, before: { active: before }, after: { active: system, ...(test.ok ? {} : { failing: test.fault }) } });
    });
    return { active: system, activated: true, test };
  }

  #outside(system: OutsideSystemId): OutsideCrm {
    const crm = this.systems.outside[system];
    if (!crm) throw new ProblemException('not-found');
    return crm;
  }

  async #draft(company: string, system: OutsideSystemId, typed: TestBody['draft']): Promise<ConnectionDraft> {
    const crm = this.#outside(system);
    const saved = await forCompany(this.sources.orm, company, (em) => rowIn(em, company, system));
    if (!saved && !typed) throw new ProblemException('integration-missing');
    const box = await this.sources.vault.forCompany(company);
    const kept = saved && { from: saved.settings, secrets: openSecrets(box, system, saved.secrets) };
    const tls = typed?.tls ?? tlsOf(saved!);
    const limits = typed ?? { limitMs: saved!.limit_ms, perSecond: saved!.per_second, atOnce: saved!.at_once };
    const { settings, secrets } = complete(crm, { settings: typed?.settings ?? saved!.settings, tls, limitMs: limits.limitMs }, kept);
    return { system, settings: { ...settings, ...secrets }, tls, limitMs: limits.limitMs, perSecond: limits.perSecond, atOnce: limits.atOnce };
  }
}

/** Secrets as they are saved, with the settings that they were typed for. */
interface Kept {
  from: Readonly<Record<string, unknown>>;
  secrets: Readonly<Record<string, string>>;
}

const originOf = (url: unknown): string | undefined => (typeof url === 'string' && URL.canParse(url) ? new URL(url).origin : undefined);

/**
 * What is typed, completed by the secrets that are kept: these go to the address that they were typed for, and to no other.
 * @throws ProblemException `integration-settings` with the fields that are wrong, `secret-elsewhere` with the secrets that have to be typed again
 */
function complete(crm: OutsideCrm, typed: Pick<ConnectionBody, 'settings' | 'tls' | 'limitMs'>, kept: Kept | undefined): Complete {
  const { settings, secrets: given } = apart(settingsFields(crm), typed.settings);
  const keeps = Object.keys(kept?.secrets ?? {}).filter((name) => !(name in given));
  if (keeps.length > 0 && originOf(kept!.from['url']) !== originOf(settings['url'])) throw new ProblemException('secret-elsewhere', { fields: keeps });
  const all = Object.entries({ ...kept?.secrets, ...given }).filter((entry): entry is [string, string] => entry[1] !== null);
  const secrets = Object.fromEntries(all);
  const read = crm.settings.safeParse({ ...settings, ...secrets, ...lineSettingsOf(typed) });
  if (!read.success) {
    const names = [...new Set(read.error.issues.map(({ path }) => String(path[0] ?? '')))];
    throw new ProblemException('integration-settings', { fields: names.filter(Boolean) });
  }
  return { settings, secrets, replaced: Object.keys(given) };
}

async function rowIn(em: EntityManager, company: string, system: string, lock = ''): Promise<ConnectionRow | undefined> {
  const [row] = await em.execute<ConnectionRow[]>(`select * from isp_connections where company = ? and system = ? ${lock}`, [company, system]);
  return row;
}

const COLUMNS = ['settings', 'secrets', 'secret_endings', 'tls_mode', 'tls_pem', 'limit_ms', 'per_second', 'at_once', 'budget_day', 'budget_month', 'month_starts_on', 'saved_by'];
const WRITE = `insert into isp_connections (company, system, ${COLUMNS.join(', ')}) values (?, ?, ?::jsonb, ?, ?::jsonb, ?, ?, ?, ?, ?, ?, ?, ?, ?::uuid)
  on conflict (company, system) do update set ${COLUMNS.map((column) => `${column} = excluded.${column}`).join(', ')}, version = isp_connections.version + 1, saved_at = clock_timestamp()`;

async function write(em: EntityManager, by: Actor, body: ConnectionBody, { settings }: Complete, { endings, sealed }: { endings: object; sealed: Buffer | null }): Promise<void> {
  const { tls, limitMs, perSecond, atOnce, budgetDay, budgetMonth, monthStartsOn } = body;
  await em.execute(WRITE, [
    by.company, body.system, JSON.stringify(settings), sealed, JSON.stringify(endings), tls.mode, tls.mode === 'pinned' ? tls.pem : null,
    limitMs, perSecond, atOnce, budgetDay, budgetMonth, monthStartsOn, by.id,
  ]);
}

/** Of a connection, for the audit log: nothing of its secrets but that there are some. */
const factsOf = (row: ConnectionRow) => ({
  ...row.settings, configured: Object.keys(row.secret_endings), tls: row.tls_mode, limitMs: row.limit_ms, perSecond: row.per_second, atOnce: row.at_once,
  budgetDay: row.budget_day, budgetMonth: row.budget_month, monthStartsOn: row.month_starts_on,
});
