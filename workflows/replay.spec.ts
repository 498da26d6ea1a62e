import { randomUUID } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { DeterminismViolationError } from '@temporalio/workflow';
import { Worker, type WorkflowBundleWithSourceMap } from '@temporalio/worker';
import { beforeAll, describe, expect, it } from 'vitest';
import { bundleWorkflows } from './conversation/scripted-world.js';
import { readHistory } from './histories/history-file.js';
import { batchScenarios, callbackScenarios } from './histories/notice-scenarios.js';
import { linkScenarios, paymentScenarios } from './histories/payment-scenarios.js';
import { receiptScenarios } from './histories/receipt-scenarios.js';
import { noticeScenarios, scenarios, statusScenarios, ticketScenarios } from './histories/scenarios.js';
import { settlementScenarios } from './histories/settlement-scenarios.js';
import { historyConverter } from './histories/test-key.js';

const histories = fileURLToPath(new URL('./histories/', import.meta.url));
const recordedOf = (workflow: string) => readdirSync(`${histories}${workflow}`).map((file) => `${workflow}/${file.replace('.json', '')}`);
const recorded = [...recordedOf('conversation'), ...recordedOf('group-notice'), ...recordedOf('notice-callbacks'), ...recordedOf('notices'), ...recordedOf('payment-link'), ...recordedOf('platform-payment'), ...recordedOf('receipt'), ...recordedOf('settlement'), ...recordedOf('status'), ...recordedOf('ticket')];
const played = [
  ...Object.keys(scenarios).map((name) => `conversation/${name}`),
  ...Object.keys(noticeScenarios).map((name) => `group-notice/${name}`),
  ...Object.keys(callbackScenarios).map((name) => `notice-callbacks/${name}`),
  ...Object.keys(batchScenarios).map((name) => `notices/${name}`),
  ...Object.keys(settlementScenarios).map((name) => `settlement/${name}`),
  ...Object.keys(linkScenarios).map((name) => `payment-link/${name}`),
  ...Object.keys(paymentScenarios).map((name) => `platform-payment/${name}`),
  ...Object.keys(receiptScenarios).map((name) => `receipt/${name}`),
  ...Object.keys(statusScenarios).map((name) => `status/${name}`),
  ...Object.keys(ticketScenarios).map((name) => `ticket/${name}`),
];
const read = (name: string) => readHistory(`${histories}${name}.json`);

let workflowBundle: WorkflowBundleWithSourceMap;
beforeAll(async () => {
  workflowBundle = await bundleWorkflows();
});

const replay = (history: ReturnType<typeof read>) =>
  Worker.runReplayHistory({ workflowBundle, dataConverter: historyConverter(), replayName: randomUUID() }, history, 'replay/x/x');

describe('replay of committed histories', () => {
  it('has a recording of each scenario, and a scenario for each recording', () => {
    expect(recorded.toSorted()).toEqual(played.toSorted());
  });

  it.each(recorded)('today’s workflow follows %s', async (name) => {
    await expect(replay(read(name))).resolves.toBeUndefined();
  });

  it('would notice a workflow that does something else', async () => {
    const { events } = read('conversation/isp-query');
    const sent = events!.findLast((event) => event.activityTaskScheduledEventAttributes)!;
    sent.activityTaskScheduledEventAttributes!.activityType!.name = 'somethingElse';
    await expect(replay({ events: events! })).rejects.toThrow(DeterminismViolationError);
  });
});
