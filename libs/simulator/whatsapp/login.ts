import type { proto } from '@whiskeysockets/baileys';
import type { Connection } from './connection.js';
import type { Fault, Faults } from './faults.js';
import type { Pairing } from './pairing.js';
import { newId, seconds, SERVER, type Stanza, stanza } from './stanza.js';
import type { LinkedDevice } from './users.js';
import type { World } from './world.js';

/** Time for a last word to arrive before the socket closes. */
const GOODBYE_MS = 20;

/** Who may come in, and how they are shown out. */
export class Login {
  constructor(
    private readonly world: World,
    private readonly pairing: Pairing,
    private readonly faults: Faults,
    private readonly presenceChanged: (device: LinkedDevice) => void,
  ) {}

  /** The handshake is done: a client wants to be linked, or to log in as the device that it was linked as. */
  opened(connection: Connection, payload: proto.ClientPayload): void {
    const number = String(payload.username ?? '');
    if (this.faults.take('refuse-connection', number)) return connection.cut();
    if (payload.devicePairingData) {
      connection.registration = payload.devicePairingData;
      return this.pairing.offer(connection);
    }
    const device = this.world.deviceAt(`${number}:${payload.device ?? 0}`);
    if (!device?.noiseKey.equals(connection.clientKey)) return connection.goodbye(failure('401'));
    if (this.isTurnedAway(device, connection)) return;
    this.replace(device, connection);
    const success = { t: seconds(), lid: device.lidJid, props: '27', location: 'simulator' };
    connection.send(stanza('success', success));
    this.presenceChanged(device);
  }

  closed(connection: Connection): void {
    this.pairing.closed(connection);
    const { device } = connection;
    if (device?.connection !== connection) return;
    device.connection = undefined;
    device.ready = undefined;
    this.presenceChanged(device);
  }

  /** The phone (or the network, with the whole account) removes a linked device. */
  remove(device: LinkedDevice): void {
    this.world.removeDevice(device);
    const { connection } = device;
    const removed = stanza('conflict', { type: 'device_removed' });
    connection?.goodbye(stanza('stream:error', { code: '401' }, [removed]));
    this.presenceChanged(device);
  }

  /** Ends a connection as that fault does. */
  end(connection: Connection, { kind, code = 503 }: Fault): void {
    if (kind === 'drop-connection') return connection.cut();
    if (kind === 'logout') return connection.device && this.remove(connection.device);
    const lastWord = kind === 'replaced' ? replaced() : stanza('stream:error', { code: kind === 'ban' ? '403' : String(code) });
    connection.goodbye(lastWord);
  }

  /** The client gives up its link by itself. */
  loggedOut(connection: Connection, device: LinkedDevice): void {
    this.world.removeDevice(device);
    setTimeout(() => connection.close(), GOODBYE_MS);
    this.presenceChanged(device);
  }

  /** A device has one connection: an older one is told that it was replaced. */
  private replace(device: LinkedDevice, connection: Connection): void {
    const older = device.connection;
    device.connection = connection;
    device.ready = undefined;
    connection.device = device;
    older?.send(replaced());
    older?.close();
  }

  /** Faults that end a login before it has begun. */
  private isTurnedAway(device: LinkedDevice, connection: Connection): boolean {
    const { number } = device.account;
    if (this.faults.take('ban', number)) {
      connection.goodbye(failure('403'));
      return true;
    }
    if (this.faults.take('logout', number)) {
      this.remove(device);
      connection.goodbye(failure('401'));
      return true;
    }
    const fault = this.faults.take('stream-error', number) ?? this.faults.take('replaced', number);
    if (fault) this.end(connection, fault);
    return fault !== undefined;
  }
}

const failure = (reason: string): Stanza => stanza('failure', { reason, location: 'simulator' });

const replaced = (): Stanza => stanza('stream:error', { id: newId(), from: SERVER }, [stanza('conflict', { type: 'replaced' })]);
