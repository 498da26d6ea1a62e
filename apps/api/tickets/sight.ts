import { can } from '../../../libs/domain/permissions.js';
import type { Person } from '../../../libs/domain/ticket/access.js';
import type { SignedIn } from '../platform/access/signed-in.js';

/** A condition with the values of its question marks. */
export interface Condition {
  sql: string;
  values: unknown[];
}

/** Whoever is signed in, as far as tickets care. */
export const personOf = ({ user }: Pick<SignedIn, 'user'>): Person => ({ id: user.id, role: user.role, departments: user.departments });

export const uuids = (ids: readonly string[]): string => `{${ids.join(',')}}`;

/** `maySeeTicket` of libs/domain for rows of `tickets t`: a spec holds the two to the same answers. */
export function visibleTo(person: Person): Condition {
  if (can(person.role, 'tickets.all')) return { sql: 'true', values: [] };
  return {
    sql: `(t.assignee = ?::uuid or (t.state = 'pending' and (t.department is null or t.department = any(?::uuid[]))))`,
    values: [person.id, uuids(person.departments)],
  };
}
