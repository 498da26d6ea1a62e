import { bytes, child, children, isLid, seconds, type Stanza, stanza } from '../stanza.js';
import { Account, type User } from '../users.js';
import type { World } from '../world.js';

/** Answers `usync`: which of these users exist, their LIDs and their devices. */
export function usync(world: World, query: Stanza): Stanza {
  const protocols = children(child(query, 'query')).map(({ tag }) => tag);
  const users = children(child(query, 'list')).map((asked) => describe(world, protocols, asked));
  const { sid, mode, context } = query.attrs;
  return stanza('usync', { sid, mode, context, index: '0', last: 'true' }, [
    stanza('result', {}, protocols.map((tag) => stanza(tag))),
    stanza('list', {}, users),
  ]);
}

function describe(world: World, protocols: string[], asked: Stanza): Stanza {
  const contact = child(asked, 'contact');
  const phone = contact?.content === undefined ? undefined : bytes(contact).toString().replace('+', '');
  const jid = asked.attrs['jid'] ?? `${phone}@s.whatsapp.net`;
  const user = world.user(jid);
  const answers = protocols.flatMap((protocol) => ANSWERS[protocol]?.(user, jid, phone) ?? []);
  return stanza('user', { jid: user && !isLid(jid) ? user.phoneJid : jid }, answers);
}

const ANSWERS: Record<string, (user: User | undefined, jid: string, phone?: string) => Stanza | undefined> = {
  contact: (user, _jid, phone) => stanza('contact', { type: user ? 'in' : 'out' }, phone ? Buffer.from(`+${phone}`) : undefined),
  // Only for those who were asked by phone: the client would take the answer for a mapping of the LID to itself.
  lid: (user, jid) => (user && !isLid(jid) ? stanza('lid', { val: user.lidJid }) : undefined),
  devices: (user) => user && devices(user),
  status: (user) => user && stanza('status', { t: seconds() }, Buffer.from('¡Hola! Estoy usando WhatsApp.')),
  disappearing_mode: (user) => user && stanza('disappearing_mode', { duration: '0', t: '0' }),
};

/** The phone is device 0; a client encrypts a copy for its own phone and for each other linked device, too. */
function devices(user: User): Stanza {
  const linked = user instanceof Account ? [...user.devices.values()] : [];
  const list = [
    stanza('device', { id: '0' }),
    ...linked.map(({ id, keyIndex }) => stanza('device', { id: String(id), 'key-index': String(keyIndex) })),
  ];
  return stanza('devices', {}, [
    stanza('device-list', { hash: `2:${linked.map(({ id }) => id).join('.')}` }, list),
    stanza('key-index-list', { ts: seconds() }),
  ]);
}
