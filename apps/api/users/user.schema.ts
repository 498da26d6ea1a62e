import { z } from 'zod';
import { LOGIN } from '../../../libs/domain/login.js';
import { roles } from '../../../libs/domain/roles.js';

const name = z.string().trim().min(1).max(80);
const role = z.enum(roles);
/** How they are known in the group that hears of tickets. */
const phone = z.string().regex(/^[0-9]{6,15}$/).meta({ description: 'E.164 digits' });
const departments = z.array(z.uuid()).max(50).transform((ids) => [...new Set(ids)]);

/** Users are told by it in lists and sign in with it: `juan.perez`, `soporte1`. */
export const loginNameSchema = z
  .string().trim().toLowerCase().regex(LOGIN)
  .meta({ description: 'Small letters, digits, dot, dash and underscore; 2 to 40 characters', examples: ['juan.perez'] });

export const userSchema = z
  .object({
    id: z.uuid(),
    login: z.string(),
    name: z.string(),
    role,
    phone: phone.nullable(),
    departments: z.array(z.uuid()),
    active: z.boolean(),
    mustChangePassword: z.boolean(),
    createdAt: z.iso.datetime(),
  })
  .meta({ id: 'User', description: 'Somebody of the company who signs in' });
export type UserView = z.infer<typeof userSchema>;

export const newUserSchema = z
  .object({ login: loginNameSchema, name, role, departments: departments.default([]) })
  .meta({ id: 'NewUser' });
export type NewUser = z.infer<typeof newUserSchema>;

export const userChangeSchema = z
  .object({ name: name.optional(), role: role.optional(), phone: phone.nullable().optional(), departments: departments.optional(), active: z.boolean().optional() })
  .meta({ id: 'UserChange', description: 'What is left out stays as it is' });
export type UserChange = z.infer<typeof userChangeSchema>;

export const temporaryPasswordSchema = z
  .object({ temporaryPassword: z.string().meta({ description: 'Shown once; its owner has to change it' }) })
  .meta({ id: 'TemporaryPassword' });
export type TemporaryPassword = z.infer<typeof temporaryPasswordSchema>;

export const createdUserSchema = z.object({ user: userSchema, ...temporaryPasswordSchema.shape }).meta({ id: 'CreatedUser' });
export type CreatedUser = z.infer<typeof createdUserSchema>;
