import '../../libs/channels/whatsapp/quiet.js';
import { DefaultLogger, Runtime, makeTelemetryFilterString } from '@temporalio/worker';
import pino from 'pino';
import { createStatusPostActivities } from '../../activities/whatsapp-statuses.js';
import { createWhatsAppActivities } from '../../activities/whatsapp.js';
import { trustSimulator, type NetworkSettings } from '../../libs/channels/whatsapp/connect.js';
import { env, required, simulatorUrl, temporalAddress } from '../../libs/config/env.js';
import { writePidFile } from '../../libs/config/pid-file.js';
import { stageEnd } from '../../libs/config/stage.js';
import { companyKeys } from '../../libs/db/company-keys.js';
import { startHeartbeat } from '../../libs/db/heartbeat.js';
import { openPool } from '../../libs/db/pool.js';
import { openMedia } from '../../libs/media/open-media.js';
import { dataConverter } from '../../libs/temporal/data-converter.js';
import { masterKeyFrom, openVault } from '../../libs/vault/vault.js';
import { arrive, offerKept } from '../../workflows/conversation/contract.js';
import { tellAnswer } from '../../workflows/ticket/contract.js';
import { ActivityWorkers } from './activity-workers.js';
import { listenToChannels } from './channel-listener.js';
import { ChannelRows } from './channel-rows.js';
import { Dispatcher } from './dispatcher.js';
import { Gateway } from './gateway.js';
import { holderName } from './holder.js';
import { Leases } from './leases.js';
import { MediaRows } from './media-rows.js';
import { PostgresStore } from './postgres-store.js';
import { Slots } from './slots.js';

// Baileys reads the stack of an error on every stanza, and with source maps each reading costs as much as the stanza. No stack is logged here.
process.setSourceMapsEnabled(false);
const settings = env();
const log = pino({ level: settings.LOG_LEVEL, base: { process: 'whatsapp' } });
const nameOf = (error: unknown) => (error instanceof Error ? error.name : typeof error);
// The client leaves promises behind that nobody awaits; what they carry may hold keys, so only their kind is logged.
process.on('unhandledRejection', (error) => log.warn({ error: nameOf(error) }, 'a promise was left behind'));
Runtime.install({
  shutdownSignals: [],
  logger: new DefaultLogger('WARN', ({ level, message }) => log.warn({ level }, message)),
  telemetryOptions: { logging: { forward: {}, filter: makeTelemetryFilterString({ core: 'WARN', other: 'ERROR' }) } },
});

const network: NetworkSettings = {
  network: settings.WHATSAPP,
  simulatorUrl: simulatorUrl(settings),
  // From outside: a production image holds nothing of the simulator, not even its public key.
  simulatorRootKey: settings.WHATSAPP === 'simulator' ? required(settings, 'WHATSAPP_SIMULATOR_ROOT_KEY') : '',
  ...(settings.WHATSAPP_SIMULATOR_CERTIFICATE ? { simulatorCertificate: settings.WHATSAPP_SIMULATOR_CERTIFICATE } : {}),
  ...(settings.WHATSAPP_VERSION ? { version: settings.WHATSAPP_VERSION } : {}),
};
if (network.network === 'simulator') trustSimulator(network);

const databaseUrl = required(settings, 'DATABASE_URL');
const onBroken = (error: Error) => log.warn({ error: nameOf(error) }, 'an idle database connection broke');
const pool = openPool(databaseUrl, onBroken);
// Of its own, so that traffic never keeps a renewal waiting.
const leasePool = openPool(databaseUrl, onBroken, { max: 1 });
const vault = openVault({ masterKey: masterKeyFrom(required(settings, 'HILO_MASTER_KEY')), loadKeys: companyKeys(pool) });

const workers: ActivityWorkers = new ActivityWorkers({
  address: temporalAddress(settings),
  namespace: settings.TEMPORAL_NAMESPACE,
  dataConverter: dataConverter(vault),
  activities: {
    ...createWhatsAppActivities({ sender: { send: (request, patienceMs) => gateway.send(request, patienceMs), sendToGroup: (request) => gateway.sendToGroup(request) } }),
    ...createStatusPostActivities({ poster: { publishStatus: (request) => gateway.publishStatus(request), removeStatus: (request) => gateway.removeStatus(request) } }),
  },
  log,
});
const dispatcher = new Dispatcher((arrived) => workers.withClient((client) => arrive(client.workflow, arrived)), {
  failed: (error) => log.debug({ error: nameOf(error) }, 'a conversation could not be told; the sweeper repeats it'),
  took: ({ conversation, upTo }, ms) => log.debug({ ...stageEnd('dispatch', ms), conversation, upTo }, 'dispatched'),
});
const offers = new Dispatcher((kept) => workers.withClient((client) => offerKept(client.workflow, kept)), {
  failed: (error) => log.debug({ error: nameOf(error) }, 'a conversation could not be told that a mode is over; the sweeper repeats it'),
  took: ({ conversation }) => log.debug({ conversation }, 'told that a mode is over'),
});
/** Each may hold a file in memory twice: encrypted and not. */
const FILES_AT_ONCE = 3;
const ttlMs = settings.LEASE_SECONDS * 1_000;
const gateway: Gateway = new Gateway({
  leases: new Leases(leasePool, { holder: holderName(settings.DATA_DIR), ttlMs }),
  storeOf: ({ channel, epoch }) => new PostgresStore(pool, channel, epoch),
  rowsOf: (lease) => new ChannelRows(pool, lease),
  mediaRowsOf: (lease) => new MediaRows(pool, lease),
  slots: new Slots(FILES_AT_ONCE),
  media: openMedia(settings),
  vault,
  network,
  tell: (arrived) => dispatcher.tell(arrived),
  offer: (kept) => offers.tell(kept),
  hear: (company, answers) => {
    for (const { answer, ...ticket } of answers) {
      workers.withClient((client) => tellAnswer(client.workflow, { company, ...ticket }, answer))
        .catch((error: unknown) => log.debug({ error: nameOf(error) }, 'a ticket could not be told; the sweeper repeats it'));
    }
  },
  log,
  capacity: settings.GATEWAY_CAPACITY,
  ttlMs,
  onHeld: (channel) => workers.hold(channel),
  onGone: (channel) => workers.release(channel),
});

writePidFile(settings.DATA_DIR, 'whatsapp');
const stopHeartbeat = startHeartbeat(pool, 'whatsapp', () => (workers.fit ? 'fit' : 'temporal-away'));
const stopListening = listenToChannels(databaseUrl, (channel) => gateway.changed(channel));
gateway.start();
log.info('ready');

let stopping = false;
async function stop(): Promise<void> {
  if (stopping) return;
  stopping = true;
  log.info('stopping');
  setTimeout(() => process.exit(1), 15_000).unref(); // whatever hangs: leases run out by themselves
  await workers.close();
  await gateway.stop();
  await Promise.all([stopListening(), stopHeartbeat()]);
  await Promise.all([pool.end(), leasePool.end()]);
  process.exit(0);
}
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => void stop());
