import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { waitFor } from '../../libs/testing/wait-for.js';
import { ScriptedWorld } from '../conversation/scripted-world.js';
import { lookAtPayment } from '../platform-payment/client.js';
import { watchLink } from './client.js';
import { workflowId } from './contract.js';

const company = 'acme';
let world: ScriptedWorld;
beforeAll(async () => {
  world = await ScriptedWorld.start(company);
}, 120_000);
afterAll(() => world.stop());

const client = () => world.environment.client.workflow;
const ended = (link: string) => waitFor('its end', async () => (await client().getHandle(workflowId({ company, link })).describe()).status.name === 'COMPLETED');
async function watched() {
  const link = randomUUID();
  const script = world.activities.payments.addLink(link);
  await watchLink(client(), { company, link });
  return { link, script };
}

describe('the workflow of a link', { timeout: 120_000 }, () => {
  it('is watched once, however often it is asked for, and ends when it expires', async () => {
    const { link, script } = await watched();
    await watchLink(client(), { company, link });
    await world.environment.sleep('5m');
    await waitFor('a look', () => script.looks === 1);
    script.state = 'expired';
    await world.environment.sleep('20m');
    await ended(link);
    expect(script.looks).toBe(2);
    expect((await client().getHandle(workflowId({ company, link })).describe()).searchAttributes).toMatchObject({ HiloCompany: [company], HiloState: ['expired'] });
  });

  // A voucher that is paid in cash: the platform knows the payment at once, and says `pending` until somebody has gone to pay it.
  it('finds a payment of which no notice came; while that is pending the two do not wake each other for ever; when it is there the link ends', async () => {
    const { payments } = world.activities;
    const { link, script } = await watched();
    const payment = payments.add({ money: 'waiting', link, receipts: [] });
    script.payments.push(payment);
    await world.environment.sleep('20h');
    await waitFor('looks of both', () => script.looks >= 4 && payments.of(payment).looks > 4);
    expect(script.looks).toBe(4); // after 3 minutes, 15, an hour, six
    expect(payments.of(payment).looks).toBeLessThan(16);
    payments.of(payment).says = [{ money: 'paid', link, receipts: [] }];
    await lookAtPayment(client(), { company, platform: 'mercadopago', payment });
    await ended(link);
    expect([script.state, script.looks]).toEqual(['paid', 5]);
  });
});
