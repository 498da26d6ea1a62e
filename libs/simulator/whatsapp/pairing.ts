import { createHmac, randomBytes } from 'node:crypto';
import { setTimeout as setTimeoutAsync } from 'node:timers/promises';
import { type AuthenticationCreds, generateSignalPubKey, proto } from '@whiskeysockets/baileys';
import type { Connection } from './connection.js';
import { SimulatorError } from './errors.js';
import { agree, sign, verify } from './keys.js';
import { answerHello, openFinish, sendPrimaryHello } from './pairing-code.js';
import { bytes, child, integer, newId, seconds, SERVER, type Stanza, stanza } from './stanza.js';
import type { Account, LinkedDevice } from './users.js';
import type { World } from './world.js';

const ACCOUNT_SIGNATURE = Buffer.from([6, 0]);
const DEVICE_SIGNATURE = Buffer.from([6, 1]);
const QR_REFS = 6;
/** A phone gives up a linking that does not get on. */
const LINKING_TIMEOUT_MS = 20_000;
/** How long a code may be typed before the client has asked for it. */
const CODE_REQUEST_MS = 1000;
/** The client closes by itself after the restart order; this is for one that does not. */
const GOODBYE_MS = 20;

/** A device that a phone has signed in and that has not answered yet. */
export interface PendingPairing {
  account: Account;
  deviceId: number;
  details: Buffer;
}

/** Links clients to phones, by QR and by code. */
export class Pairing {
  private readonly waiting = new Map<Connection, (result: LinkedDevice | SimulatorError) => void>();

  constructor(
    private readonly world: World,
    private readonly connections: ReadonlySet<Connection>,
    private readonly linked: (device: LinkedDevice) => void,
  ) {}

  /** A client that is not linked: gives it references for the QR codes that it may show. */
  offer(connection: Connection): void {
    connection.qrRefs = Array.from({ length: QR_REFS }, () => `2@${randomBytes(24).toString('base64')}`);
    const refs = connection.qrRefs.map((ref) => stanza('ref', {}, Buffer.from(ref)));
    connection.send(stanza('iq', { from: SERVER, type: 'set', id: newId(), xmlns: 'md' }, [stanza('pair-device', {}, refs)]));
  }

  /**
   * The phone scans a QR code; resolves when the client is linked.
   * @param qr its text, with or without the address before the `#`
   * @throws SimulatorError
   */
  async scan(account: Account, qr: string): Promise<LinkedDevice> {
    const [ref = '', noiseKey = '', identity = '', advSecret = ''] = qr.slice(qr.indexOf('#') + 1).split(',');
    if (!ref || !advSecret) throw new SimulatorError('qr_invalid');
    const connection = [...this.connections].find((one) => one.qrRefs.includes(ref));
    if (!connection?.registration || !connection.isOpen) throw new SimulatorError('qr_unknown');
    const shown = [Buffer.from(noiseKey, 'base64'), Buffer.from(identity, 'base64')] as const;
    if (!shown[0].equals(connection.clientKey) || !shown[1].equals(connection.registration.eIdent ?? Buffer.alloc(0))) {
      throw new SimulatorError('qr_invalid');
    }
    const linked = this.outcome(connection);
    this.admit(connection, account, Buffer.from(advSecret, 'base64'));
    return linked;
  }

  /**
   * The owner types the code that the client shows; resolves when the client is linked.
   * @throws SimulatorError
   */
  async enterCode(account: Account, code: string): Promise<LinkedDevice> {
    const connection = await this.waitsForCode(account);
    const linked = this.outcome(connection);
    await sendPrimaryHello(connection, account, code.replaceAll(/[\s-]/g, '').toUpperCase());
    return linked;
  }

  /** The client that shows a code for that phone. Its request may still be on the way: a program types faster than people. */
  private async waitsForCode(account: Account): Promise<Connection> {
    const awaits = ({ codePairing, isOpen }: Connection) => isOpen && codePairing?.number === account.number;
    for (const end = Date.now() + CODE_REQUEST_MS; ; ) {
      const connection = [...this.connections].filter(awaits).at(-1);
      if (connection) return connection;
      if (Date.now() > end) throw new SimulatorError('code_unexpected');
      await setTimeoutAsync(20);
    }
  }

  /** `link_code_companion_reg`: the client's half of linking by code. */
  onLinkCode(connection: Connection, iq: Stanza, node: Stanza): void {
    if (node.attrs['stage'] === 'companion_hello') return answerHello(connection, iq, node);
    const account = this.world.accounts.get(connection.codePairing?.number ?? '');
    const secrets = account && openFinish(connection, node);
    if (!account || !secrets) {
      const error = stanza('error', { code: '400', text: 'bad-request' });
      connection.send(stanza('iq', { from: SERVER, type: 'error', id: iq.attrs['id'] }, [error]));
      this.settle(connection, new SimulatorError('code_wrong'));
      return;
    }
    connection.send(stanza('iq', { from: SERVER, type: 'result', id: iq.attrs['id'] }));
    const shared = agree(account.phone.keys.identity, connection.registration?.eIdent ?? Buffer.alloc(0));
    setTimeout(() => this.admit(connection, account, secrets.advSecret(shared)), GOODBYE_MS);
  }

  /** `pair-device-sign`: the client's signature closes the linking; it has to connect again as that device. */
  onSigned(connection: Connection, node: Stanza): void {
    const { pairing, registration } = connection;
    const identityNode = child(node, 'device-identity');
    if (!pairing || !registration || !identityNode) return;
    const { account, deviceId, details } = pairing;
    const identity = Buffer.from(registration.eIdent ?? []);
    const { deviceSignature } = proto.ADVSignedDeviceIdentity.decode(bytes(identityNode));
    const signed = Buffer.concat([DEVICE_SIGNATURE, details, identity, account.phone.keys.identity.public]);
    if (!verify(identity, signed, deviceSignature ?? Buffer.alloc(0))) return connection.cut();
    const keys = {
      registrationId: integer(registration.eRegid ?? Buffer.alloc(0)),
      identity,
      signedPreKey: {
        id: integer(registration.eSkeyId ?? Buffer.alloc(0)),
        public: Buffer.from(registration.eSkeyVal ?? []),
        signature: Buffer.from(registration.eSkeySig ?? []),
      },
    };
    const noiseKey = Buffer.from(connection.clientKey);
    const device = this.world.addDevice(account, { id: deviceId, keyIndex: deviceId, noiseKey, keys });
    connection.pairing = undefined;
    connection.send(stanza('stream:error', { code: '515' }));
    setTimeout(() => connection.close(), GOODBYE_MS);
    this.linked(device);
    this.settle(connection, device);
  }

  closed(connection: Connection): void {
    this.settle(connection, new SimulatorError('linking_failed'));
  }

  /**
   * Links a client without any traffic: completes its credentials as if it had paired before.
   * @param creds as `initAuthCreds()` of Baileys makes them; changed in place
   * @param uploadsPreKeys false spares the client the work of making 812 keys at its first login
   */
  seed(account: Account, creds: AuthenticationCreds, uploadsPreKeys: boolean): LinkedDevice {
    const deviceId = this.takeDeviceId(account);
    const identity = Buffer.from(creds.signedIdentityKey.public);
    const { details, signed } = this.signIdentity(account, deviceId, identity);
    const own = { private: Buffer.from(creds.signedIdentityKey.private), public: identity };
    const accountKey = account.phone.keys.identity.public;
    const deviceSignature = sign(own, Buffer.concat([DEVICE_SIGNATURE, details, identity, accountKey]));
    const { keyId, keyPair, signature } = creds.signedPreKey;
    const signedPreKey = { id: keyId, public: Buffer.from(keyPair.public), signature: Buffer.from(signature) };
    const keys = { registrationId: creds.registrationId, identity, signedPreKey };
    const noiseKey = Buffer.from(creds.noiseKey.public);
    const device = this.world.addDevice(account, { id: deviceId, keyIndex: deviceId, noiseKey, keys });
    Object.assign(device, { bootstrapped: true, sparesPreKeys: !uploadsPreKeys });
    this.world.saveDevice(device);
    Object.assign(creds, {
      account: { ...signed, deviceSignature },
      me: { id: device.phoneJid, lid: device.lidJid, name: account.business ? account.name : undefined },
      signalIdentities: [{ identifier: { name: device.lidJid, deviceId: 0 }, identifierKey: generateSignalPubKey(accountKey) }],
      platform: platformOf(account),
      accountSyncCounter: 1,
    });
    return device;
  }

  private admit(connection: Connection, account: Account, advSecret: Buffer): void {
    const deviceId = this.takeDeviceId(account);
    const identity = Buffer.from(connection.registration?.eIdent ?? []);
    const { details, signed } = this.signIdentity(account, deviceId, identity);
    const encoded = proto.ADVSignedDeviceIdentity.encode(signed).finish();
    const hmac = createHmac('sha256', advSecret).update(encoded).digest();
    connection.pairing = { account, deviceId, details };
    connection.qrRefs = [];
    const pairSuccess = stanza('pair-success', {}, [
      stanza('device-identity', {}, proto.ADVSignedDeviceIdentityHMAC.encode({ details: encoded, hmac }).finish()),
      ...(account.business ? [stanza('biz', { name: account.name })] : []),
      stanza('device', { jid: `${account.number}:${deviceId}@s.whatsapp.net`, lid: `${account.lid}:${deviceId}@lid` }),
      stanza('platform', { name: platformOf(account) }),
    ]);
    connection.send(stanza('iq', { from: SERVER, type: 'set', id: newId(), xmlns: 'md', t: seconds() }, [pairSuccess]));
  }

  private signIdentity(account: Account, keyIndex: number, deviceIdentity: Buffer) {
    const { identity, registrationId } = account.phone.keys;
    const { E2EE } = proto.ADVEncryptionType;
    const timestamp = Number(seconds());
    const fields = { rawId: registrationId, timestamp, keyIndex, accountType: E2EE, deviceType: E2EE };
    const details = Buffer.from(proto.ADVDeviceIdentity.encode(fields).finish());
    const accountSignature = sign(identity, Buffer.concat([ACCOUNT_SIGNATURE, details, deviceIdentity]));
    return { details, signed: { details, accountSignatureKey: identity.public, accountSignature } };
  }

  private takeDeviceId(account: Account): number {
    const id = account.nextDevice++;
    this.world.saveAccount(account);
    return id;
  }

  private outcome(connection: Connection): Promise<LinkedDevice> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => this.settle(connection, new SimulatorError('linking_failed')), LINKING_TIMEOUT_MS);
      this.waiting.set(connection, (result) => {
        clearTimeout(timer);
        if (result instanceof SimulatorError) reject(result);
        else resolve(result);
      });
    });
  }

  private settle(connection: Connection, result: LinkedDevice | SimulatorError): void {
    this.waiting.get(connection)?.(result);
    this.waiting.delete(connection);
  }
}

/** Android's two applications, as the phone names itself to a new device. */
const platformOf = (account: Account): string => (account.business ? 'smba' : 'android');
