import '../../libs/channels/whatsapp/quiet.js';
import pino from 'pino';
import { createWhatsAppActivities } from '../../activities/whatsapp.js';
import { ChannelRows } from '../../apps/whatsapp/channel-rows.js';
import { Gateway } from '../../apps/whatsapp/gateway.js';
import { Leases } from '../../apps/whatsapp/leases.js';
import { MediaRows } from '../../apps/whatsapp/media-rows.js';
import { PostgresStore } from '../../apps/whatsapp/postgres-store.js';
import { Slots } from '../../apps/whatsapp/slots.js';
import { trustSimulator, type NetworkSettings } from '../../libs/channels/whatsapp/connect.js';
import type { JournalEntry, NumberedMessage } from '../../libs/channels/whatsapp/store.js';
import { companyKeys } from '../../libs/db/company-keys.js';
import { openPool } from '../../libs/db/pool.js';
import { LocalFolder } from '../../libs/media/local-folder.js';
import { masterKeyFrom, openVault } from '../../libs/vault/vault.js';
import type { FromGateway, GatewaySettings, ToGateway } from './messages.js';

/**
 * The gateway of apps/whatsapp as a process of its own, with the same parts, except that its store kills the process at a chosen
 * point, and that sends are asked for over IPC instead of Temporal.
 */
const say = (message: FromGateway) => process.send?.(message);

/** SIGKILL to itself: nothing after this line runs. */
const die = (): Promise<never> => {
  process.kill(process.pid, 'SIGKILL');
  return new Promise<never>(() => undefined);
};
const wait = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

let plan: { point: string; nth: number } | undefined;
let delayMs = 0;

const due = (point: string): boolean => plan?.point === point && --plan.nth <= 0;

/** Journals as always, but dies at the planned point of the planned message. */
class KillingStore extends PostgresStore {
  override async journal(entry: JournalEntry): Promise<NumberedMessage[]> {
    if (!entry.messages.length) {
      if (due('ratchet-of-a-send') && entry.keys.some(({ type }) => type === 'session')) return super.journal(entry).then(die);
      return super.journal(entry);
    }
    if (delayMs) {
      say({ delayed: true });
      await wait(delayMs);
    }
    if (due('before-commit')) return die();
    const committing = super.journal(entry);
    if (due('while-commit')) {
      await wait(Math.random() * 3);
      return die();
    }
    const numbered = await committing;
    return due('after-commit') ? die() : numbered;
  }
}

/** Keeps files as always, but dies with one in its hand: before it goes out, or when it is stored and its row does not know. */
class KillingFolder extends LocalFolder {
  override async open(...file: Parameters<LocalFolder['open']>): Promise<Uint8Array | undefined> {
    return due('file-opened') ? die() : super.open(...file);
  }

  override async put(company: string, bytes: Uint8Array): Promise<{ sha256: string; size: number }> {
    const stored = await super.put(company, bytes);
    return due('file-stored') ? die() : stored;
  }
}

function start(settings: GatewaySettings): Gateway {
  const { simulatorUrl, simulatorRootKey, simulatorCertificate } = settings;
  const network: NetworkSettings = { network: 'simulator', simulatorUrl, simulatorRootKey, simulatorCertificate };
  trustSimulator(network);
  const pool = openPool(settings.databaseUrl, () => undefined);
  const leasePool = openPool(settings.databaseUrl, () => undefined, { max: 1 });
  const vault = openVault({ masterKey: masterKeyFrom(settings.masterKey), loadKeys: companyKeys(pool) });
  const gateway = new Gateway({
    leases: new Leases(leasePool, { holder: settings.holder, ttlMs: settings.ttlMs }),
    storeOf: (lease) => new KillingStore(pool, lease.channel, lease.epoch),
    rowsOf: (lease) => new ChannelRows(pool, lease),
    mediaRowsOf: (lease) => new MediaRows(pool, lease),
    slots: new Slots(3),
    vault,
    network,
    media: new KillingFolder(settings.mediaDir),
    capacity: 10,
    ttlMs: settings.ttlMs,
    tell: ({ conversation, upTo }) => say({ arrived: { conversation, upTo } }),
    offer: () => undefined, hear: () => undefined,
    log: pino({ level: 'debug' }, pino.destination({ sync: true })),
    onHeld: () => undefined,
    onGone: () => Promise.resolve(),
  });
  gateway.start();
  return gateway;
}

let gateway: Gateway | undefined;

async function onMessage(message: ToGateway): Promise<void> {
  if ('start' in message) gateway = start(message.start);
  if ('kill' in message) plan = message.kill;
  if ('delayMs' in message) delayMs = message.delayMs;
  if ('send' in message && gateway) {
    const { send } = createWhatsAppActivities({ sender: gateway });
    const state = await send(message.send).then((result) => result.state, () => 'retry' as const);
    say({ sent: { message: message.send.message, state } });
  }
}
process.on('message', (message) => void onMessage(message as ToGateway));
process.on('disconnect', () => process.exit(0));
process.on('unhandledRejection', (error) => process.stderr.write(`left behind: ${error instanceof Error ? error.stack : String(error)}\n`));
say({ ready: true });
