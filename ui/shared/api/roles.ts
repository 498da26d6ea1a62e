export const roles = ['administrator', 'supervisor', 'operator'] as const;
export type Role = (typeof roles)[number];

/** What the API lets a role do; the session says which of these mine has. */
export type Permission =
  | 'account.own' | 'omnichat.use' | 'colleagues.read' | 'tickets.all' | 'dashboard.read' | 'channels.read' | 'channels.link'
  | 'company.manage' | 'users.manage' | 'departments.manage' | 'payloads.read';
