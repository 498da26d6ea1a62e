import type { EntityManager } from '@mikro-orm/postgresql';
import type { WorkflowClient } from '@temporalio/client';
import { forCompany } from '../libs/db/company.js';
import type { MikroORM } from '../libs/db/orm.js';
import { DomainError } from '../libs/domain/errors.js';
import { sayIn, type ConversationRef } from '../workflows/conversation/contract.js';
import { newWaId } from './message-id.js';

/**
 * Customers are told what became of what they sent, in the conversation in which they sent it. It is an answer, though a late one: it takes no
 * part of what a number may say unasked, and goes out in every mode.
 */
export interface Telling {
  company: string;
  /** Where they sent it: one that was merged into another since is told there. */
  conversation: string;
  /** What is told, for ever: `receipt/<id>/review`. The same again is not told again, whatever its text. */
  key: string;
  /** As the customer reads it. Empty: nothing is told, as a company may wish. */
  text: string;
}

/** A row that has not gone out yet, and the conversation that sends it. */
export interface Told extends ConversationRef {
  message: string;
}

/** A client of the worker's own: what only a client can ask of Temporal. */
export type Engine = Pick<WorkflowClient, 'signalWithStart'>;

export interface TellingDeps {
  orm: MikroORM;
  engine: Engine;
}

/**
 * Queues what a customer is told, in the caller's transaction; `sayTold` sends it, once that is committed. Idempotent by key.
 * @returns what waits to be sent; undefined when it is out, was given up, or there is nothing to say
 * @throws DomainError `conversation-unknown`
 */
export async function queueTelling(em: EntityManager, { company, conversation, key, text }: Telling): Promise<Told | undefined> {
  if (text === '') return undefined;
  const [living] = await em.execute<{ id: string }[]>(
    'select coalesce(merged_into, id) id from conversations where company = ? and id = ?::uuid', [company, conversation]);
  if (!living) throw new DomainError('conversation-unknown');
  await em.execute(
    `insert into messages (company, conversation, channel, direction, author, wa_id, from_me, kind, text, state, step)
      select c.company, c.id, c.channel, 'out', 'bot', ?, true, 'text', ?, 'queued', ? from conversations c where c.company = ? and c.id = ?::uuid
      on conflict (company, step) where step like 'told/%' do nothing`, [newWaId(), text, `told/${key}`, company, living.id]);
  const [told] = await em.execute<Told[]>(
    `select company, conversation, channel, id::text message from messages where company = ? and step = ? and step like 'told/%'
      and state in ('queued', 'sending', 'unknown') and cause is distinct from 'expired'`, [company, `told/${key}`]);
  return told;
}

/** Lets the conversation send it, in turn with whatever else it says. May be repeated at will. */
export const sayTold = (engine: Engine, { message, ...conversation }: Told): Promise<void> => sayIn(engine, conversation, message);

/** Queues and sends it: of an activity that has nothing else to write with it. Idempotent by key. */
export async function tell({ orm, engine }: TellingDeps, telling: Telling): Promise<void> {
  const told = await forCompany(orm, telling.company, (em) => queueTelling(em, telling));
  if (told) await sayTold(engine, told);
}
