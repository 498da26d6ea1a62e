import type { EntityManager } from '@mikro-orm/postgresql';
import { forCompany } from '../libs/db/company.js';
import type { MikroORM } from '../libs/db/orm.js';
import { DomainError } from '../libs/domain/errors.js';
import { answerText } from '../libs/domain/ticket/group-texts.js';
import { orFailure } from '../libs/temporal/failures.js';
import type { TicketAnswer, TicketSnapshot } from '../workflows/ticket/contract.js';
import { newWaId } from './message-id.js';
import { executeCommand } from './tickets.js';

/** A text to a group that waits to be sent: ids. */
export interface GroupText {
  channel: string;
  /** Id of its row in `group_messages`. */
  message: string;
}

export interface GroupAnswerRequest {
  company: string;
  ticket: string;
  /** Id of its row in `group_answers`. */
  answer: string;
}

/** What an answer made of the ticket, and what the group is told. */
export interface GroupAnswered {
  ticket?: TicketSnapshot;
  text?: GroupText;
}

interface AnswerRow {
  command: string;
  agent: string;
  agent_name: string;
  number: string;
  channel: string;
  group_jid: string | null;
  settled: boolean;
}

const READ = `select a.command, a.agent, u.name agent_name, t.number::text, a.channel, h.group_jid, a.settled_at is not null settled
  from group_answers a join users u on u.company = a.company and u.id = a.agent join tickets t on t.company = a.company and t.id = a.ticket
    join channels h on h.company = a.company and h.id = a.channel
  where a.company = ? and a.id = ?::bigint and a.ticket = ?::uuid for update of a`;

async function takenBy(em: EntityManager, { company, ticket }: GroupAnswerRequest, { command, agent }: AnswerRow, nowMs: number): Promise<TicketAnswer | undefined> {
  try {
    return await executeCommand(em, { company, ticket, command, kind: 'take', actor: agent }, nowMs);
  } catch (error) {
    if (error instanceof DomainError && error.code === 'person-unknown') return undefined; // left the company meanwhile
    throw error;
  }
}

async function unsentAnswer(em: EntityManager, { company, answer }: GroupAnswerRequest): Promise<GroupText | undefined> {
  const [row] = await em.execute<GroupText[]>(
    `select channel, id::text message from group_messages where company = ? and answers = ?::bigint and state in ('queued', 'sending', 'unknown')`,
    [company, answer]);
  return row;
}

async function answerIn(em: EntityManager, request: GroupAnswerRequest, nowMs: number): Promise<GroupAnswered> {
  const { company, ticket, answer } = request;
  const [row] = await em.execute<AnswerRow[]>(READ, [company, answer, ticket]);
  if (!row) throw new DomainError('text-unknown');
  const result = row.settled ? undefined : await takenBy(em, request, row, nowMs);
  if (!row.settled) {
    const outcome = result === undefined ? 'person-unknown' : result.ok ? 'taken' : result.reason;
    await em.execute('update group_answers set settled_at = clock_timestamp(), outcome = ? where company = ? and id = ?::bigint', [outcome, company, answer]);
    if (result !== undefined && row.group_jid !== null) {
      const owner = result.ok || result.by === undefined ? undefined : await nameOf(em, company, result.by.agent);
      await em.execute(
        `insert into group_messages (company, channel, group_jid, ticket, purpose, answers, text, wa_id) values (?, ?::uuid, ?, ?::uuid, 'answer', ?::bigint, ?, ?)`,
        [company, row.channel, row.group_jid, ticket, answer, answerText(Number(row.number), row.agent_name, result.ok ? undefined : result.reason, owner), newWaId()]);
    }
  }
  const text = await unsentAnswer(em, request);
  return { ...(result?.ok ? { ticket: result.ticket } : {}), ...(text ? { text } : {}) };
}

async function nameOf(em: EntityManager, company: string, user: string): Promise<string | undefined> {
  const [row] = await em.execute<{ name: string }[]>('select name from users where company = ? and id = ?::uuid', [company, user]);
  return row?.name;
}

/** What agents say in a group, and what groups are told. */
export function createGroupActivities({ orm, now }: { orm: MikroORM; now: () => number }) {
  return {
    /** Takes the ticket for whoever said so in the group, as a command of theirs, and writes what the group hears. Idempotent by the answer. */
    answerInGroup: (request: GroupAnswerRequest): Promise<GroupAnswered> =>
      orFailure(() => forCompany(orm, request.company, (em) => answerIn(em, request, now()))),

    /** Gives up on a text that nobody could send in time. One that may have gone out is not called failed. */
    expireGroupText: ({ company, message }: { company: string; message: string }): Promise<void> =>
      forCompany(orm, company, async (em) => {
        await em.execute(
          `update group_messages set state = case when state = 'queued' then 'failed' else 'unknown' end, cause = 'expired'
            where company = ? and id = ?::bigint and state in ('queued', 'sending', 'unknown')`, [company, message]);
      }),
  };
}

export type GroupActivities = ReturnType<typeof createGroupActivities>;
