import { randomUUID } from 'node:crypto';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { Worker } from '@temporalio/worker';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Resolution, ReversalCause } from '../../libs/domain/settlement/settlement.js';
import { MAIN_QUEUE } from '../../libs/temporal/queues.js';
import { companyConverter } from '../../libs/testing/company-converter.js';
import { createTimeSkippingEnv } from '../../libs/testing/temporal-env.js';
import { waitFor } from '../../libs/testing/wait-for.js';
import { bundleWorkflows } from '../conversation/scripted-world.js';
import { resolveSettlement, reverseSettlement, startSettlement } from './client.js';
import { workflowId } from './contract.js';
import { ScriptedSettlements } from './scripted-settlements.js';

const company = 'acme';
let environment: TestWorkflowEnvironment;
let worker: Worker;
let running: Promise<void>;
let settlements: ScriptedSettlements;

beforeAll(async () => {
  const converter = companyConverter(company);
  environment = await createTimeSkippingEnv({ client: { dataConverter: converter } });
  settlements = new ScriptedSettlements(() => environment.currentTimeMs());
  worker = await Worker.create({
    connection: environment.nativeConnection, dataConverter: converter, taskQueue: MAIN_QUEUE, workflowBundle: await bundleWorkflows(), activities: settlements.activities,
  });
  running = worker.run();
}, 120_000);
afterAll(async () => {
  worker.shutdown();
  await running;
  await environment.teardown();
});

const client = () => environment.client.workflow;
const begin = async () => {
  const ref = { company, settlement: randomUUID() };
  await startSettlement(client(), ref);
  return { ref, script: settlements.of(ref.settlement), ...handlesOf(ref) };
};
const handlesOf = (ref: { company: string; settlement: string }) => {
  const status = async () => (await client().getHandle(workflowId(ref)).describe()).status.name;
  return {
    isEnded: () => waitFor('its end', async () => (await status()) === 'COMPLETED'),
    reverse: (cause: ReversalCause = 'person') => reverseSettlement(client(), ref, { command: randomUUID(), cause, actor: randomUUID() }),
    resolve: (how: Resolution) => resolveSettlement(client(), ref, { command: randomUUID(), actor: randomUUID(), how }),
  };
};
const forward = ['register done', 'reactivate done', 'tell done', 'notify done'];
const backward = ['reverse', 'reverse done', 'tell-reversal done', 'notify-reversal done'];

describe('the workflow of a settlement', { timeout: 120_000 }, () => {
  it('does its steps in their order and ends; refused afterwards, it begins again from its rows and goes back', async () => {
    const { script, isEnded, reverse, resolve, ref } = await begin();
    await isEnded();
    expect(script.did).toEqual(forward);
    expect(await resolve('retry')).toEqual({ ok: false, reason: 'not-now' });
    expect(await reverse()).toEqual({ ok: true, state: 'reversing' });
    await isEnded();
    expect(script.did).toEqual([...forward, ...backward]);
    expect((await client().getHandle(workflowId(ref)).describe()).searchAttributes).toMatchObject({ HiloCompany: [company], HiloState: ['reversed'] });
  });

  it('tries again for days what a system does not answer, and gives up at once when somebody says no meanwhile', async () => {
    const ref = { company, settlement: randomUUID() };
    const script = settlements.of(ref.settlement);
    script.outcomes.register = Array.from({ length: 60 }, () => 'waiting' as const);
    await startSettlement(client(), ref);
    const { isEnded, reverse } = handlesOf(ref);
    await environment.sleep('40h');
    await waitFor('many attempts', () => script.did.length > 30);
    expect(await reverse('refunded')).toEqual({ ok: true, state: 'given-up' });
    await isEnded();
    expect(script.did.at(-1)).toBe('reverse');
  });

  it('waits for a person where it is stuck, and goes on as they say', async () => {
    const ref = { company, settlement: randomUUID() };
    const script = settlements.of(ref.settlement);
    script.outcomes.register = ['failed'];
    await startSettlement(client(), ref);
    const { isEnded, resolve } = handlesOf(ref);
    await waitFor('it is stuck', async () => (await client().getHandle(workflowId(ref)).describe()).searchAttributes['HiloState']?.[0] === 'stuck');
    expect(await resolve('by-hand')).toMatchObject({ ok: true });
    await isEnded();
    expect(script.did).toEqual(['register failed', 'resolve', ...forward.slice(1)]);
    await expect(resolveSettlement(client(), ref, { command: 'no id', actor: randomUUID(), how: 'retry' })).rejects.toThrow();
  });

  it('hears a no while a step is under way, lets that end, and takes back what it did; nobody resolves meanwhile', async () => {
    const ref = { company, settlement: randomUUID() };
    const script = settlements.of(ref.settlement);
    const { isEnded, reverse, resolve } = handlesOf(ref);
    script.facts.parts.unsure = 1; // as the activity writes before it orders
    script.during = async (step) => {
      if (step !== 'register') return;
      expect(await resolve('give-up')).toEqual({ ok: false, reason: 'not-now' });
      expect(await reverse('charged-back')).toEqual({ ok: true, state: 'reversing' });
    };
    await startSettlement(client(), ref);
    await isEnded();
    expect(script.did).toEqual(['reverse', 'register done', ...backward.slice(1)]);
  });

  it('puts off a step that a fault of ours breaks for an hour, and answers meanwhile', async () => {
    const ref = { company, settlement: randomUUID() };
    const script = settlements.of(ref.settlement);
    script.outcomes.tell = ['broken'];
    await startSettlement(client(), ref);
    await environment.sleep('2h');
    await handlesOf(ref).isEnded();
    expect(script.did.slice(0, 3)).toEqual(['register done', 'reactivate done', 'postpone tell']);
    expect(script.did.slice(3).toSorted()).toEqual(['notify done', 'tell done']);
  });
});
