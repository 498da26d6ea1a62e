import { z } from 'zod';
import type { Company } from '../../../libs/db/entities/company.js';
import { PASSWORD_MAX_LENGTH } from '../../../libs/domain/password.js';
import { permissions, permissionsOf } from '../../../libs/domain/permissions.js';
import { roles } from '../../../libs/domain/roles.js';
import type { SignedIn } from '../platform/access/signed-in.js';

const password = z.string().min(1).max(PASSWORD_MAX_LENGTH);

export const loginSchema = z
  .object({
    login: z.string().trim().toLowerCase().min(1).max(64),
    password,
    remember: z.boolean().default(false).meta({ description: 'Thirty days instead of until the browser is closed' }),
  })
  .meta({ id: 'Login' });
export type Login = z.infer<typeof loginSchema>;

export const passwordChangeSchema = z
  .object({ current: password, next: z.string().max(1_000).meta({ description: 'At least ten characters, not the login, not the current one' }) })
  .meta({ id: 'PasswordChange' });
export type PasswordChange = z.infer<typeof passwordChangeSchema>;

export const sessionSchema = z
  .object({
    user: z.object({
      id: z.uuid(), login: z.string(), name: z.string(), role: z.enum(roles),
      departments: z.array(z.uuid()).meta({ description: 'Ids of the departments that they work in' }),
    }),
    company: z.object({
      id: z.string(), name: z.string(), timeZone: z.string(), locale: z.string(), currency: z.string(),
      logo: z.string().optional().meta({ description: 'SHA-256 of what `GET /api/company/logo` serves; absent: it has none' }),
      waitingAlarmMinutes: z.int().meta({ description: 'A customer who waits longer raises the alarm' }),
    }),
    mustChangePassword: z.boolean().meta({ description: 'Until it is false, every other route answers 403 password-change-required' }),
    csrf: z.string().meta({ description: 'To be named in x-csrf-token by whatever changes something' }),
    permissions: z.array(z.enum(permissions)),
  })
  .meta({ id: 'Session', description: 'Who is signed in, and what they may do' });
export type SessionView = z.infer<typeof sessionSchema>;

export const deviceSchema = z
  .object({
    id: z.uuid(),
    current: z.boolean(),
    remember: z.boolean(),
    address: z.string().nullable(),
    userAgent: z.string().nullable(),
    createdAt: z.iso.datetime(),
    seenAt: z.iso.datetime(),
    expiresAt: z.iso.datetime(),
  })
  .meta({ id: 'Device', description: 'A browser that is signed in' });
export type DeviceView = z.infer<typeof deviceSchema>;

/** What a screen is told of whoever uses it. */
export function sessionView(me: SignedIn, company: Company): SessionView {
  const { user, csrf, mustChangePassword } = me;
  return { user, company: { ...company, ...(company.logoSha256 ? { logo: company.logoSha256 } : {}) }, mustChangePassword, csrf, permissions: permissionsOf(user.role) };
}
