import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { waitFor } from '../../libs/testing/wait-for.js';
import { CrashWorld, type LinkedNumber } from './crash-world.js';
import type { GatewayProcess } from './gateway-process.js';
import { report } from './report.js';
import { CLEAN, Traffic, judge, people } from './traffic.js';

const DOWN_MS = 90_000;

let world: CrashWorld;
let number: LinkedNumber;
let gateway: GatewayProcess;
let customers: string[];

beforeAll(async () => {
  world = await CrashWorld.start();
  gateway = await world.gateway();
  number = await world.link('5493410000001');
  customers = people(world, 10);
  for (const person of customers) await world.network.personSends(person, number.number, 'hola');
  await world.untilDelivered(number.number);
});
afterAll(() => world?.stop());

/** What the client confirmed, in either way. */
const confirmed = () => world.network.ledger.after().filter(({ direction, state }) => direction === 'in' && state !== 'sent').length;
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

describe('PostgreSQL stopped for 90 s while customers write', () => {
  it('loses nothing, confirms nothing meanwhile, and comes back by itself', { timeout: 300_000 }, async () => {
    const traffic = new Traffic(world, number, customers, 1_500);
    await pause(2_000);
    const startAgain = await world.stopPostgres();
    await pause(1_000); // what was committed in the last moment may still be confirmed
    const before = confirmed();
    await pause(DOWN_MS - 1_000);
    expect(confirmed()).toBe(before);
    expect(gateway.lives).toBe(true);
    await startAgain();
    const upAt = Date.now();
    await world.untilOnline(number.number);
    const backMs = Date.now() - upAt;
    // Live messages now come beside the backlog, and must not overtake it.
    const atReturn = traffic.total;
    await waitFor('traffic to go on', () => traffic.total > atReturn + 5 * customers.length);
    await traffic.stop();
    await world.untilDelivered(number.number);
    report(`outage: ${traffic.total} messages, linked again after ${backMs} ms`);
    expect(await judge(world, number, traffic)).toEqual(CLEAN);
  });

  it('leaves every session whole: the next message of everybody can be read', async () => {
    const traffic = new Traffic(world, number, customers, 200);
    await traffic.stop();
    await world.untilDelivered(number.number);
    expect(await judge(world, number, traffic)).toEqual(CLEAN);
  });
});
