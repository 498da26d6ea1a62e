import { TestWorkflowEnvironment, type LocalTestWorkflowEnvironmentOptions, type TimeSkippingTestWorkflowEnvironmentOptions } from '@temporalio/testing';
import { temporalCli, temporalTestServer } from '../../infra/temporal-tools.mjs';
import { addSearchAttributes } from '../temporal/register-search-attributes.js';

/**
 * A server that skips over waiting: sleep('30 days') takes milliseconds. It lists no workflows and knows no schedules. Hilo's
 * search attributes are registered. Call `teardown()` when done.
 */
export async function createTimeSkippingEnv(
  options: Omit<TimeSkippingTestWorkflowEnvironmentOptions, 'server'> = {},
): Promise<TestWorkflowEnvironment> {
  const executable = { type: 'existing-path', path: await temporalTestServer() } as const;
  const environment = await TestWorkflowEnvironment.createTimeSkipping({ ...options, server: { executable } });
  await addSearchAttributes(environment.connection, environment.namespace ?? 'default');
  return environment;
}

/** A whole server in memory, in real time: for what the time-skipping one does not know (list, count, schedules, reset). */
export async function createLocalEnv(
  options: Omit<LocalTestWorkflowEnvironmentOptions, 'server'> & { extraArgs?: string[] } = {},
): Promise<TestWorkflowEnvironment> {
  const { extraArgs, ...rest } = options;
  const executable = { type: 'existing-path', path: await temporalCli() } as const;
  const server = { executable, extraArgs: extraArgs ?? [], ui: false };
  const environment = await TestWorkflowEnvironment.createLocal({ ...rest, server });
  await addSearchAttributes(environment.connection, environment.namespace ?? 'default');
  return environment;
}
