import type { WACallEvent } from '@whiskeysockets/baileys';
import { describe, expect, it } from 'vitest';
import { ANA, BUSINESS, linkedClient, simulation } from './testing/simulation.js';
import { until } from './testing/until.js';

async function callable() {
  const simulated = await simulation();
  const device = await linkedClient(simulated);
  const ana = simulated.network.putPerson(ANA, { name: 'Ana' });
  const calls: WACallEvent[] = [];
  device.socket.ev.on('call', (events) => calls.push(...events));
  const call = async (body: object) => {
    const response = await fetch(`${simulated.controlUrl}/people/${ANA}/calls`, { method: 'POST', body: JSON.stringify({ to: BUSINESS, ...body }) });
    return ((await response.json()) as { id: string }).id;
  };
  return { network: simulated.network, simulated, device, ana, calls, call };
}

describe('a call from a person', () => {
  it('rings at the client, which refuses it; both sides know', async () => {
    const { network, simulated, device, ana, calls, call } = await callable();

    const id = await call({ video: true });
    const offer = await until(() => calls.find(({ status }) => status === 'offer'), 'it rings');
    expect(offer).toMatchObject({ id, chatId: ana.lidJid, from: ana.lidJid, callerPn: ana.phoneJid, isVideo: true, isGroup: false });
    await until(() => network.ledger.find('in', BUSINESS, ANA, id)?.state === 'delivered', 'the client has acknowledged it');
    await device.socket.rejectCall(offer.id, offer.from);

    const chat = (await (await fetch(`${simulated.controlUrl}/people/${ANA}/messages`)).json()) as object[];
    expect(chat).toMatchObject([{ id, kind: 'call', from: ANA, call: { video: true, state: 'rejected' } }]);
    expect(network.unknown).toEqual([]);
  });

  it('ends when nobody answers, and the client hears that it was missed', async () => {
    const { network, calls, call } = await callable();
    const id = await call({ ms: 1 });
    await until(() => calls.some((one) => one.id === id && one.status === 'timeout'), 'the client hears of the end');
    expect(network.ledger.find('in', BUSINESS, ANA, id)?.call).toEqual({ video: false, state: 'missed' });
  });
});
