import { randomUUID } from 'node:crypto';
import { waitFor } from '../../libs/testing/wait-for.js';
import type { ReceiptCommandKind } from '../../libs/domain/receipt/case.js';
import type { ScriptedWorld } from '../conversation/scripted-world.js';
import { orderReceipt, startReceipt } from '../receipt/client.js';
import { moneyArrived, workflowId } from '../receipt/contract.js';
import type { ScriptedReceipt } from '../receipt/scripted-receipts.js';

const aReceipt = async (world: ScriptedWorld, more: Partial<ScriptedReceipt>) => {
  const { receipts } = world.activities;
  const { workflow } = world.environment.client;
  const ref = { company: world.company, receipt: receipts.add(more) };
  await startReceipt(workflow, ref);
  const order = (kind: ReceiptCommandKind, why?: string) => {
    const command = randomUUID();
    if (why !== undefined) receipts.reasons.set(command, why);
    return orderReceipt(workflow, ref, kind, { command, actor: randomUUID() });
  };
  const handle = workflow.getHandle(workflowId(ref));
  return {
    receipt: receipts.of(ref.receipt), id: ref.receipt, order, handle, did: (entry: string) => waitFor(entry, () => receipts.of(ref.receipt).did.includes(entry)),
    ended: () => waitFor('its end', async () => (await handle.describe()).status.name !== 'RUNNING'),
  };
};

/** One way a receipt can go; answers its id. By the name of the file in `receipt/`; those whose settlement outlives them last (see the spec). */
export const receiptScenarios: Readonly<Record<string, (world: ScriptedWorld) => Promise<string>>> = {
  'waited-then-reviewed-and-refused': async (world) => {
    const { id, did, order, ended } = await aReceipt(world, { missing: 2, conversation: { conversation: randomUUID(), step: 's1' } });
    await world.environment.sleep('30h');
    await did('tell review');
    await order('reject', 'No es de acá');
    await ended();
    return id;
  },

  'reviewed-then-reminded-and-refused': async (world) => {
    const { id, did, order } = await aReceipt(world, { says: 'nothing' });
    await did('tell review');
    await world.environment.sleep('5h');
    await did('remind');
    await order('reject', 'No es de acá');
    return id;
  },

  'corrected-then-asked-for-again': async (world) => {
    const { id, did, order, ended } = await aReceipt(world, { says: 'nothing' });
    await did('tell review');
    await order('correct');
    await order('ask-another', 'No se lee');
    await ended();
    return id;
  },

  'confirmed-by-money-that-came': async (world) => {
    const { id, receipt, did, handle, ended } = await aReceipt(world, {});
    await did('weigh not-yet');
    receipt.says = 'confirmed';
    await handle.signal(moneyArrived);
    await ended();
    return id;
  },

  'overruled': async (world) => {
    const { id, order, ended } = await aReceipt(world, { says: 'confirmed' });
    await ended();
    await order('reject', 'Lo desconoció el banco');
    await ended();
    return id;
  },
};
