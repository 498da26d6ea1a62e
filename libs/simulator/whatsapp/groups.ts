import { randomInt } from 'node:crypto';
import type { Store } from './store.js';
import type { User } from './users.js';

export interface GroupMember {
  number: string;
  admin: boolean;
}

/** A group of people and businesses. */
export interface Group {
  /** `…@g.us` */
  id: string;
  subject: string;
  /** Number of who made it; acts for the changes that the control API asks for. */
  creator: string;
  /** ISO time. */
  createdAt: string;
  subjectAt: string;
  /** How its members are addressed: by LID as today, or by phone number as in a group of before the migration. */
  addressing: 'lid' | 'phone';
  members: GroupMember[];
}

/** All groups of the network. */
export class Groups {
  private readonly byId = new Map<string, Group>();

  constructor(private readonly store: Store) {}

  /** @param numbers the members; the first one made it and is its admin */
  create(subject: string, numbers: string[], addressing: Group['addressing']): Group {
    const createdAt = new Date().toISOString();
    const members = [...new Set(numbers)].map((number, index) => ({ number, admin: index === 0 }));
    const id = `120363${String(randomInt(10 ** 12)).padStart(12, '0')}@g.us`;
    const group: Group = { id, subject, creator: members[0]?.number ?? '', createdAt, subjectAt: createdAt, addressing, members };
    this.save(group);
    return group;
  }

  get(id: string | undefined): Group | undefined {
    return this.byId.get(id ?? '');
  }

  get all(): Group[] {
    return [...this.byId.values()];
  }

  /** The groups that a number is in. */
  of(number: string): Group[] {
    return this.all.filter((group) => isMember(group, number));
  }

  save(group: Group): void {
    this.byId.set(group.id, group);
    this.store.put('group', group.id, () => group);
  }

  restore(): void {
    for (const { value } of this.store.load<Group>('group')) this.byId.set(value.id, value);
  }

  clear(): void {
    this.byId.clear();
  }
}

type Addresses = Pick<User, 'lidJid' | 'phoneJid' | 'shownPhoneJid'>;

export const isGroupJid = (jid: string): boolean => jid.endsWith('@g.us');

export const isMember = ({ members }: Group, number: string): boolean => members.some((member) => member.number === number);

/** The jid by which a group names somebody. */
export const addressIn = ({ addressing }: Pick<Group, 'addressing'>, user: Addresses): string =>
  addressing === 'lid' ? user.lidJid : user.phoneJid;

/** How a stanza from a group names who acts: the address, and the other one, unless that person hides the number. */
export function participantAttrs(group: Pick<Group, 'addressing'>, user: Addresses): Record<string, string | undefined> {
  const participant = addressIn(group, user);
  if (group.addressing === 'phone') return { participant, participant_lid: user.lidJid, addressing_mode: 'pn' };
  return { participant, participant_pn: user.shownPhoneJid, addressing_mode: 'lid' };
}

/** How metadata and notifications of a group list a member. */
export function memberAttrs(group: Pick<Group, 'addressing'>, user: User, admin?: string): Record<string, string | undefined> {
  const jid = addressIn(group, user);
  return group.addressing === 'phone' ? { jid, lid: user.lidJid, type: admin } : { jid, phone_number: user.shownPhoneJid, type: admin };
}
