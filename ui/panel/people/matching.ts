import type { User } from '../../shared/api/people-api';

export const userFilters = ['', 'active', 'inactive'] as const;
export type UserFilter = (typeof userFilters)[number];

/** Those whose name or login has the words, whatever the capitals and accents. */
export function matching(users: readonly User[], words: string): User[] {
  const wanted = plain(words);
  return users.filter(({ name, login }) => plain(name).includes(wanted) || login.includes(wanted));
}

export function filtered(users: readonly User[], filter: string): User[] {
  return users.filter(({ active }) => (filter === 'active' ? active : filter === 'inactive' ? !active : true));
}

const plain = (words: string): string => words.trim().normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
