import { randomBytes } from 'node:crypto';
import { encodeBigEndian } from '@whiskeysockets/baileys';
import { bundleStanzas, type SignedPreKey } from '../signal-endpoint.js';
import { bytes, child, children, deviceOf, integer, seconds, type Stanza, stanza } from '../stanza.js';
import type { LinkedDevice } from '../users.js';
import type { World } from '../world.js';

/** Any number above what makes Baileys upload more. */
const ENOUGH_PRE_KEYS = 100;

/** How many one-time keys the server still holds of a device. */
export const preKeyCount = ({ preKeys, sparesPreKeys }: LinkedDevice): Stanza =>
  stanza('count', { value: String(sparesPreKeys ? ENOUGH_PRE_KEYS : preKeys.length) });

/** What the server believes a device's keys to be. The client only looks whether there is an answer. */
export const digest = ({ keys }: LinkedDevice): Stanza =>
  stanza('digest', {}, [
    stanza('registration', {}, encodeBigEndian(keys.registrationId)),
    stanza('type', {}, Buffer.from([5])),
    stanza('identity', {}, keys.identity),
    stanza('hash', {}, randomBytes(20)),
  ]);

/** The client uploads one-time keys and its signed key. */
export function storePreKeys(world: World, device: LinkedDevice, node: Stanza): void {
  for (const key of children(child(node, 'list'), 'key')) {
    world.addPreKey(device, { id: integer(bytes(child(key, 'id'))), public: bytes(child(key, 'value')) });
  }
  storeSignedPreKey(world, device, child(node, 'skey'));
}

/** The client replaces its signed key. */
export function storeSignedPreKey(world: World, device: LinkedDevice, skey: Stanza | undefined): void {
  if (!skey) return;
  const signedPreKey: SignedPreKey = {
    id: integer(bytes(child(skey, 'id'))),
    public: bytes(child(skey, 'value')),
    signature: bytes(child(skey, 'signature')),
  };
  device.keys.signedPreKey = signedPreKey;
  world.saveDevice(device);
}

/** Key bundles of the devices that were asked for, under the jid by which each was asked. */
export const bundles = (world: World, asked: Stanza | undefined): Stanza =>
  stanza('list', {}, children(asked, 'user').map(({ attrs }) => bundleOf(world, attrs['jid'] ?? '')));

function bundleOf(world: World, jid: string): Stanza {
  const device = world.device(jid);
  const bundle = deviceOf(jid) === 0 ? world.user(jid)?.phone.bundle() : device && world.takeBundle(device);
  if (!bundle) return stanza('user', { jid }, [stanza('error', { code: '404', text: 'item-not-found' })]);
  return stanza('user', { jid, t: seconds() }, Object.values(bundleStanzas(bundle)));
}
