import type { EntityManager } from '@mikro-orm/postgresql';
import { auditActions, type AuditAction } from '../../../libs/domain/audit.js';
import type { AuditEntryView, AuditPage, AuditQuery } from './audit.schema.js';

interface Row {
  id: string;
  at: Date | string;
  actor: string | null;
  actor_name: string | null;
  action: AuditAction;
  subject: string;
  subject_name: string | null;
  before: Record<string, unknown> | null;
  after: Record<string, unknown> | null;
  request: string | null;
  address: string | null;
}

const COLUMNS = `l.id, l.at, l.actor, l.actor_name, l.action, l.subject, l.before, l.after, l.request, l.address,
  coalesce(u.name, d.name, h.name) as subject_name`;
/** What changes are about most: their names as they are now. */
const NAMES = `left join users u on u.company = l.company and u.id::text = l.subject
  left join departments d on d.company = l.company and d.id::text = l.subject
  left join channels h on h.company = l.company and h.id::text = l.subject`;
const HAYSTACK = `concat_ws(' ', l.actor_name, l.subject, l.before::text, l.after::text, l.address, u.name, d.name, h.name)`;

/** What was asked for means itself, not a pattern. */
const pattern = (typed: string): string => `%${typed.replace(/[\\%_]/g, '\\$&')}%`;

const actionsOf = (kind: string): AuditAction[] => auditActions.filter((action) => action === kind || action.split('.')[0] === kind);

/** Conditions with their values: dates are days of the company's clocks, both included. */
function conditionsOf(company: string, { person, kind, from, to, q, before }: AuditQuery, timeZone: string): [string, unknown[]][] {
  return [
    ['l.company = ?', [company]],
    ...(person === undefined ? [] : [['l.actor = ?::uuid', [person]] as [string, unknown[]]]),
    ...(kind === undefined ? [] : [['l.action = any(?::text[])', [`{${actionsOf(kind).join(',')}}`]] as [string, unknown[]]]),
    ...(from === undefined ? [] : [['l.at >= ?::date::timestamp at time zone ?', [from, timeZone]] as [string, unknown[]]]),
    ...(to === undefined ? [] : [['l.at < (?::date + 1)::timestamp at time zone ?', [to, timeZone]] as [string, unknown[]]]),
    ...(q ? [[`${HAYSTACK} ilike ?`, [pattern(q)]] as [string, unknown[]]] : []),
    ...(before === undefined ? [] : [['l.id < ?::bigint', [before]] as [string, unknown[]]]),
  ];
}

/** A page of the audit log, newest first. @param em of `forCompany` */
export async function auditPage(em: EntityManager, company: string, query: AuditQuery, timeZone: string): Promise<AuditPage> {
  const conditions = conditionsOf(company, query, timeZone);
  const rows = await em.execute<Row[]>(
    `select ${COLUMNS} from audit_log l ${NAMES} where ${conditions.map(([sql]) => sql).join(' and ')} order by l.id desc limit ?`,
    [...conditions.flatMap(([, values]) => values), query.limit + 1]);
  const shown = rows.slice(0, query.limit);
  return { entries: shown.map(viewOf), ...(rows.length > shown.length ? { next: shown.at(-1)!.id } : {}) };
}

function viewOf({ id, at, actor, actor_name: name, action, subject, subject_name: subjectName, before, after, request, address }: Row): AuditEntryView {
  return {
    id, at: new Date(at).toISOString(), action, subject,
    by: { ...(actor ? { id: actor } : {}), ...(name ? { name } : {}) },
    ...(subjectName ? { subjectName } : {}), ...(before ? { before } : {}), ...(after ? { after } : {}),
    ...(request ? { request } : {}), ...(address ? { address } : {}),
  };
}
