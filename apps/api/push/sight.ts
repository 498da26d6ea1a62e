import { can } from '../../../libs/domain/permissions.js';
import { maySeeTicket, type Person } from '../../../libs/domain/ticket/access.js';
import type { LoggedChange, Topic } from './change-log.js';

/** What a screen is told: look again at this subject. What is true is read from the API. */
export interface Change {
  topic: Topic;
  subject: string;
  conversation?: string;
}

/**
 * Whether somebody is told of a change: of what they may see now and, of a ticket, also of what they could see before, so that their
 * lists drop it.
 */
export function mayBeTold(person: Person, { topic, before, now }: LoggedChange): boolean {
  switch (topic) {
    case 'channel':
      return can(person.role, 'channels.read');
    case 'status':
      return can(person.role, 'statuses.manage');
    case 'notice':
      return can(person.role, 'notices.manage');
    case 'receipt':
    case 'payment-link':
      return can(person.role, 'receipts.read') || (now !== undefined && maySeeTicket(person, now)); // in the chat that it came in
    case 'settlement':
    case 'statement':
      return can(person.role, 'receipts.read');
    case 'payment-method':
      return can(person.role, 'payments.manage');
    case 'customer':
      return can(person.role, 'customers.read');
    case 'mode':
    case 'company':
      return can(person.role, 'mode.read');
    case 'isp':
      return can(person.role, 'dashboard.read');
    case 'user':
    case 'department':
      return can(person.role, 'colleagues.read');
    case 'ticket':
      return [...before, ...(now ? [now] : [])].some((facts) => maySeeTicket(person, facts));
    case 'message':
    case 'note':
      return can(person.role, 'tickets.all') || (now !== undefined && maySeeTicket(person, now));
  }
}

/** The part of a stretch that somebody is told of. */
export const told = (person: Person, changes: readonly LoggedChange[]): Change[] =>
  changes
    .filter((change) => mayBeTold(person, change))
    .map(({ topic, subject, conversation }) => ({ topic, subject, ...(conversation === undefined ? {} : { conversation }) }));
