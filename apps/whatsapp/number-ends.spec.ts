import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { waitFor } from '../../libs/testing/wait-for.js';
import { GatewayStage } from './testing/gateway-stage.js';

const ANA = '5493415550001';
const inAnHour = () => new Date(Math.floor(Date.now() / 1_000) * 1_000 + 3_600_000);

let stage: GatewayStage;
let last = 5493410000000;
const newNumber = async () => {
  const number = String(++last);
  return { number, channel: await stage.linked(number) };
};
const epochOf = async (channel: string) =>
  Number((await stage.operator.query<{ epoch: string }>('select epoch from channel_leases where channel = $1', [channel])).rows[0]!.epoch);

beforeAll(async () => {
  stage = await GatewayStage.start();
  stage.network.putPerson(ANA, { name: 'Ana' });
});
afterEach(() => stage.network.clearFaults());
afterAll(() => stage?.stop());

describe('the end of a link', () => {
  it.each(['logout', 'ban'] as const)('by %s is told apart, tried no more, and begins anew with a QR when somebody wishes it', async (kind) => {
    const { number, channel } = await newNumber();
    stage.network.addFault({ kind, account: number });
    await stage.inState(channel, 'logged-out');
    expect(await stage.channel(channel)).toMatchObject({ state_reason: kind === 'ban' ? 'banned' : 'logged-out', wanted: false });
    await waitFor('the number to be given up', () => !stage.gateway.held.includes(channel));
    expect(await stage.operator.query('select 1 from wa_creds where channel = $1', [channel])).toMatchObject({ rowCount: 0 });
    stage.network.clearFaults();
    await stage.operator.query('update channels set wanted = true where id = $1', [channel]);
    await stage.scan(channel, number);
    expect(await stage.channel(channel)).toMatchObject({ state: 'linked', state_reason: null });
  });

  it.each(['stream-error', 'replaced'] as const)('is not what %s makes of it: the lease is asked, and the number comes back with its link', async (kind) => {
    const { number, channel } = await newNumber();
    const before = await epochOf(channel);
    stage.network.addFault({ kind, account: number, times: 1 });
    await waitFor('another session', async () => (await epochOf(channel)) > before && (await stage.channel(channel)).state === 'linked', 60_000);
    await stage.written(channel, number, ANA, `después de ${kind}`);
    expect(await epochOf(channel)).toBe(before + 1);
  });
});

describe('a restriction', () => {
  it.each([
    ['reachout', 'reachout-lock'],
    ['capping', 'message-cap'],
  ] as const)('(%s) is known when the network announces it, with its end, stops first contacts alone, and lifts with its word', async (kind, signal) => {
    const { number, channel } = await newNumber();
    const until = inAnHour();
    const conversation = await stage.written(channel, number, ANA, `hola, ${kind}`);
    stage.network.restrictions.set(stage.network.account(number), { kind, until: until.toISOString() });
    await waitFor('the restriction to be known', async () => (await stage.restrictions(channel)).length > 0);
    expect(await stage.restrictions(channel)).toEqual([{ signal, stops: 'first-contacts' }]);
    const { rows: [row] } = await stage.operator.query<{ until: Date }>('select until from channel_restrictions where channel = $1', [channel]);
    expect(row!.until).toEqual(until);
    const stranger = await stage.stranger(channel, `54934155${last % 100_000}${kind === 'capping' ? 1 : 2}`);
    expect(await stage.send(channel, await stage.queue(channel, stranger, 'oferta'))).toMatchObject({ state: 'held', reason: 'restricted' });
    expect(await stage.send(channel, await stage.queue(channel, conversation, 'te ayudo'))).toEqual({ state: 'sent' });
    stage.network.restrictions.set(stage.network.account(number), undefined);
    await waitFor('it to be lifted', async () => (await stage.restrictions(channel)).length === 0);
  });

  it('that came while nobody was linked is asked for at the next link', async () => {
    const { number, channel } = await newNumber();
    await stage.operator.query('update channels set wanted = false where id = $1', [channel]);
    stage.gateway.changed(channel);
    await waitFor('the number to be given up', () => !stage.gateway.held.includes(channel));
    stage.network.restrictions.set(stage.network.account(number), { kind: 'reachout', until: inAnHour().toISOString() });
    await stage.operator.query('update channels set wanted = true where id = $1', [channel]);
    await stage.scan(channel, number);
    await waitFor('the restriction to be known', async () => (await stage.restrictions(channel)).length > 0);
    expect(await stage.restrictions(channel)).toEqual([{ signal: 'reachout-lock', stops: 'first-contacts' }]);
  });
});
