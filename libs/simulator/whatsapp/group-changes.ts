import type { Delivery } from './delivery.js';
import { SimulatorError } from './errors.js';
import { type Group, isMember, memberAttrs, participantAttrs } from './groups.js';
import { groupStanza } from './queries/groups.js';
import { newId, seconds, type Stanza, stanza } from './stanza.js';
import type { User } from './users.js';
import type { World } from './world.js';

export interface NewGroup {
  subject: string;
  /** Numbers of people and businesses; the first one makes the group. */
  members: string[];
  /** As groups of before the migration: its members are addressed by phone number. */
  addressing?: Group['addressing'];
}

export interface GroupChange {
  subject?: string;
  /** Numbers. */
  add?: string[];
  remove?: string[];
}

/** What happens to groups themselves; the businesses in them are told. */
export class GroupChanges {
  constructor(
    private readonly world: World,
    private readonly delivery: Delivery,
    private readonly changed: (id: string) => void,
  ) {}

  /** @throws SimulatorError person_unknown, if a member is on nobody's phone */
  create({ subject, members, addressing = 'lid' }: NewGroup): Group {
    for (const number of members) this.user(number);
    const group = this.world.groups.create(subject, members, addressing);
    this.tell(group, stanza('create', { type: 'new' }, [groupStanza(this.world, group)]));
    this.changed(group.id);
    return group;
  }

  /** Its maker renames it, adds or removes members; who is in (or out) already stays so. @throws SimulatorError person_unknown */
  change(group: Group, { subject, add = [], remove = [] }: GroupChange): void {
    const [entering, leaving] = [add, remove].map((numbers) => [...new Set(numbers)].map((number) => this.user(number)));
    const added = (entering ?? []).filter(({ number }) => !isMember(group, number));
    const removed = (leaving ?? []).filter(({ number }) => isMember(group, number));
    if (subject !== undefined && subject !== group.subject) this.rename(group, subject);
    if (added.length) {
      group.members.push(...added.map(({ number }) => ({ number, admin: false })));
      this.tell(group, stanza('add', {}, listed(group, added)));
    }
    if (removed.length) this.remove(group, removed);
    this.world.groups.save(group);
    this.changed(group.id);
  }

  private rename(group: Group, subject: string): void {
    Object.assign(group, { subject, subjectAt: new Date().toISOString() });
    this.tell(group, stanza('subject', { subject, s_t: seconds(), s_o: memberAttrs(group, this.user(group.creator))['jid'] }));
  }

  /** Those who are removed hear of it, too; those who stay write with new keys from now on. */
  private remove(group: Group, removed: User[]): void {
    this.tell(group, stanza('remove', {}, listed(group, removed)));
    group.members = group.members.filter(({ number }) => !removed.some((user) => user.number === number));
    for (const { number } of group.members) this.user(number).phone.senderKeys.renew(group.id);
  }

  private tell(group: Group, change: Stanza): void {
    const maker = this.user(group.creator);
    const attrs = { from: group.id, type: 'w:gp2', t: seconds(), notify: maker.name, ...participantAttrs(group, maker) };
    for (const { number } of group.members) {
      for (const device of this.world.accounts.get(number)?.devices.values() ?? []) {
        this.delivery.queue(device, stanza('notification', { ...attrs, id: newId() }, [change]));
      }
    }
  }

  private user(number: string): User {
    const user = this.world.numbered(number);
    if (!user) throw new SimulatorError('person_unknown');
    return user;
  }
}

const listed = (group: Group, users: User[]): Stanza[] => users.map((user) => stanza('participant', memberAttrs(group, user)));
