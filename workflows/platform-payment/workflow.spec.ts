import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PaymentLook } from '../../activities/payments/looking.js';
import { waitFor } from '../../libs/testing/wait-for.js';
import { ScriptedWorld } from '../conversation/scripted-world.js';
import { workflowId as settlementId } from '../settlement/contract.js';
import { lookAtPayment } from './client.js';
import { workflowId } from './contract.js';

const company = 'acme';
let world: ScriptedWorld;
beforeAll(async () => {
  world = await ScriptedWorld.start(company);
}, 120_000);
afterAll(() => world.stop());

const client = () => world.environment.client.workflow;
const of = (payment: string) => world.activities.payments.of(payment);
const refOf = (payment: string) => ({ company, platform: 'mercadopago', payment }) as const;
const notice = (payment: string) => lookAtPayment(client(), refOf(payment));
const statusOf = async (id: string) => (await client().getHandle(id).describe()).status.name;
const ended = (payment: string) => waitFor('its end', async () => (await statusOf(workflowId(refOf(payment)))) === 'COMPLETED');

async function noticed(...says: PaymentLook[]): Promise<string> {
  const payment = world.activities.payments.add(...says);
  await notice(payment);
  return payment;
}

describe('the workflow of a payment', { timeout: 120_000 }, () => {
  // The server that skips time skips none any more once a run has ended whose child goes on: what waits comes before what is settled.
  it('waits for what is pending, also when no notice comes', async () => {
    const payment = await noticed({ money: 'waiting', receipts: [] }, { money: 'waiting', receipts: [] }, { money: 'failed', receipts: [] });
    await world.environment.sleep('2h');
    await ended(payment);
    expect(of(payment).looks).toBe(3);
    expect((await client().getHandle(workflowId(refOf(payment))).describe()).searchAttributes).toMatchObject({ HiloCompany: [company], HiloState: ['failed'] });
  });

  it('that nobody knows is asked for a few times, and forgotten', async () => {
    const payment = await noticed({ money: 'absent', receipts: [] });
    await world.environment.sleep('1h');
    await ended(payment);
    expect(of(payment).looks).toBe(4);
  });

  it('tells receipts and its link, which may have ended', async () => {
    const payment = await noticed({ money: 'paid', link: randomUUID(), receipts: [randomUUID()] });
    await ended(payment);
    expect(of(payment).looks).toBe(1);
  });

  it('takes back what was given back', async () => {
    const payment = await noticed({ money: 'reversed', reverse: { settlement: randomUUID(), cause: 'charged-back' }, receipts: [] });
    await ended(payment);
    expect(of(payment).reversed).toEqual(['charged-back']);
  });

  it('looks once for a notice, starts the settlement, and ends; the next notice starts it again and settles nothing anew', async () => {
    const settlement = randomUUID();
    const { did } = world.activities.settlements.of(settlement);
    const payment = await noticed({ money: 'paid', settlement, receipts: [] });
    await ended(payment);
    await waitFor('the settlement’s end', async () => (await statusOf(settlementId({ company, settlement }))) === 'COMPLETED');
    const { runId } = await client().getHandle(settlementId({ company, settlement })).describe();
    await notice(payment);
    await waitFor('another look', () => of(payment).looks === 2);
    await ended(payment);
    expect((await client().getHandle(settlementId({ company, settlement })).describe()).runId).toBe(runId);
    expect(did.filter((entry) => entry.startsWith('register'))).toEqual(['register done']);
  });
});
