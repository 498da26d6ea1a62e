import { randomUUID } from 'node:crypto';
import { acceptText, type AcceptedText } from '../../libs/db/accepted-texts.js';
import { forCompany } from '../../libs/db/company.js';
import { openOrm, type MikroORM } from '../../libs/db/orm.js';
import type { Role } from '../../libs/domain/roles.js';
import { addCompanies, asSuperuser } from '../../libs/testing/companies.js';
import { createTestDatabase, type TestDatabase } from '../../libs/testing/test-db.js';
import { createReplyActivities } from '../replies.js';
import { createTicketActivities } from '../tickets.js';

/** A company's people and a conversation that has asked for an agent. */
export interface Desk {
  company: string;
  conversation: string;
  departments: { support: string; sales: string };
  /** Operators of support, and one of sales. */
  carla: string;
  diego: string;
  elsa: string;
  supervisor: string;
}

export type Row = Record<string, unknown>;

/** Two companies, `ours` and `theirs`, each with a front desk, in a database of a spec. */
export class FrontDesks {
  nowMs = Date.now();
  readonly tickets: ReturnType<typeof createTicketActivities>;
  readonly replies: ReturnType<typeof createReplyActivities>;

  private constructor(
    readonly db: TestDatabase,
    readonly orm: MikroORM,
  ) {
    this.tickets = createTicketActivities({ orm, now: () => this.nowMs });
    this.replies = createReplyActivities({ orm });
  }

  static async open(): Promise<FrontDesks> {
    const db = await createTestDatabase();
    await addCompanies(db, 'ours', 'theirs');
    return new FrontDesks(db, await openOrm(db.appUrl));
  }

  async close(): Promise<void> {
    await this.orm.close();
    await this.db.drop();
  }

  run(company: string, sql: string, values: unknown[]): Promise<Row[]> {
    return forCompany(this.orm, company, (em) => em.execute<Row[]>(sql, values));
  }

  /** What is in the database, behind all locks. */
  async look(sql: string, values: unknown[] = []): Promise<Row[]> {
    return asSuperuser(this.db, async (client) => (await client.query<Row>(sql, values)).rows);
  }

  async user(company: string, name: string, role: Role, department?: string): Promise<string> {
    const id = randomUUID();
    await this.run(company, 'insert into users (company, id, login, name, role, password_hash) values (?, ?, ?, ?, ?, ?)', [
      company, id, `${name}-${id}`, name, role, '-',
    ]);
    if (department) await this.run(company, 'insert into user_departments values (?, ?, ?)', [company, id, department]);
    return id;
  }

  async desk(company: string): Promise<Desk> {
    const [support, sales, channel] = [randomUUID(), randomUUID(), randomUUID()];
    const name = (of: string) => `${of} ${support}`;
    await this.run(company, 'insert into departments (company, id, name) values (?, ?, ?), (?, ?, ?)', [
      company, support, name('Soporte'), company, sales, name('Ventas'),
    ]);
    await this.run(company, 'insert into channels (company, id, name) values (?, ?, ?)', [company, channel, channel]);
    return {
      company,
      conversation: await this.conversation(company, channel),
      departments: { support, sales },
      carla: await this.user(company, 'carla', 'operator', support),
      diego: await this.user(company, 'diego', 'operator', support),
      elsa: await this.user(company, 'elsa', 'operator', sales),
      supervisor: await this.user(company, 'sofia', 'supervisor'),
    };
  }

  async conversation(company: string, channel: string): Promise<string> {
    const [contact, conversation] = [randomUUID(), randomUUID()];
    await this.run(company, 'insert into contacts (company, id) values (?, ?)', [company, contact]);
    await this.run(company, 'insert into conversations (company, id, channel, contact) values (?, ?, ?, ?)', [company, conversation, channel, contact]);
    return conversation;
  }

  /** Lets a conversation ask for an agent, as `decide` does. */
  async ask(company: string, conversation: string, department?: string): Promise<string> {
    const step = randomUUID();
    const query = JSON.stringify({ kind: 'ticket', summary: 'Se cortó la fibra', ...(department && { department }) });
    await this.run(company, 'insert into conversation_queries (company, conversation, step, query) values (?, ?, ?, ?::jsonb)', [
      company, conversation, step, query,
    ]);
    return step;
  }

  /** An open ticket in the queue of support. */
  async ticket({ company, conversation, departments }: Desk): Promise<string> {
    const { ticket } = await this.tickets.openTicket({
      company, conversation, step: await this.ask(company, conversation, `soporte ${departments.support}`),
    });
    return ticket;
  }

  accept(desk: Desk, ticket: string, agent: string, text: string, kind: AcceptedText['kind'] = 'reply', request: string = randomUUID()) {
    const { company, conversation } = desk;
    return forCompany(this.orm, company, (em) => acceptText(em, { company, request, conversation, ticket, agent, kind, text })).then(() => request);
  }

  async ticketRow(id: string): Promise<Row> {
    return (await this.look('select * from tickets where id = $1', [id]))[0]!;
  }
}
