import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { waitFor } from '../../libs/testing/wait-for.js';
import { CrashWorld, type LinkedNumber } from './crash-world.js';
import type { GatewayProcess } from './gateway-process.js';
import { REPETITIONS } from './repetitions.js';
import { queueReply, sendUntilDone, shown, type Outgoing } from './sending.js';
import { people } from './traffic.js';

let world: CrashWorld;
let number: LinkedNumber;
let gateway: GatewayProcess;
let person: string;

beforeAll(async () => {
  world = await CrashWorld.start();
  gateway = await world.gateway();
  number = await world.link('5493410000001');
  person = people(world, 1)[0]!;
  await world.network.personSends(person, number.number, 'hola');
  await world.untilDelivered(number.number);
  await sendUntilDone(() => gateway, number, await queueReply(world, number, person, 'primera'));
});
afterAll(() => world?.stop());

type Arm = (round: GatewayProcess, reply: Outgoing) => () => void;

/** Kills from outside when the network has the message and has not acknowledged it yet. */
const atTheNetwork: Arm = (round, reply) =>
  world.network.on((event) => {
    if (event.kind === 'message' && event.entry.direction === 'out' && event.entry.id === reply.waId) round.signal('SIGKILL');
  });
/** Kills itself when the ratchet of a ciphertext is committed, before that ciphertext is used. */
const afterItsRatchet: Arm = (round) => {
  round.planKill('ratchet-of-a-send', 1);
  return () => undefined;
};
/** Kills from outside when the customer's phone has said that it has it. */
const afterDelivery: Arm = (round, reply) =>
  world.network.on((event) => {
    if (event.kind === 'state' && event.entry.id === reply.waId && event.entry.state === 'delivered') round.signal('SIGKILL');
  });

describe('a gateway that is killed while it sends', () => {
  it.each([
    ['after the ratchet is committed', afterItsRatchet],
    ['between send and ack', atTheNetwork],
    ['after the delivery', afterDelivery],
  ] as const)('%s: the customer sees the answer once, and can read it and the next', async (_name, arm) => {
    for (let round = 0; round < REPETITIONS; round++) {
      const reply = await queueReply(world, number, person, `respuesta ${round}`);
      const disarm = arm(gateway, reply);
      const first = gateway;
      const sent = sendUntilDone(() => gateway, number, reply);
      expect(await first.ended).toBe('SIGKILL');
      disarm();
      gateway = await world.gateway();
      expect(await sent).toBe('sent');
      expect(shown(world, number, reply)).toMatchObject({ text: reply.text, retries: 0 });
      expect(shown(world, number, reply)?.state).not.toBe('unreadable');
      const next = await queueReply(world, number, person, `siguiente ${round}`);
      expect(await sendUntilDone(() => gateway, number, next)).toBe('sent');
      expect(shown(world, number, next)).toMatchObject({ text: next.text, copies: 1, retries: 0 });
      if (round % 2) await world.network.personSends(person, number.number, `gracias ${round}`); // the ratchet turns
    }
    expect(world.network.unknown).toEqual([]);
  });

  it('knows of every answer that it was delivered or read', async () => {
    await waitFor('every row to say so', async () => {
      const { rows } = await world.operator.query<{ state: string }>("select state from messages where channel = $1 and direction = 'out'", [number.channel]);
      return rows.length > REPETITIONS && rows.every(({ state }) => state === 'delivered' || state === 'read');
    });
  });
});
