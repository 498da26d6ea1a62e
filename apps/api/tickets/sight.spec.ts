import { randomUUID } from 'node:crypto';
import type pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { roles } from '../../../libs/domain/roles.js';
import { maySeeTicket, type Person, type TicketFacts } from '../../../libs/domain/ticket/access.js';
import { ticketStates } from '../../../libs/domain/ticket/state.js';
import { openPool } from '../../../libs/db/pool.js';
import { createTestDatabase, type TestDatabase } from '../../../libs/testing/test-db.js';
import { visibleTo } from './sight.js';

let db: TestDatabase;
let pool: pg.Pool;
beforeAll(async () => {
  db = await createTestDatabase();
  pool = openPool(db.appUrl, () => undefined, { query_timeout: 20_000 });
});
afterAll(async () => {
  await pool.end();
  await db.drop();
});

const [me, other, support, sales] = [randomUUID(), randomUUID(), randomUUID(), randomUUID()];
const persons: Person[] = roles.flatMap((role) => [[], [support], [support, sales]].map((departments) => ({ id: me, role, departments })));
const tickets: TicketFacts[] = ticketStates.flatMap((state) =>
  [undefined, me, other].flatMap((assignee) =>
    [undefined, support, sales].map((department) => ({ state, ...(assignee ? { assignee } : {}), ...(department ? { department } : {}) }))));

describe('the condition of the queries', () => {
  it.each(persons.map((person) => [`${person.role} of ${person.departments.length} departments`, person] as const))('is the rule of libs/domain for %s', async (_, person) => {
    const { sql, values } = visibleTo(person);
    let place = 0;
    const numbered = sql.replace(/\?/g, () => `$${(place += 1) + 1}`);
    const { rows } = await pool.query<{ at: string }>(
      `select t.at from jsonb_to_recordset($1) t(at int, state text, assignee uuid, department uuid) where ${numbered}`,
      [JSON.stringify(tickets.map((facts, at) => ({ at, ...facts }))), ...values]);
    const expected = tickets.flatMap((facts, at) => (maySeeTicket(person, facts) ? [at] : []));
    expect(rows.map(({ at }) => Number(at)).sort((one, two) => one - two)).toEqual(expected);
  });
});
