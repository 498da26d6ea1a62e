import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readEnv } from '../../libs/config/env.js';
import { waitFor } from '../../libs/testing/wait-for.js';
import { CrashWorld, type LinkedNumber } from './crash-world.js';
import type { GatewayProcess } from './gateway-process.js';
import { report } from './report.js';
import { queueReply, sendUntilDone, shown, type Outgoing } from './sending.js';
import { CLEAN, Traffic, judge, people } from './traffic.js';

/** As a real gateway holds its numbers. */
const TTL_MS = readEnv({}).LEASE_SECONDS * 1_000;
const NUMBERS = ['5493410000001', '5493410000002', '5493410000003'];
/** The promise: another gateway has a dead one's numbers by then. */
const PROMISED_MS = 15_000;

let world: CrashWorld;
let numbers: LinkedNumber[];
let first: GatewayProcess;
let second: GatewayProcess;
let customers: string[];

const heldBy = async (holder: string) =>
  (await world.operator.query('select 1 from channel_leases where holder = $1 and until > clock_timestamp()', [holder])).rowCount;
const online = () => world.network.accounts.filter((account) => account.online).length;

beforeAll(async () => {
  world = await CrashWorld.start();
  first = await world.gateway('machine-1', TTL_MS);
  numbers = [];
  for (const number of NUMBERS) numbers.push(await world.link(number));
  customers = people(world, 4);
  for (const { number } of numbers) for (const person of customers) await world.network.personSends(person, number, 'hola');
  for (const { number } of numbers) await world.untilDelivered(number);
  second = await world.gateway('machine-2', TTL_MS);
});
afterAll(() => world?.stop());

describe('a gateway that is killed with several numbers', () => {
  it('leaves them all to another one within 15 s, amid traffic and sends: nothing is lost, doubled or disordered', async () => {
    expect(await heldBy('machine-1')).toBe(NUMBERS.length);
    const traffic = numbers.map((number) => new Traffic(world, number, customers, 400));
    await waitFor('traffic', () => traffic.every(({ total }) => total > customers.length));
    const replies: { number: LinkedNumber; reply: Outgoing }[] = [];
    for (const number of numbers) for (const person of customers) replies.push({ number, reply: await queueReply(world, number, person, `respuesta a ${person}`) });
    let holder = first;
    const sends = replies.map(({ number, reply }) => sendUntilDone(() => holder, number, reply));

    first.signal('SIGKILL');
    const killedAt = Date.now();
    holder = second;
    await waitFor('the other one to hold every number', async () => (await heldBy('machine-2')) === NUMBERS.length);
    const heldMs = Date.now() - killedAt;
    await waitFor('every number to be online', () => online() === NUMBERS.length, 60_000);
    report(`failover: ${NUMBERS.length} numbers held after ${heldMs} ms, online after ${Date.now() - killedAt} ms, lease ${TTL_MS} ms`);
    expect(heldMs).toBeLessThan(PROMISED_MS);

    expect(await Promise.all(sends)).toEqual(replies.map(() => 'sent'));
    await Promise.all(traffic.map((one) => one.stop()));
    for (const { number } of numbers) await world.untilDelivered(number);
    for (const [index, number] of numbers.entries()) expect(await judge(world, number, traffic[index]!)).toEqual(CLEAN);
    for (const { number, reply } of replies) {
      expect(shown(world, number, reply)).toMatchObject({ text: reply.text, retries: 0 });
      expect(shown(world, number, reply)?.state).not.toBe('unreadable');
    }
    expect(world.network.unknown).toEqual([]);
  });

  it('never comes back to write: who was stopped instead finds its numbers gone', async () => {
    const epochs = async () => (await world.operator.query<{ epoch: string }>('select epoch from channel_leases order by channel')).rows.map(({ epoch }) => Number(epoch));
    second.signal('SIGSTOP');
    const third = await world.gateway('machine-3', TTL_MS);
    await waitFor('the third to hold every number', async () => (await heldBy('machine-3')) === NUMBERS.length, 60_000);
    await waitFor('every number to be online', () => online() === NUMBERS.length, 60_000);
    const taken = await epochs();
    const linesBefore = world.output.length;
    second.signal('SIGCONT');
    const givenUp = () => world.output.slice(linesBefore).join('').split('number given up').length - 1;
    await waitFor('the second to let go of all', () => givenUp() >= NUMBERS.length, 60_000);
    expect(await heldBy('machine-2')).toBe(0);
    expect(await epochs()).toEqual(taken);
    expect(third.lives).toBe(true);
    for (const { number } of numbers) {
      const traffic = new Traffic(world, numbers.find((one) => one.number === number)!, customers, 100);
      await waitFor('traffic', () => traffic.total > customers.length);
      await traffic.stop();
      await world.untilDelivered(number);
      expect(await judge(world, numbers.find((one) => one.number === number)!, traffic)).toEqual(CLEAN);
    }
  });
});
