import { type Group, isMember, memberAttrs } from '../groups.js';
import { seconds, type Stanza, stanza, userOf } from '../stanza.js';
import type { Account } from '../users.js';
import type { World } from '../world.js';
import type { Answer } from './queries.js';

/** One group's metadata; only its members may ask. */
export function groupMetadata(world: World, account: Account, id: string | undefined): Answer {
  const group = world.groups.get(id);
  if (!group) return { code: '404', text: 'item-not-found' };
  if (!isMember(group, account.number)) return { code: '403', text: 'forbidden' };
  return [groupStanza(world, group)];
}

/** All groups that a business is in. */
export const participating = (world: World, account: Account): Answer => [
  stanza('groups', {}, world.groups.of(account.number).map((group) => groupStanza(world, group))),
];

/** A group as queries and notifications describe it. */
export function groupStanza(world: World, group: Group): Stanza {
  const creator = world.numbered(group.creator);
  const attrs = {
    id: userOf(group.id),
    subject: group.subject,
    s_t: seconds(Date.parse(group.subjectAt)),
    creation: seconds(Date.parse(group.createdAt)),
    creator: creator && memberAttrs(group, creator)['jid'],
    creator_pn: group.addressing === 'lid' ? creator?.shownPhoneJid : undefined,
    addressing_mode: group.addressing === 'lid' ? 'lid' : 'pn',
    size: String(group.members.length),
  };
  const members = group.members.flatMap(({ number, admin }) => {
    const user = world.numbered(number);
    const rank = admin ? (number === group.creator ? 'superadmin' : 'admin') : undefined;
    return user ? [stanza('participant', memberAttrs(group, user, rank))] : [];
  });
  return stanza('group', attrs, members);
}
