/** Roles of a company's users (requirements/000). */
export const roles = ['administrator', 'supervisor', 'operator'] as const;
export type Role = (typeof roles)[number];
