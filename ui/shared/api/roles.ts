import type { Session, User } from './generated/models';

export type Role = User['role'];
export const roles = ['administrator', 'supervisor', 'operator'] as const satisfies readonly Role[];

/** What the API lets a role do; the session says which of these mine has. */
export type Permission = Session['permissions'][number];
