import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { DefaultLogger, Runtime } from '@temporalio/worker';
import pino from 'pino';
import { companySettings } from '../../activities/company-settings.js';
import { customerBookQueries } from '../../activities/customer-book.js';
import { createDecideActivities } from '../../activities/decide.js';
import { createGroupActivities } from '../../activities/groups.js';
import { secondReader } from '../../activities/models/second-reader.js';
import { visionReaders } from '../../activities/models/vision-readers.js';
import { ispSystems } from '../../activities/isp-systems.js';
import { createNoticeCallbackActivities } from '../../activities/notice-callbacks.js';
import { createNoticeFileActivities } from '../../activities/notice-files.js';
import { createNoticeActivities } from '../../activities/notices.js';
import { outbound } from '../../activities/outbound.js';
import { paymentOptions } from '../../activities/payment-options.js';
import { createPaymentActivities } from '../../activities/payments.js';
import { paymentLinks } from '../../activities/payments/links.js';
import { watchLink } from '../../workflows/payment-link/client.js';
import { searchIncoming } from '../../activities/payments/searching.js';
import { createQueryActivities } from '../../activities/queries.js';
import { createReceiptActivities, createReceiptReadingActivities } from '../../activities/receipts/receipts.js';
import { createReplyActivities } from '../../activities/replies.js';
import { createWakingActivities } from '../../activities/statements/waking.js';
import { createSettlementActivities } from '../../activities/settlements/settlements.js';
import { createStatusActivities } from '../../activities/statuses.js';
import { createTicketActivities } from '../../activities/tickets.js';
import { env, required, temporalAddress } from '../../libs/config/env.js';
import { writePidFile } from '../../libs/config/pid-file.js';
import { stageEnd } from '../../libs/config/stage.js';
import { companyKeys } from '../../libs/db/company-keys.js';
import { startHeartbeat } from '../../libs/db/heartbeat.js';
import { openOrm } from '../../libs/db/orm.js';
import { openPool } from '../../libs/db/pool.js';
import { openMedia } from '../../libs/media/open-media.js';
import { openCharacterReader } from '../../libs/receipts/characters.js';
import { temporalClient } from '../../libs/temporal/client.js';
import { masterKeyFrom, openVault } from '../../libs/vault/vault.js';
import { createWorker } from './create-worker.js';

const settings = env();
const log = pino({ level: settings.LOG_LEVEL, base: { process: 'worker' } });
Runtime.install({ logger: new DefaultLogger('WARN', ({ level, message }) => log.warn({ level }, message)) });

const databaseUrl = required(settings, 'DATABASE_URL');
const pool = openPool(databaseUrl, (error) => log.warn({ code: error.name }, 'an idle database connection broke'));
const orm = await openOrm(databaseUrl);
const vault = openVault({ masterKey: masterKeyFrom(required(settings, 'HILO_MASTER_KEY')), loadKeys: companyKeys(pool) });
const now = () => Date.now();
/** What activities ask of workflows that no workflow can: to start when they do not run. */
const engine = temporalClient({ address: temporalAddress(settings), namespace: settings.TEMPORAL_NAMESPACE }, vault);

/** The build puts the bundle beside the compiled sources; from sources it is made at start. */
const bundle = fileURLToPath(new URL('../../workflow-bundle.js', import.meta.url));
const workflows = existsSync(bundle)
  ? { workflowBundle: { codePath: bundle } }
  : { workflowsPath: fileURLToPath(new URL('../../workflows/index.js', import.meta.url)) };

/** Calls to addresses that companies typed. */
const httpFor = outbound({ pool, installation: settings.OUTBOUND_ALLOW });
const media = openMedia(settings);
const customerBook = customerBookQueries(orm, (company, sha256) => media.open(company, sha256));
const systems = ispSystems({ orm, vault, now, http: httpFor, customerBook });
const decisions = createDecideActivities({ pool, settings: companySettings(orm, now, systems), now });
const decide: typeof decisions.decide = async (request) => {
  const beganAt = performance.now();
  const result = await decisions.decide(request);
  const { conversation } = request;
  log.debug({ ...stageEnd('decide', performance.now() - beganAt), conversation, upTo: result.handledSeq }, 'decided');
  return result;
};

const platforms = { orm, vault, httpFor, mercadoPagoUrl: settings.MERCADOPAGO_URL };
/** It keeps some hundred MB while it reads. */
const characters = openCharacterReader();

const { worker, reader, connection } = await createWorker({
  address: temporalAddress(settings),
  namespace: settings.TEMPORAL_NAMESPACE,
  vault,
  workflows,
  activities: {
    ...decisions,
    decide,
    ...createQueryActivities({ orm, systems, media, payments: paymentOptions({ orm, links: paymentLinks({ ...platforms, now, watch: (link) => watchLink(engine.workflow, link) }) }) }),
    ...createPaymentActivities({ ...platforms, now, engine: engine.workflow }),
    ...createReceiptActivities({ orm, systems, searchPlatform: (company, wanted, signal) => searchIncoming(platforms, company, wanted, signal), engine: engine.workflow, now }),
    ...createReplyActivities({ orm }),
    ...createSettlementActivities({ orm, systems, engine: engine.workflow }),
    ...createStatusActivities({ orm, now }),
    ...createTicketActivities({ orm, now }),
    ...createGroupActivities({ orm, now }),
    ...createNoticeActivities({ orm }),
    ...createNoticeFileActivities({ orm, media, httpFor }),
    ...createNoticeCallbackActivities({ orm, vault, now, httpFor }),
    ...createWakingActivities({ orm, engine: engine.workflow }),
  },
  reading: createReceiptReadingActivities({ orm, media, characters, now, second: secondReader({ orm, now, readers: visionReaders({ orm, vault, now, http: httpFor }) }) }),
});

writePidFile(settings.DATA_DIR, 'worker');
const stopHeartbeat = startHeartbeat(pool, 'worker', () => (worker.getState() === 'RUNNING' ? 'fit' : worker.getState().toLowerCase()));
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => [worker, reader].forEach((one) => one.shutdown()));
log.info('ready');
await Promise.all([worker.run(), reader.run()]);
await characters.close();
await stopHeartbeat();
await Promise.all([connection.close(), engine.connection.close(), orm.close(), pool.end()]);
