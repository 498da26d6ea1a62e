import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CrashWorld, type LinkedNumber } from './crash-world.js';
import type { GatewayProcess } from './gateway-process.js';
import { report } from './report.js';
import { queueReply, sendUntilDone, shown, type Outgoing } from './sending.js';
import { CLEAN, Traffic, judge, people } from './traffic.js';

/** Messages that each number gets while it answers: below some hundred the races hide. */
const ENOUGH = 300;

let world: CrashWorld;
let gateway: GatewayProcess;
let numbers: LinkedNumber[];
let customers: string[];

beforeAll(async () => {
  world = await CrashWorld.start();
  gateway = await world.gateway();
  numbers = [await world.link('5493410000001'), await world.link('5493410000002')];
  customers = people(world, 4);
  for (const { number } of numbers) for (const person of customers) await world.network.personSends(person, number, 'hola');
  for (const { number } of numbers) await world.untilDelivered(number);
});
afterAll(() => world?.stop());

describe('two numbers with the same customers in one process', () => {
  it('answer while they are written to: every reply can be read, nothing is lost', async () => {
    const traffic = numbers.map((number) => new Traffic(world, number, customers, 60));
    const replies: { number: LinkedNumber; reply: Outgoing }[] = [];
    for (let round = 0; traffic.some(({ total }) => total < ENOUGH); round++) {
      const sends = numbers.flatMap((number) => customers.map(async (person) => {
        const reply = await queueReply(world, number, person, `respuesta ${round} a ${person}`);
        replies.push({ number, reply });
        expect(await sendUntilDone(() => gateway, number, reply)).toBe('sent');
      }));
      await Promise.all(sends);
    }
    await Promise.all(traffic.map((one) => one.stop()));
    for (const { number } of numbers) await world.untilDelivered(number);
    report(`two numbers: ${traffic.map(({ total }) => total).join(' + ')} messages in, ${replies.length} replies`);
    for (const { number, reply } of replies) {
      const seen = shown(world, number, reply);
      expect(seen).toMatchObject({ text: reply.text, copies: 1, retries: 0 });
      expect(seen?.state).not.toBe('unreadable');
    }
    for (const [index, number] of numbers.entries()) expect(await judge(world, number, traffic[index]!)).toEqual(CLEAN);
    expect(gateway.lives).toBe(true);
    expect(world.network.unknown).toEqual([]);
  });
});
