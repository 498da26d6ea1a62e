import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { waitFor } from '../../libs/testing/wait-for.js';
import { GatewayStage } from './testing/gateway-stage.js';

const BUSINESS = '5493410000001';
const ANA = '5493415550001';

let stage: GatewayStage;
let channel: string;
let conversation: string;

beforeAll(async () => {
  stage = await GatewayStage.start();
  stage.network.putPerson(ANA, { name: 'Ana' });
  channel = await stage.linked(BUSINESS);
  conversation = await stage.written(channel, BUSINESS, ANA, 'hola');
});
afterAll(() => stage?.stop());

describe('a number that is linked', () => {
  it('shows the bot typing before its answer leaves', async () => {
    await stage.safety(channel, 'typing_ms_per_char = 1, typing_least_ms = 700, typing_most_ms = 700');
    const seen: string[] = [];
    stage.network.on((event) => void (event.kind === 'typing' && seen.push(event.state)));
    const id = await stage.queue(channel, conversation, 'buenas');
    expect(await stage.send(channel, id)).toMatchObject({ state: 'held', reason: 'typing' });
    await waitFor('the bot to type', () => seen.includes('composing'));
    expect((await stage.messages(channel)).at(-1)).toMatchObject({ state: 'queued' });
    await waitFor('the answer to leave', async () => (await stage.send(channel, id)).state === 'sent');
    await waitFor('the typing to end', () => seen.includes('paused'));
    expect(seen).toEqual(['composing', 'paused']);
    await stage.safety(channel, 'typing_ms_per_char = 0');
  });

  it('sends what nobody asked for by itself, in its lane', async () => {
    await stage.safety(channel, "quiet_from = '00:00', quiet_until = '00:00'");
    const id = await stage.queue(channel, conversation, 'Tu factura vence mañana');
    await stage.operator.query("insert into unasked_sends (company, message, channel, conversation, lane) values ('alfa', $1, $2, $3, 'notice')", [id, channel, conversation]);
    await waitFor('the notice to be sent', async () => ['sent', 'delivered', 'read'].includes((await stage.messages(channel)).find((one) => one.id === id)!.state!));
  });

  it('writes to no stranger any more when the network refuses one, and goes on answering', async () => {
    stage.network.putPerson('5493415550009', { name: 'Nadie' });
    const stranger = await stage.stranger(channel, '5493415550009');
    await stage.safety(channel, 'first_contact_gap_least_ms = 0, first_contact_gap_most_ms = 0, gap_least_ms = 0, gap_most_ms = 0');
    await stage.operator.query("update send_budgets set next_at = '-infinity' where channel = $1", [channel]);
    expect(await stage.send(channel, await stage.queue(channel, stranger, 'oferta'))).toEqual({ state: 'failed', cause: 'ack-463' });
    await waitFor('the restriction to be known', async () => (await stage.restrictions(channel)).length > 0);
    expect(await stage.restrictions(channel)).toEqual([{ signal: 'no-new-chats', stops: 'first-contacts' }]);
    expect(await stage.send(channel, await stage.queue(channel, stranger, 'otra oferta'))).toMatchObject({ state: 'held', reason: 'restricted' });
    expect(await stage.send(channel, await stage.queue(channel, conversation, 'te ayudo'))).toEqual({ state: 'sent' });
  });
});
