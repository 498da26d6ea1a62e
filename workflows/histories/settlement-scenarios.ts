import { randomUUID } from 'node:crypto';
import { waitFor } from '../../libs/testing/wait-for.js';
import type { ScriptedWorld } from '../conversation/scripted-world.js';
import { resolveSettlement, reverseSettlement, startSettlement } from '../settlement/client.js';
import { workflowId, type SettlementRef } from '../settlement/contract.js';

/** One way a payment can go; answers its settlement. By the name of the file in `settlement/`. */
export const settlementScenarios: Readonly<Record<string, (world: ScriptedWorld) => Promise<SettlementRef>>> = {
  'waits-stuck-by-hand-done': async (world) => {
    const { client, ref, script } = aSettlement(world);
    script.outcomes.register = ['waiting', 'unknown', 'failed'];
    await startSettlement(client, ref);
    await world.environment.sleep('1h');
    await waitFor('it is stuck', () => script.did.includes('register failed'));
    await world.restOf(workflowId(ref));
    await resolveSettlement(client, ref, { command: randomUUID(), actor: randomUUID(), how: 'by-hand' });
    await waitFor('it is told', () => script.did.includes('notify done'));
    return ref;
  },

  'refused-while-stuck-at-reactivating': async (world) => {
    const { client, ref, script } = aSettlement(world);
    script.outcomes.reactivate = ['failed'];
    await startSettlement(client, ref);
    await waitFor('it is told', () => script.did.includes('notify done'));
    await world.restOf(workflowId(ref));
    await reverseSettlement(client, ref, { command: randomUUID(), cause: 'charged-back' });
    await waitFor('it is taken back', () => script.did.includes('notify-reversal done'));
    return ref;
  },
};

const aSettlement = ({ company, activities, environment }: ScriptedWorld) => {
  const ref = { company, settlement: randomUUID() };
  return { client: environment.client.workflow, ref, script: activities.settlements.of(ref.settlement) };
};
