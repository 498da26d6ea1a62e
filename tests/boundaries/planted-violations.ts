/** One violation a rule: the file that must be reported, and what it says. Its targets are among `surroundings`. */
export interface PlantedViolation {
  readonly rule: string;
  readonly file: string;
  readonly source: string;
}

const plant = (rule: string, file: string, source: string): PlantedViolation => ({ rule, file, source });

export const plantedViolations: readonly PlantedViolation[] = [
  plant('no-cycles', 'libs/db/left.ts', `export { right } from './right.js'; export const left = 1;`),
  plant('imports-resolve', 'libs/db/lost.ts', `import './nowhere.js';`),
  plant('shipped-code-needs-shipped-packages', 'apps/api/dev-tool.ts', `import 'vitest';`),
  plant('libs-go-down', 'libs/crm/knows-its-user.ts', `import '../../activities/decide.js';`),
  plant('libs-are-strangers', 'libs/crm/knows-the-database.ts', `import '../db/orm.js';`),
  plant('domain-is-pure', 'libs/domain/reads-files.ts', `import 'node:fs';`),
  plant('domain-is-pure', 'libs/domain/knows-config.ts', `import '../config/env.js';`),
  plant('domain-packages', 'libs/domain/queries.ts', `import 'pg';`),
  plant('simulated-whatsapp-stands-alone', 'libs/simulator/whatsapp/knows-hilo.ts', `import '../../domain/flow.js';`),
  plant('whatsapp-client-lives-in-two-rooms', 'libs/channels/registry.ts', `import '@whiskeysockets/baileys';`),
  plant('whatsapp-client-reaches-two-apps', 'apps/api/by-a-detour.ts', `import '../../libs/channels/whatsapp/session.js';`),
  plant('production-holds-no-simulator', 'apps/whatsapp/trusts-the-simulator.ts', `import '../../libs/simulator/whatsapp/root-key.js';`),
  plant('workflows-are-deterministic', 'workflows/ticket/workflow.ts', `import '../../libs/db/orm.js';`),
  plant('workflows-are-deterministic', 'workflows/status/workflow.ts', `import 'node:crypto';`),
  plant('contracts-carry-no-code', 'workflows/ticket/contract.ts', `import '../../activities/decide.js';`),
  plant('clients-stay-outside-workflows', 'workflows/ticket/client.ts', `import '../../libs/db/orm.js';`),
  plant('clients-stay-outside-workflows', 'workflows/ticket/client.ts', `import '../../libs/db/orm.js';`),
  plant('workflows-are-reached-by-contract', 'apps/api/runs-a-workflow.ts', `import '../../workflows/conversation/workflow.js';`),
  plant('activities-go-down', 'activities/knows-an-app.ts', `import '../apps/worker/main.js';`),
  plant('apps-are-strangers', 'apps/api/knows-the-worker.ts', `import '../worker/main.js';`),
  plant('nothing-ships-tests', 'apps/api/ships-a-test-database.ts', `import '../../libs/testing/test-db.js';`),
  plant('launchers-stay-outside', 'libs/db/starts-a-server.ts', `import '../../infra/postgres.mjs';`),
  plant('launchers-start-from-nothing', 'infra/bootstrap.mjs', `import 'pg';`),
  plant('screens-are-clients', 'ui/phone/knows-the-database.ts', `import '../../libs/db/orm.js';`),
];

/** What is allowed, and must not be reported: the targets of the violations, and the exceptions of the rules. */
export const surroundings: Readonly<Record<string, string>> = {
  'package.json': JSON.stringify({
    type: 'module',
    dependencies: { pg: '1', zod: '1', '@whiskeysockets/baileys': '1', '@temporalio/workflow': '1' },
    devDependencies: { vitest: '1' },
  }),
  'tsconfig.json': JSON.stringify({ compilerOptions: { module: 'nodenext', moduleResolution: 'nodenext' } }),
  'apps/worker/main.ts': `import '../../activities/decide.js'; import '../../workflows/conversation/contract.js';`,
  'apps/whatsapp/main.ts': `import '../../libs/channels/whatsapp/session.js';`,
  'activities/decide.ts': `import '../libs/db/orm.js'; import '../libs/domain/flow.js'; import '../workflows/conversation/contract.js';`,
  'infra/postgres.mjs': `import 'pg';`,
  'infra/start.mjs': `import 'node:path'; export const later = () => import('./postgres.mjs');`,
  'libs/channels/whatsapp/session.ts': `import '@whiskeysockets/baileys'; import '../../domain/flow.js';`,
  'libs/config/env.ts': `import 'zod';`,
  'libs/db/orm.ts': `import 'pg'; import '../config/env.js'; import '../vault/vault.js';`,
  'libs/db/right.ts': `export { left } from './left.js'; export const right = 2;`,
  'libs/db/orm.spec.ts': `import 'vitest'; import '../testing/test-db.js'; import '../channels/whatsapp/session.js';`,
  'libs/domain/flow.ts': `import 'zod';`,
  'libs/simulator/whatsapp/root-key.ts': `export const key = 1;`,
  'libs/testing/test-db.ts': `import 'vitest'; import '../db/orm.js'; import '../../infra/postgres.mjs';`,
  'libs/vault/vault.ts': `import 'node:crypto';`,
  'libs/temporal/queues.ts': `export const MAIN_QUEUE = 'main';`,
  'workflows/activities.ts': `import '@temporalio/workflow'; import type { x } from '../activities/decide.js'; export type y = x;`,
  'workflows/conversation/contract.ts': `import '@temporalio/workflow'; import '../../libs/temporal/queues.js';`,
  'workflows/conversation/workflow.ts': [
    `import '@temporalio/workflow'; import '../../libs/domain/flow.js'; import '../activities.js'; import './contract.js';`,
    `import type { x } from '../../libs/db/orm.js'; export type y = x;`,
  ].join('\n'),
};

/** Packages as they look when installed. */
export const packages: readonly string[] = ['pg', 'zod', 'vitest', '@whiskeysockets/baileys', '@temporalio/workflow'];
