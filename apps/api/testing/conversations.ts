import { randomBytes, randomUUID } from 'node:crypto';
import type pg from 'pg';
import type { MessageDetails } from '../../../libs/domain/message/details.js';
import type { TicketState } from '../../../libs/domain/ticket/state.js';

/** Rows as the journal and the workflows leave them: for specs of what screens read. Each takes a superuser's connection. */

export interface TestConversation {
  company: string;
  channel: string;
  contact: string;
  conversation: string;
}

export async function addChannel(client: pg.Client | pg.Pool, company: string, name = 'Soporte'): Promise<string> {
  const id = randomUUID();
  await client.query('insert into channels (company, id, name) values ($1, $2, $3)', [company, id, name]);
  return id;
}

export interface NewConversation {
  channel: string;
  name?: string;
  /** E.164 digits; without one the person hides the number. */
  phone?: string;
}

export async function addConversation(client: pg.Client | pg.Pool, company: string, { channel, name, phone }: NewConversation): Promise<TestConversation> {
  const [contact, conversation] = [randomUUID(), randomUUID()];
  await client.query('insert into contacts (company, id, name) values ($1, $2, $3)', [company, contact, name ?? null]);
  const addresses = [`${BigInt(`0x${randomBytes(6).toString('hex')}`)}@lid`, ...(phone ? [`${phone}@s.whatsapp.net`] : [])];
  for (const address of addresses) await client.query('insert into contact_addresses values ($1, $2, $3)', [company, address, contact]);
  await client.query('insert into conversations (company, id, channel, contact) values ($1, $2, $3, $4)', [company, conversation, channel, contact]);
  return { company, channel, contact, conversation };
}

export interface NewMessage {
  author?: 'customer' | 'bot' | 'agent' | 'owner';
  agent?: string;
  text?: string;
  state?: string;
  at?: Date;
  kind?: string;
  details?: MessageDetails;
}

/** @returns the row's id */
export async function addMessage(client: pg.Client | pg.Pool, of: TestConversation, { author = 'customer', agent, text = 'hola', state, at, kind = 'text', details }: NewMessage = {}): Promise<string> {
  const direction = author === 'customer' || author === 'owner' ? 'in' : 'out';
  const { rows } = await client.query<{ id: string }>(
    `insert into messages (company, conversation, channel, direction, author, wa_id, from_me, kind, text, state, agent, at, details)
      values ($1, $2, $3, $4, $5, $6, $7, $12, $8, $9, $10, coalesce($11, clock_timestamp()), $13) returning id`,
    [of.company, of.conversation, of.channel, direction, author, randomUUID(), direction === 'out', text,
      direction === 'out' ? (state ?? 'sent') : null, agent ?? null, at ?? null, kind, details ? JSON.stringify(details) : null],
  );
  return rows[0]!.id;
}

export interface NewTicket {
  state?: TicketState;
  assignee?: string;
  department?: string;
  summary?: string;
  openedAt?: Date;
  takenAt?: Date;
  alarmedAt?: Date;
}

export interface TestTicket {
  id: string;
  number: number;
}

/** Opens a ticket in a conversation, numbered as the company's next. */
export async function addTicket(client: pg.Client | pg.Pool, of: TestConversation, ticket: NewTicket = {}): Promise<TestTicket> {
  const { state = 'pending', assignee, department, summary = 'No tengo internet', openedAt, takenAt, alarmedAt } = ticket;
  const id = randomUUID();
  const { rows } = await client.query<{ last: string }>(
    `insert into ticket_counters (company, last) values ($1, 1) on conflict (company) do update set last = ticket_counters.last + 1 returning last`, [of.company]);
  const number = Number(rows[0]!.last);
  await client.query(
    `insert into tickets (company, id, number, conversation, channel, contact, department, assignee, state, summary, opened_at, taken_at, alarmed_at, closed_at)
      values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, coalesce($11, now()), $12, $13, case when $9 = 'closed' then now() end)`,
    [of.company, id, number, of.conversation, of.channel, of.contact, department ?? null, assignee ?? null, state, summary,
      openedAt ?? null, takenAt ?? (state === 'pending' ? null : new Date()), alarmedAt ?? null]);
  if (state !== 'closed') await client.query('update conversations set ticket = $3 where company = $1 and id = $2', [of.company, of.conversation, id]);
  await client.query(`insert into ticket_events (company, ticket, kind) values ($1, $2, 'opened')`, [of.company, id]);
  return { id, number };
}
