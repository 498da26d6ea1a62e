import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { waitFor } from '../../libs/testing/wait-for.js';
import { CrashWorld, type LinkedNumber } from './crash-world.js';
import type { GatewayProcess } from './gateway-process.js';
import { CLEAN, Traffic, judge, people } from './traffic.js';

const TTL_MS = 2_000;

let world: CrashWorld;
let number: LinkedNumber;
let holder: GatewayProcess;
let customers: string[];
let count = 0;
const another = () => world.gateway(`machine-${++count}`, TTL_MS);

interface LeaseRow {
  holder: string;
  epoch: string;
}
const lease = async () => (await world.operator.query<LeaseRow>('select holder, epoch from channel_leases where channel = $1', [number.channel])).rows[0]!;
const takenBy = (name: string) => waitFor(`${name} to hold the number`, async () => (await lease()).holder === name);
/** Rows that name an older epoch than the given one, and the newest of them. */
const writtenBefore = async (epoch: number) =>
  (await world.operator.query<{ count: string; newest: string | null }>(
    'select count(*), max(id) newest from messages where channel = $1 and epoch < $2', [number.channel, epoch])).rows[0];

beforeAll(async () => {
  world = await CrashWorld.start();
  holder = await another();
  number = await world.link('5493410000001');
  customers = people(world, 6);
});
afterAll(() => world?.stop());

describe('two gateways', () => {
  it.each([['amid nothing', 0], ['amid a journal call', 1_000]])(
    'one that was stopped %s until its lease had passed on writes nothing when it goes on',
    async (_name, delayMs) => {
      const traffic = new Traffic(world, number, customers, 250);
      await waitFor('traffic', () => traffic.total > customers.length * 2);
      await holder.delayJournal(delayMs); // a call is under way, and has not reached the database
      holder.signal('SIGSTOP');
      const old = holder;
      holder = await another();
      await takenBy(`machine-${count}`);
      await world.untilOnline(number.number);
      const { epoch } = await lease();
      await waitFor('the new one to write', async () =>
        (await world.operator.query('select 1 from messages where channel = $1 and epoch >= $2', [number.channel, epoch])).rowCount);
      const before = await writtenBefore(Number(epoch));
      const linesBefore = world.output.length;
      old.signal('SIGCONT');
      await waitFor('the old one to let go', () => world.output.slice(linesBefore).some((line) => line.includes('number given up')));
      await traffic.stop();
      await world.untilDelivered(number.number);
      expect(await writtenBefore(Number(epoch))).toEqual(before);
      expect((await lease()).holder).toBe(`machine-${count}`);
      expect(await judge(world, number, traffic)).toEqual(CLEAN);
      await old.kill();
    },
  );
});
