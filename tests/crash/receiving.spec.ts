import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CrashWorld, type LinkedNumber } from './crash-world.js';
import type { GatewayProcess } from './gateway-process.js';
import type { KillPoint } from './messages.js';
import { REPETITIONS } from './repetitions.js';
import { report } from './report.js';
import { queueReply, sendUntilDone } from './sending.js';
import { CLEAN, Traffic, judge, people } from './traffic.js';

const PEOPLE = 10;
const EVERY_MS = 900;

let world: CrashWorld;
let number: LinkedNumber;
let gateway: GatewayProcess;
let customers: string[];

beforeAll(async () => {
  world = await CrashWorld.start();
  gateway = await world.gateway();
  number = await world.link('5493410000001');
  customers = people(world, PEOPLE);
  for (const person of customers) await world.network.personSends(person, number.number, 'hola');
  await world.untilDelivered(number.number);
  // Whom we have answered goes on with the session's ratchet; the others still send its first kind of message.
  for (const person of customers.slice(0, PEOPLE / 2)) {
    await sendUntilDone(() => gateway, number, await queueReply(world, number, person, 'buenas'));
  }
});
afterAll(() => world?.stop());

/** Kills the gateway at that point again and again while customers write, and lets the next one finish the work. */
async function killAgainAndAgain(arm: (round: GatewayProcess) => () => void): Promise<{ traffic: Traffic; kills: number }> {
  const traffic = new Traffic(world, number, customers, EVERY_MS);
  let kills = 0;
  for (let round = 0; round < REPETITIONS; round++) {
    await world.untilOnline(number.number);
    const disarm = arm(gateway);
    if ((await gateway.ended) === 'SIGKILL') kills++;
    disarm();
    gateway = await world.gateway();
  }
  await traffic.stop();
  await world.untilDelivered(number.number);
  return { traffic, kills };
}

const inStore = (point: KillPoint) => (round: GatewayProcess) => {
  round.planKill(point, 1 + Math.floor(Math.random() * 6));
  return () => undefined;
};

/** Kills from outside at the moment when the network has a receipt. */
const afterReceipt = (round: GatewayProcess) => {
  let nth = 1 + Math.floor(Math.random() * 6);
  return world.network.on((event) => {
    if (event.kind === 'state' && event.entry.direction === 'in' && event.entry.state === 'delivered' && --nth === 0) round.signal('SIGKILL');
  });
};

describe('a gateway that is killed while customers write', () => {
  it.each([
    ['before the journal commits', inStore('before-commit')],
    ['while it commits', inStore('while-commit')],
    ['between commit and ack', inStore('after-commit')],
    ['after the ack', afterReceipt],
  ] as const)('%s: each message is one row, in order, and nobody is asked again', async (name, arm) => {
    const { traffic, kills } = await killAgainAndAgain(arm);
    const verdict = await judge(world, number, traffic);
    report(`${name}: ${kills} kills, ${traffic.total} messages`);
    expect(kills).toBe(REPETITIONS);
    expect(traffic.total).toBeGreaterThan(PEOPLE);
    expect(verdict).toEqual(CLEAN);
    expect(world.network.unknown).toEqual([]);
  });

  it('has told every conversation of its last message, or will by the sweeper', async () => {
    const { rows } = await world.operator.query<{ id: string; last_seq: string }>('select id, last_seq from conversations where channel = $1', [number.channel]);
    expect(rows).toHaveLength(PEOPLE);
    const told = () => rows.every(({ id, last_seq }) => gateway.told.get(id) === Number(last_seq));
    await expect.poll(told, { timeout: 20_000 }).toBe(true);
  });

  it('journals a message in some milliseconds, and prints what it does, but no key', () => {
    const output = world.output.join('');
    const took = [...output.matchAll(/"stage":"journal","ms":([\d.]+)/g)].map(([, ms]) => Number(ms)).sort((a, b) => a - b);
    report(`journal: p50 ${took[took.length >> 1]?.toFixed(1)} ms, p95 ${took[Math.floor(took.length * 0.95)]?.toFixed(1)} ms of ${took.length}`);
    expect(took.length).toBeGreaterThan(PEOPLE);
    expect(output).not.toContain('privKey');
  });
});
