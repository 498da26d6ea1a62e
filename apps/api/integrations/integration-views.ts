import type { EntityManager } from '@mikro-orm/postgresql';
import { healthOf, limitsOf, tlsOf, type CompanyFacts, type ConnectionRow, type HealthRow } from '../../../activities/isp/connections.js';
import { crmSystems, outsideSystemIds, type OutsideSystemId } from '../../../libs/crm/registry.js';
import type { CrmFault } from '../../../libs/domain/customers.js';
import { budgetMonthFrom } from '../../../libs/domain/isp/connection.js';
import { localTimeOf } from '../../../libs/domain/time/local-time.js';
import type { OutsideSystems } from '../../../activities/isp/opening.js';
import type { IntegrationView, IspErrorView } from './integrations.schema.js';
import { settingsFields } from './settings-fields.js';

type Row = ConnectionRow & { saved_by_name: string | null };
const ROWS = `select c.*, u.name as saved_by_name from isp_connections c left join users u on u.company = c.company and u.id = c.saved_by where c.company = ?`;
const MOST_ERRORS = 50;

const iso = (moment: Date | string): string => new Date(moment).toISOString();

function connectionView(row: Row): IntegrationView['connection'] {
  const { budgetDay = null, budgetMonth = null, ...limits } = limitsOf(row);
  return {
    settings: row.settings, secrets: row.secret_endings, tls: tlsOf(row), ...limits, budgetDay, budgetMonth, savedAt: iso(row.saved_at),
    ...(row.saved_by !== null && row.saved_by_name !== null ? { savedBy: { id: row.saved_by, name: row.saved_by_name } } : {}),
  };
}

function healthView(row: HealthRow): IntegrationView['health'] {
  const { state, sinceMs, fault, okAtMs, probeAtMs } = healthOf(row);
  return {
    state, since: new Date(sinceMs).toISOString(),
    ...(fault === undefined ? {} : { fault }),
    ...(okAtMs === undefined ? {} : { okAt: new Date(okAtMs).toISOString() }),
    ...(probeAtMs === undefined ? {} : { probeAt: new Date(probeAtMs).toISOString() }),
  };
}

async function usageView(em: EntityManager, company: string, row: Row, timeZone: string): Promise<IntegrationView['usage']> {
  const day = localTimeOf(Date.now(), timeZone).slice(0, 10);
  const monthFrom = budgetMonthFrom(day, row.month_starts_on);
  const [used] = await em.execute<{ today: number; month: number }[]>(
    `select coalesce(sum(requests) filter (where day = ?::date), 0)::int as today, coalesce(sum(requests), 0)::int as month
      from isp_usage where company = ? and system = ? and day between ?::date and ?::date`, [day, company, row.system, monthFrom, day]);
  return { ...used!, monthFrom };
}

/** Every system that this build has, as the company has set it up; the embedded book first. */
export async function integrationViews(em: EntityManager, company: string, systems: OutsideSystems): Promise<IntegrationView[]> {
  const rows = await em.execute<Row[]>(ROWS, [company]);
  const health = await em.execute<(HealthRow & { system: string })[]>('select * from isp_health where company = ?', [company]);
  const [facts] = await em.execute<Pick<CompanyFacts, 'timeZone'>[]>('select time_zone as "timeZone" from companies where id = ?', [company]);
  const { name, capabilities } = crmSystems.embedded;
  const views: IntegrationView[] = [{ system: 'embedded', name, active: !rows.some(({ active }) => active), capabilities: [...capabilities], fields: [] }];
  for (const system of outsideSystemIds) {
    const found = systems[system];
    if (!found) continue;
    const row = rows.find((one) => one.system === system);
    const fares = health.find((one) => one.system === system);
    views.push({
      system, name: found.name, active: row?.active ?? false, capabilities: [...found.capabilities], fields: settingsFields(found),
      ...(row ? { connection: connectionView(row), usage: await usageView(em, company, row, facts!.timeZone) } : {}),
      ...(fares ? { health: healthView(fares) } : {}),
    });
  }
  return views;
}

interface ErrorRow {
  system: OutsideSystemId;
  kind: IspErrorView['kind'];
  operation: string;
  fault: CrmFault | '';
  detail: string;
  times: number;
  first_at: Date | string;
  last_at: Date | string;
}

/** Newest first. */
export async function errorViews(em: EntityManager, company: string): Promise<IspErrorView[]> {
  const rows = await em.execute<ErrorRow[]>(`select * from isp_errors where company = ? order by last_at desc limit ${MOST_ERRORS}`, [company]);
  return rows.map(({ system, kind, operation, fault, detail, times, first_at, last_at }) => ({
    system, kind, operation, times, firstAt: iso(first_at), lastAt: iso(last_at), ...(fault === '' ? {} : { fault }), ...(detail === '' ? {} : { detail }),
  }));
}
