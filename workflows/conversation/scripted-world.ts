import { randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { WorkflowExecutionAlreadyStartedError } from '@temporalio/client';
import type { DataConverter } from '@temporalio/common';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { bundleWorkflowCode, Worker } from '@temporalio/worker';
import { failureConverterPath } from '../../libs/temporal/data-converter.js';
import { MAIN_QUEUE, READING_QUEUE, whatsappQueue } from '../../libs/temporal/queues.js';
import { companyConverter } from '../../libs/testing/company-converter.js';
import { createTimeSkippingEnv } from '../../libs/testing/temporal-env.js';
import { waitFor } from '../../libs/testing/wait-for.js';
import { arrive, summary, workflowId } from './contract.js';
import { ScriptedActivities } from './scripted-activities.js';

type OpenEnvironment = (options: { client: { dataConverter: DataConverter } }) => Promise<TestWorkflowEnvironment>;

/** The bundle of all workflows, as the build makes it. */
export const bundleWorkflows = () =>
  bundleWorkflowCode({ workflowsPath: fileURLToPath(new URL('../index.ts', import.meta.url)), failureConverterPath });

/** Conversations on a Temporal server that skips waiting, with scripted activities in place of database and socket. */
export class ScriptedWorld {
  readonly channel = randomUUID();

  readonly activities = new ScriptedActivities(() => this.environment.currentTimeMs());
  private readonly workers: Worker[] = [];
  private running: Promise<unknown> = Promise.resolve();

  private constructor(
    readonly company: string,
    readonly environment: TestWorkflowEnvironment,
  ) {}

  /** `open`: another server than the one that skips waiting. */
  static async start(company: string, converter: DataConverter = companyConverter(company), open: OpenEnvironment = createTimeSkippingEnv): Promise<ScriptedWorld> {
    const environment = await open({ client: { dataConverter: converter } });
    const workflowBundle = await bundleWorkflows();
    const world = new ScriptedWorld(company, environment);
    const { activities, channel, workers } = world;
    const shared = { connection: environment.nativeConnection, dataConverter: converter };
    workers.push(
      await Worker.create({ ...shared, taskQueue: MAIN_QUEUE, workflowBundle, activities: activities.forMain() }),
      await Worker.create({ ...shared, taskQueue: READING_QUEUE, activities: activities.forReading() }),
      await Worker.create({ ...shared, taskQueue: whatsappQueue(channel), activities: activities.forChannel() }),
    );
    world.running = Promise.all(workers.map((worker) => worker.run()));
    return world;
  }

  async stop(): Promise<void> {
    for (const worker of this.workers) worker.shutdown();
    await this.running;
    await this.environment.teardown();
  }

  async tell(conversation: string, upTo: number, debounceMs = 0): Promise<void> {
    const { company, channel } = this;
    const telling = () => arrive(this.environment.client.workflow, { company, conversation, channel, upTo, debounceMs });
    // Of several that start one at once, the time-skipping server may refuse one. What was not told is told again, as the gateway's sweeper does.
    await telling().catch((error: unknown) => {
      if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
      return telling();
    });
  }

  handleOf(conversation: string) {
    return this.environment.client.workflow.getHandle(workflowId(this.company, conversation));
  }

  /** Waits until messages up to this number are settled; queries do not skip time. */
  async handledUpTo(conversation: string, upTo: number): Promise<void> {
    await waitFor(`message ${upTo} to be settled`, async () => (await this.handleOf(conversation).query(summary)).handled >= upTo);
  }

  /** Waits until the workflow has done this. */
  async did(conversation: string, entry: string): Promise<void> {
    await waitFor(entry, () => this.activities.did(conversation).includes(entry));
  }

  /** Waits until the workflow has nothing under way; answers the number of its history's events. */
  atRest(conversation: string): Promise<number> {
    return this.restOf(workflowId(this.company, conversation));
  }

  /** The same by the workflow's id. */
  restOf(id: string): Promise<number> {
    const handle = this.environment.client.workflow.getHandle(id);
    return waitFor('the workflow to rest', async () => {
      const { raw } = await handle.describe();
      const events = (await handle.fetchHistory()).events!;
      const scheduled = events.findLastIndex((event) => event.workflowTaskScheduledEventAttributes);
      const completed = events.findLastIndex((event) => event.workflowTaskCompletedEventAttributes);
      return completed > scheduled && raw.pendingActivities!.length === 0 ? events.length : 0;
    });
  }
}
