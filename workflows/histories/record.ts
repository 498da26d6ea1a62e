import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { workflowId as conversationId } from '../conversation/contract.js';
import { ScriptedWorld } from '../conversation/scripted-world.js';
import { startOf as noticeStartOf } from '../group-notice/contract.js';
import { startOf as callbacksStartOf } from '../notice-callbacks/contract.js';
import { workflowId as batchId } from '../notices/contract.js';
import { workflowId as linkId } from '../payment-link/contract.js';
import { workflowId as paymentId } from '../platform-payment/contract.js';
import { workflowId as receiptId } from '../receipt/contract.js';
import { workflowId as statusId } from '../status/contract.js';
import { writeHistory } from './history-file.js';
import { workflowId as ticketId } from '../ticket/contract.js';
import { batchScenarios, callbackScenarios } from './notice-scenarios.js';
import { linkScenarios, paymentScenarios } from './payment-scenarios.js';
import { receiptScenarios } from './receipt-scenarios.js';
import { noticeScenarios, scenarios, statusScenarios, ticketScenarios } from './scenarios.js';
import { workflowId as settlementId } from '../settlement/contract.js';
import { settlementScenarios } from './settlement-scenarios.js';
import { HISTORY_COMPANY, historyConverter } from './test-key.js';

/**
 * Records the histories of scenarios that have none yet:
 * `node --import @swc-node/register/esm-register workflows/histories/record.ts`.
 * It never overwrites one: a red replay is answered with `patched(…)` in the workflow, not with a new recording.
 */
const folderOf = (workflow: string): string => {
  const folder = fileURLToPath(new URL(`./${workflow}/`, import.meta.url));
  mkdirSync(folder, { recursive: true });
  return folder;
};

/** Records what is missing; `play` answers the workflow's id. The latest run is kept: of one that continued as new, what it began with is in it. */
async function record(workflow: string, name: string, play: () => Promise<string>): Promise<void> {
  const file = `${folderOf(workflow)}${name}.json`;
  if (existsSync(file)) return;
  const id = await play();
  const handle = world.environment.client.workflow.getHandle(id);
  if ((await handle.describe()).status.name === 'RUNNING') await world.restOf(id);
  writeHistory(file, await handle.fetchHistory());
  process.stdout.write(`recorded ${workflow}/${name}\n`);
}

const world = await ScriptedWorld.start(HISTORY_COMPANY, historyConverter());
for (const [name, play] of Object.entries(scenarios)) {
  await record('conversation', name, async () => {
    const id = randomUUID();
    await play(world, id);
    return conversationId(HISTORY_COMPANY, id);
  });
}
for (const [name, play] of Object.entries(ticketScenarios)) {
  await record('ticket', name, async () => ticketId(HISTORY_COMPANY, await play(world)));
}
for (const [name, play] of Object.entries(statusScenarios)) {
  await record('status', name, async () => statusId(HISTORY_COMPANY, await play(world)));
}
for (const [name, play] of Object.entries(noticeScenarios)) {
  await record('group-notice', name, async () => {
    const message = await play(world);
    return noticeStartOf({ company: HISTORY_COMPANY, channel: world.channel, message }).workflowId;
  });
}
for (const [name, play] of Object.entries(batchScenarios)) {
  await record('notices', name, async () => batchId(await play(world)));
}
for (const [name, play] of Object.entries(callbackScenarios)) {
  await record('notice-callbacks', name, async () => {
    await play(world);
    return callbacksStartOf({ company: HISTORY_COMPANY }).workflowId;
  });
}
for (const [name, play] of Object.entries(settlementScenarios)) {
  await record('settlement', name, async () => settlementId(await play(world)));
}
for (const [name, play] of Object.entries(linkScenarios)) {
  await record('payment-link', name, async () => linkId(await play(world)));
}
for (const [name, play] of Object.entries(receiptScenarios)) {
  await record('receipt', name, async () => receiptId({ company: HISTORY_COMPANY, receipt: await play(world) }));
}
for (const [name, play] of Object.entries(paymentScenarios)) {
  await record('platform-payment', name, async () => paymentId(await play(world)));
}
await world.stop();
