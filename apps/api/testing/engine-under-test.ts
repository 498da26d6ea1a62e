import { fileURLToPath } from 'node:url';
import type pg from 'pg';
import { bundleWorkflowCode, Worker, type WorkflowBundleWithSourceMap } from '@temporalio/worker';
import { companySettings } from '../../../activities/company-settings.js';
import { createDecideActivities } from '../../../activities/decide.js';
import { createGroupActivities } from '../../../activities/groups.js';
import { ispSystems } from '../../../activities/isp-systems.js';
import { createNoticeActivities } from '../../../activities/notices.js';
import { createQueryActivities } from '../../../activities/queries.js';
import { createReplyActivities } from '../../../activities/replies.js';
import { createWakingActivities } from '../../../activities/statements/waking.js';
import { createSettlementActivities } from '../../../activities/settlements/settlements.js';
import { createStatusActivities } from '../../../activities/statuses.js';
import { createTicketActivities } from '../../../activities/tickets.js';
import { companyKeys } from '../../../libs/db/company-keys.js';
import { openOrm } from '../../../libs/db/orm.js';
import { openPool } from '../../../libs/db/pool.js';
import { dataConverter, failureConverterPath } from '../../../libs/temporal/data-converter.js';
import { MAIN_QUEUE } from '../../../libs/temporal/queues.js';
import { createLocalEnv } from '../../../libs/testing/temporal-env.js';
import { openVault } from '../../../libs/vault/vault.js';
import { nowhere, TEST_MASTER_KEY } from './api-under-test.js';

const workflowsPath = fileURLToPath(new URL('../../../workflows/index.ts', import.meta.url));
let bundled: Promise<WorkflowBundleWithSourceMap> | undefined;

/** A real Temporal server, with the worker of queue `main` on a spec's database. Nothing polls for sends: replies stay queued. */
export interface EngineUnderTest {
  /** host:port */
  address: string;
  /** Ids of the receipts' workflows that were told of money: they need more than runs here. */
  told: string[];
  stop(): Promise<void>;
}

async function startWorker(databaseUrl: string, environment: Awaited<ReturnType<typeof createLocalEnv>>, pool: pg.Pool, told: string[]) {
  const orm = await openOrm(databaseUrl);
  const now = () => Date.now();
  const vault = openVault({ masterKey: TEST_MASTER_KEY, loadKeys: companyKeys(pool) });
  const systems = ispSystems({ orm, vault, now });
  const worker = await Worker.create({
    connection: environment.nativeConnection,
    taskQueue: MAIN_QUEUE,
    workflowBundle: await (bundled ??= bundleWorkflowCode({ workflowsPath, failureConverterPath })),
    dataConverter: dataConverter(vault),
    activities: {
      ...createDecideActivities({ pool, settings: companySettings(orm, now, systems), now }),
      ...createQueryActivities({ orm, systems, media: nowhere, payments: () => Promise.resolve({ ok: true, kind: 'payment-options', methods: [] }) }),
      ...createReplyActivities({ orm }),
      ...createSettlementActivities({ orm, systems, engine: environment.client.workflow }),
      ...createStatusActivities({ orm, now }),
      ...createTicketActivities({ orm, now }),
      ...createGroupActivities({ orm, now }),
      ...createNoticeActivities({ orm }),
      ...createWakingActivities({ orm, engine: { signalWithStart: (_, { workflowId }) => Promise.resolve(told.push(workflowId) as never) } }),
    },
  });
  return { orm, worker };
}

export async function startEngine(databaseUrl: string): Promise<EngineUnderTest> {
  const environment = await createLocalEnv();
  const told: string[] = [];
  const pool = openPool(databaseUrl, () => undefined);
  const { orm, worker } = await startWorker(databaseUrl, environment, pool, told);
  const running = worker.run();
  return {
    address: environment.address,
    told,
    stop: async () => {
      worker.shutdown();
      await running;
      await environment.teardown();
      await Promise.all([orm.close(), pool.end()]);
    },
  };
}
