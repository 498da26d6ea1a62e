import type { EntityManager } from '@mikro-orm/postgresql';
import { writeAudit } from '../libs/db/audit.js';
import { forCompany } from '../libs/db/company.js';
import type { MikroORM } from '../libs/db/orm.js';
import type { AuditAction, Facts } from '../libs/domain/audit.js';
import { DomainError } from '../libs/domain/errors.js';
import { decideStatus, nextStep, type StatusStep } from '../libs/domain/status/decide.js';
import type { MissedPolicy, Status, StatusChange, StatusCommand, StatusState } from '../libs/domain/status/status.js';
import { orFailure } from '../libs/temporal/failures.js';
import type { StatusAnswer, StatusOrderKind } from '../workflows/status/contract.js';
import { newWaId } from './message-id.js';

export interface StatusCommandRequest {
  company: string;
  status: string;
  /** Id of the command: done once under it. What it says, if it says something, is the row of `status_drafts` accepted under it. */
  command: string;
  kind: StatusOrderKind;
  actor: string;
}

export interface LookRequest {
  company: string;
  status: string;
  /** Why nobody knows whether it is out, when it was sent often enough to leave it at that. */
  doubt?: string;
}

export interface StatusLook {
  state: StatusState | undefined;
  /** What to do next, and for how long that makes sense, in ms from now. */
  step: { kind: StatusStep['kind']; forMs: number };
}

interface StatusRow {
  state: StatusState;
  publishes: string;
  published: string | null;
  cause: string | null;
  last_command: string;
}

interface DraftRow {
  publishes: string;
}

const audited: Readonly<Record<StatusOrderKind, AuditAction>> = {
  create: 'status.created', edit: 'status.changed', cancel: 'status.cancelled', publish: 'status.publish-asked', retry: 'status.retried', remove: 'status.removal-asked',
};

const ms = (column: string): string => `floor(extract(epoch from ${column}) * 1000)::text`;
const at = (time: number): string => new Date(time).toISOString();

/** Reads a status and holds its row until the transaction ends; undefined when there is none. */
async function lockStatus(em: EntityManager, company: string, status: string): Promise<(Status & { lastCommand: string }) | undefined> {
  const [row] = await em.execute<StatusRow[]>(
    `select state, ${ms('publish_at')} publishes, ${ms('published_at')} published, cause, last_command from statuses
      where company = ? and id = ?::uuid for no key update`, [company, status]);
  return row && {
    state: row.state, publishAtMs: Number(row.publishes), lastCommand: row.last_command,
    ...(row.published === null ? {} : { publishedAtMs: Number(row.published) }), ...(row.cause === null ? {} : { cause: row.cause }),
  };
}

/** What somebody wrote, as it was accepted under the command. @throws DomainError `status-unknown` when nothing was */
async function draftOf(em: EntityManager, { company, command, status }: StatusCommandRequest): Promise<{ publishAtMs: number }> {
  const [draft] = await em.execute<DraftRow[]>(
    `select ${ms('publish_at')} publishes from status_drafts where company = ? and command = ?::uuid and status = ?::uuid for update`, [company, command, status]); // held: whoever takes it back meanwhile finds it used
  if (!draft) throw new DomainError('status-unknown');
  return { publishAtMs: Number(draft.publishes) };
}

const forget = (em: EntityManager, { company, command }: StatusCommandRequest) =>
  em.execute('delete from status_drafts where company = ? and command = ?::uuid', [company, command]);

/** Makes the status that was accepted under the command. */
async function create(em: EntityManager, request: StatusCommandRequest): Promise<StatusAnswer> {
  const { company, status, command } = request;
  await draftOf(em, request);
  await em.execute(
    `insert into statuses (company, id, channel, kind, text, colour, image, state, wa_id, removal_wa_id, last_command, publish_at, created_by)
      select company, status, channel, kind, text, colour, image, 'scheduled', ?, ?, command, publish_at, actor
        from status_drafts where company = ? and command = ?::uuid and status = ?::uuid`,
    [newWaId(), newWaId(), company, command, status],
  );
  await forget(em, request);
  return { ok: true, state: 'scheduled' };
}

/** Writes what a decision changes. What was never out goes out with the content that it has now; what may be out, as it was. */
async function write(em: EntityManager, company: string, id: string, change: StatusChange, command?: string): Promise<void> {
  const { state, publishAtMs, cause } = change;
  await em.execute(
    `update statuses set state = coalesce(?, state), publish_at = coalesce(?::timestamptz, publish_at),
        cause = case when ? then ? else cause end, last_command = coalesce(?::uuid, last_command), raw = case when ? then null else raw end,
        ended_at = case when coalesce(?, state) in ('expired', 'removed', 'cancelled', 'failed') then coalesce(ended_at, clock_timestamp()) end
      where company = ? and id = ?::uuid`,
    [
      state ?? null, publishAtMs === undefined ? null : at(publishAtMs), cause !== undefined, cause ?? null, command ?? null,
      publishAtMs !== undefined && state === 'scheduled', state ?? null, company, id,
    ],
  );
}

const takeContent = (em: EntityManager, { company, status, command }: StatusCommandRequest) =>
  em.execute(
    `update statuses s set kind = d.kind, text = d.text, colour = d.colour, image = d.image from status_drafts d
      where s.company = ? and s.id = ?::uuid and d.company = s.company and d.status = s.id and d.command = ?::uuid`,
    [company, status, command],
  );

/** Of a status, for the audit log. */
async function factsOf(em: EntityManager, { company, status }: StatusCommandRequest): Promise<Facts | undefined> {
  const [row] = await em.execute<Facts[]>(
    'select channel, kind, text, colour, image, state, publish_at as "publishAt" from statuses where company = ? and id = ?::uuid', [company, status]);
  return row;
}

/** Who did what to a status, in the transaction in which it is done. */
async function audit(em: EntityManager, request: StatusCommandRequest, before: Facts | undefined): Promise<void> {
  const { company, status: subject, kind, actor: id } = request;
  const [user] = await em.execute<{ name: string }[]>('select name from users where company = ? and id = ?::uuid', [company, id]);
  const after = await factsOf(em, request);
  await writeAudit(em, { company, id, name: user!.name }, { action: audited[kind], subject, ...(before ? { before } : {}), ...(after ? { after } : {}) });
}

async function command(em: EntityManager, request: StatusCommandRequest, nowMs: number): Promise<StatusAnswer> {
  const status = await lockStatus(em, request.company, request.status);
  if (status?.lastCommand === request.command) return { ok: true, state: status.state };
  const before = await factsOf(em, request);
  const answer = request.kind === 'create' ? await create(em, request) : await change(em, request, status, nowMs);
  if (answer.ok) await audit(em, request, before);
  return answer;
}

async function change(em: EntityManager, request: StatusCommandRequest, status: Status | undefined, nowMs: number): Promise<StatusAnswer> {
  const { company, status: id, kind } = request;
  if (!status || kind === 'create') throw new DomainError('status-unknown');
  const asked: StatusCommand = kind === 'edit' ? { kind, publishAtMs: (await draftOf(em, request)).publishAtMs } : { kind };
  const decision = decideStatus(status, asked, nowMs);
  if (kind === 'edit') {
    if (decision.ok) await takeContent(em, request);
    await forget(em, request);
  }
  if (!decision.ok) return decision;
  await write(em, company, id, decision.change, request.command);
  return { ok: true, state: decision.change.state ?? status.state };
}

const policyOf = async (em: EntityManager, company: string): Promise<MissedPolicy> =>
  (await em.execute<{ policy: MissedPolicy }[]>('select missed_statuses policy from companies where id = ?', [company]))[0]!.policy;

async function look(em: EntityManager, { company, status: id, doubt }: LookRequest, nowMs: number): Promise<StatusLook> {
  const status = await lockStatus(em, company, id);
  if (!status) return { state: undefined, step: { kind: 'end', forMs: 0 } };
  const { change, step } = nextStep(status, await policyOf(em, company), nowMs, doubt);
  if (change) await write(em, company, id, change);
  if (step.kind !== 'end') return { state: change?.state ?? status.state, step: { kind: step.kind, forMs: step.untilMs - nowMs } };
  await em.execute('update statuses set ended_at = coalesce(ended_at, clock_timestamp()) where company = ? and id = ?::uuid', [company, id]);
  return { state: change?.state ?? status.state, step: { kind: 'end', forMs: 0 } };
}

/** What statuses are made of, besides the network: their rows. */
export function createStatusActivities({ orm, now }: { orm: MikroORM; now: () => number }) {
  return {
    /** Does somebody's command on a status, once. A refusal leaves it as it was. @throws DomainError `status-unknown` */
    statusCommand: (request: StatusCommandRequest): Promise<StatusAnswer> =>
      orFailure(() => forCompany(orm, request.company, (em) => command(em, request, now()))),

    /** Looks at the row and the clock, writes what time has made of it, and says what is to be done next. */
    lookAtStatus: (request: LookRequest): Promise<StatusLook> =>
      forCompany(orm, request.company, (em) => look(em, request, now())),
  };
}

export type StatusActivities = ReturnType<typeof createStatusActivities>;
