import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ReceiptCommandKind } from '../../libs/domain/receipt/case.js';
import { waitFor } from '../../libs/testing/wait-for.js';
import { ScriptedWorld } from '../conversation/scripted-world.js';
import { workflowId as settlementId } from '../settlement/contract.js';
import { orderReceipt, startReceipt } from './client.js';
import { moneyArrived, startOf, workflowId } from './contract.js';
import type { ScriptedReceipt } from './scripted-receipts.js';

const company = 'acme';
let world: ScriptedWorld;
beforeAll(async () => {
  world = await ScriptedWorld.start(company);
});
afterAll(() => world.stop());

const client = () => world.environment.client.workflow;
const of = (receipt: string) => world.activities.receipts.of(receipt);
const handle = (receipt: string) => client().getHandle(workflowId({ company, receipt }));
const runs = async (receipt: string) => (await handle(receipt).describe()).status.name === 'RUNNING';

async function started(more: Partial<ScriptedReceipt> = {}): Promise<string> {
  const receipt = world.activities.receipts.add(more);
  await startReceipt(client(), { company, receipt });
  return receipt;
}
const until = (receipt: string, state: string) => waitFor(`it is ${state}`, () => of(receipt).state === state);
const ended = (receipt: string) => waitFor('its end', async () => !(await runs(receipt)));
const did = (receipt: string, entry: string) => waitFor(entry, () => of(receipt).did.includes(entry));

function order(receipt: string, kind: ReceiptCommandKind, why?: string, command: string = randomUUID()) {
  if (why !== undefined) world.activities.receipts.reasons.set(command, why);
  return orderReceipt(client(), { company, receipt }, kind, { command, actor: randomUUID() });
}
/** The settlement's workflow, started as a child that outlives its parent. */
const settlementOf = async (receipt: string) => {
  const { settlement } = of(receipt);
  return (await client().getHandle(settlementId({ company, settlement: settlement! })).describe()).type;
};

describe('the receipt workflow', { timeout: 120_000 }, () => {
  // The server that skips time skips none any more once a run has ended whose child goes on: what waits comes before what is accepted.
  it('does each step once though the worker dies over every one of them, and hears repeated signals as one', async () => {
    const receipt = await started({ dying: 2 });
    await world.environment.sleep('1m');
    of(receipt).dying = 3;
    of(receipt).says = 'taken';
    await Promise.all([1, 2, 3].map(() => client().signalWithStart('receipt', { ...startOf({ company, receipt }), signal: moneyArrived, signalArgs: [] })));
    await until(receipt, 'rejected');
    await world.environment.sleep('5m');
    await ended(receipt);
    expect(of(receipt).did.filter((entry) => entry === 'tell rejected')).toHaveLength(1);
    expect(of(receipt).did.filter((entry) => entry === 'read').length).toBe(1);
  });

  it('is not decided while an ISP’s system is away, and goes on when it is back', async () => {
    const receipt = await started({ says: 'away' });
    await until(receipt, 'waiting');
    of(receipt).says = 'nothing';
    await world.environment.sleep('2m');
    await until(receipt, 'review');
  });

  it('waits for its file and for the bank less and less often, then for a person and without an end, who is told of once and reminded once; money that comes wakes it', async () => {
    const [paid, decided] = [await started({ missing: 4 }), await started()];
    await world.environment.sleep('2m');
    await Promise.all([paid, decided].map((one) => until(one, 'waiting')));
    await world.environment.sleep('29h');
    await Promise.all([paid, decided].map((one) => did(one, 'tell review')));
    await world.environment.sleep('60 days');
    expect([await runs(paid), await runs(decided)]).toEqual([true, true]);
    of(paid).says = 'confirmed';
    await handle(paid).signal(moneyArrived);
    await until(paid, 'accepted');
    expect(await order(decided, 'approve')).toMatchObject({ ok: true, state: 'accepted' });
    for (const receipt of [paid, decided]) {
      await ended(receipt);
      expect(await settlementOf(receipt)).toBe('settlement');
    }
    expect(of(paid).did).toEqual(['read', 'weigh not-yet', 'tell review', 'remind', 'weigh confirmed']);
    expect(of(decided).did).toEqual(['read', 'weigh not-yet', 'tell review', 'remind', 'approve']);
    expect((await handle(paid).describe()).searchAttributes).toMatchObject({ HiloCompany: [company], HiloState: ['accepted'] });
  });

  it('is refused, asked for again or corrected by a person, and the customer is told', async () => {
    const [rejected, another, corrected] = await Promise.all([started({ says: 'nothing' }), started({ says: 'nothing' }), started({ says: 'nothing' })]);
    await Promise.all([rejected, another, corrected].map((one) => did(one, 'tell review')));
    expect(await order(rejected, 'reject')).toEqual({ ok: false, reason: 'needs-reason' });
    expect(await order(rejected, 'reject', 'No es de acá')).toMatchObject({ ok: true, state: 'rejected' });
    expect(await order(another, 'ask-another', 'No se lee')).toMatchObject({ ok: true, state: 'asked-another' });
    of(corrected).says = 'confirmed';
    expect(await order(corrected, 'correct')).toMatchObject({ ok: true, state: 'review' });
    await until(corrected, 'accepted');
    await did(rejected, 'tell rejected');
    await did(another, 'tell asked-another');
    await Promise.all([rejected, another, corrected].map(ended));
  });

  it('is overruled both ways after its end, from its row; a command told again is done once', async () => {
    const receipt = await started({ says: 'confirmed' });
    await ended(receipt);
    const command = randomUUID();
    const answers = await Promise.all([1, 2].map(() => order(receipt, 'reject', 'Lo desconoció el banco', command)));
    expect(answers).toEqual([answers[0], answers[0]]);
    expect(answers[0]).toMatchObject({ ok: true, state: 'rejected' });
    await did(receipt, 'reverse');
    await ended(receipt);
    expect(await order(receipt, 'approve')).toEqual({ ok: false, reason: 'needs-reason' });
    expect(await order(receipt, 'approve', 'Al final entró')).toMatchObject({ ok: true, state: 'accepted' });
    await ended(receipt);
    expect(of(receipt).did.filter((entry) => entry === 'reject' || entry === 'reverse' || entry.startsWith('tell'))).toEqual(['reject', 'reverse']);
  });

  it('continues as new before its history grows, and is still decided', async () => {
    const receipt = await started({ says: 'nothing' });
    await did(receipt, 'tell review');
    const { runId } = await handle(receipt).describe();
    for (let news = 0; news < 70; news++) {
      await handle(receipt).signal(moneyArrived);
      await world.restOf(workflowId({ company, receipt }));
      if ((await handle(receipt).describe()).runId !== runId) break;
    }
    await waitFor('a new run', async () => (await handle(receipt).describe()).runId !== runId);
    expect(await order(receipt, 'approve')).toMatchObject({ ok: true, state: 'accepted' });
    await ended(receipt);
  });
});
