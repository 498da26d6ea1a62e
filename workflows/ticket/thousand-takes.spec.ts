import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { companyConverter } from '../../libs/testing/company-converter.js';
import { createLocalEnv } from '../../libs/testing/temporal-env.js';
import { ScriptedWorld } from '../conversation/scripted-world.js';
import { takeTicket } from './client.js';
import type { TicketAnswer } from './contract.js';

const company = 'acme';
let world: ScriptedWorld;

/** On the real server: what it does with updates that come while a workflow continues as new is part of the promise. */
beforeAll(async () => {
  world = await ScriptedWorld.start(company, companyConverter(company), createLocalEnv);
}, 60_000);
afterAll(() => world.stop());

/** Does all of it, at most so many at a time: the server takes ten updates a workflow. */
async function atMost<T>(count: number, work: readonly (() => Promise<T>)[]): Promise<T[]> {
  const results: T[] = [];
  const left = [...work.entries()];
  const lane = async (): Promise<void> => {
    for (let next = left.shift(); next !== undefined; next = left.shift()) results[next[0]] = await next[1]();
  };
  await Promise.all(Array.from({ length: count }, lane));
  return results;
}

describe('a thousand agents', () => {
  it('who take one ticket: one has it, and all others hear who', { timeout: 120_000 }, async () => {
    const ticket = await world.activities.tickets.add(company, randomUUID());
    const agents = Array.from({ length: 1_000 }, () => randomUUID());
    const takes = agents.map((actor) => (): Promise<TicketAnswer> =>
      takeTicket(world.environment.client.workflow, ticket.ref, { command: randomUUID(), actor }));
    const answers = await atMost(8, takes);
    const winners = agents.filter((_, index) => answers[index]!.ok);
    expect(winners).toEqual([ticket.assignee]);
    const others = answers.filter((answer) => !answer.ok);
    expect(others).toHaveLength(999);
    for (const answer of others) expect(answer).toEqual({ ok: false, reason: 'taken', by: { agent: winners[0], atMs: ticket.takenAtMs } });
  });
});
