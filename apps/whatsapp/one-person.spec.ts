import { afterAll, beforeAll, expect, it } from 'vitest';
import { GatewayStage } from './testing/gateway-stage.js';

const BUSINESS = '5493410000001';
const CARO = '5493415550009';

let stage: GatewayStage;
beforeAll(async () => {
  stage = await GatewayStage.start();
}, 120_000);
afterAll(() => stage?.stop());

it('a phone and a hidden number of one person are one chat once an envelope names both; what the other still had to say is sent', async () => {
  const channel = await stage.linked(BUSINESS);
  // As the network was before LIDs: the simulated one always names the LID.
  const { rows: [phone] } = await stage.operator.query<{ conversation: string }>(
    `select p.conversation from channels h, put_message(h.company, h.id, 1, $2) p where h.id = $1`,
    [channel, { id: 'OLD', addresses: [`${CARO}@s.whatsapp.net`], participant: '', fromMe: false, author: 'customer', kind: 'text', text: 'antes', envelope: {} }],
  );
  stage.network.putPerson(CARO, { name: 'Caro', hidePhone: true });
  const hidden = await stage.written(channel, BUSINESS, CARO, 'sin mostrarlo');
  expect(hidden).not.toBe(phone!.conversation);
  stage.network.putPerson(CARO, { name: 'Caro', hidePhone: false });
  expect(await stage.written(channel, BUSINESS, CARO, 'mostrándolo')).toBe(phone!.conversation);
  expect(await stage.send(channel, await stage.queue(channel, hidden, 'lo que quedaba por decir'), 60_000)).toEqual({ state: 'sent' });
  const { rows: [merged] } = await stage.operator.query('select merged_into from conversations where id = $1', [hidden]);
  expect(merged).toEqual({ merged_into: phone!.conversation });
});
