import type { Connection } from '../connection.js';
import type { Media } from '../media/media.js';
import { MAX_MEDIA_BYTES } from '../media/media-host.js';
import { restrictionAnswer } from '../restrictions.js';
import { child, children, seconds, type Stanza, stanza } from '../stanza.js';
import type { LinkedDevice } from '../users.js';
import type { World } from '../world.js';
import { groupMetadata, participating } from './groups.js';
import { bundles, digest, preKeyCount, storePreKeys, storeSignedPreKey } from './keys.js';
import { usync } from './usync.js';

/** A question of a client's that is logged in. */
export interface Question {
  world: World;
  media: Media;
  connection: Connection;
  device: LinkedDevice;
  iq: Stanza;
  /** The question's first child; empty if there is none. */
  first: Stanza;
}

/** An answer's content, or an error. */
export type Answer = Stanza[] | { code: string; text: string };

const NOT_FOUND: Answer = { code: '404', text: 'item-not-found' };
const PRIVACY = ['last', 'online', 'profile', 'status', 'groupadd', 'calladd', 'readreceipts'];

/**
 * What the server answers, by namespace, type and first child. Answers are minimal: what Baileys does not read is absent.
 * To answer another question, add a line; questions without one are recorded as unknown and answered with error 501.
 */
export const QUERIES: Record<string, (question: Question) => Answer> = {
  'encrypt get count': ({ device }) => [preKeyCount(device)],
  'encrypt get digest': ({ device }) => [digest(device)],
  'encrypt get key': ({ world, first }) => [bundles(world, first)],
  'encrypt set registration': ({ world, device, iq }) => done(() => storePreKeys(world, device, iq)),
  'encrypt set rotate': ({ world, device, first }) => done(() => storeSignedPreKey(world, device, child(first, 'skey'))),
  'passive set active': () => [],
  'passive set passive': () => [],
  'abt get props': () => [stanza('props', { protocol: '1', hash: 'simulator', ab_key: 'simulator', refresh: '86400' }, [])],
  'blocklist get': () => [stanza('list', { dhash: '0' }, [])],
  'privacy get privacy': () => [stanza('privacy', {}, PRIVACY.map((name) => stanza('category', { name, value: 'all' })))],
  'privacy set privacy': () => [],
  'privacy set tokens': () => [stanza('tokens', {}, [])],
  'usync get usync': ({ world, first }) => [usync(world, first)],
  'w:p get ping': () => [],
  'w:p get': () => [],
  'w:m set media_conn': ({ media, device }) => [mediaConnection(media, device)],
  'w:profile:picture get picture': () => NOT_FOUND,
  'w:sync:app:state set sync': ({ first }) => [stanza('sync', {}, children(first, 'collection').map(collection))],
  'w:mex get query': ({ world, device, first }) => mex(world, device, first),
  'w:g2 get query': ({ world, device, iq }) => groupMetadata(world, device.account, iq.attrs['to']),
  'w:g2 get participating': ({ world, device }) => participating(world, device.account),
  'urn:xmpp:whatsapp:dirty set clean': () => [],
  'w:stats add': () => [],
  'status set status': () => [],
  'disappearing_mode set disappearing_mode': () => [],
};

/** Where a client uploads its files, and what it shows there. */
function mediaConnection(media: Media, { account }: LinkedDevice): Stanza {
  const host = stanza('host', { hostname: media.host, maxContentLengthBytes: String(MAX_MEDIA_BYTES) });
  return stanza('media_conn', { auth: media.authOf(account.number), ttl: '300', auth_ttl: '21600', max_buckets: '12' }, [host]);
}

export const questionKey = ({ attrs }: Stanza, first?: Stanza): string =>
  [attrs['xmlns'], attrs['type'], first?.tag].filter(Boolean).join(' ');

/** Nothing new on the server; a patch of the client's is taken, which raises the version. */
function collection({ attrs, ...node }: Stanza): Stanza {
  const patched = children({ attrs, ...node }, 'patch').length;
  const version = String(Number(attrs['version'] ?? 0) + (patched ? 1 : 0));
  return stanza('collection', { name: attrs['name'], version, type: 'result' });
}

/** Questions in GraphQL; the client names each by an id. */
function mex(world: World, { account }: LinkedDevice, { attrs }: Stanza): Answer {
  const answer = restrictionAnswer(account, attrs['query_id'], world.now());
  return answer ? [answer] : { code: '501', text: 'feature-not-implemented' };
}

function done(act: () => void): Answer {
  act();
  return [];
}

export const answerStanza = ({ attrs }: Stanza, answer: Answer, from: string): Stanza =>
  Array.isArray(answer)
    ? stanza('iq', { from, type: 'result', id: attrs['id'], t: seconds() }, answer.length ? answer : undefined)
    : stanza('iq', { from, type: 'error', id: attrs['id'] }, [stanza('error', { ...answer })]);
