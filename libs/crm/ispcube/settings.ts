import { z } from 'zod';
import { lineSettings, secretSetting, setting, systemUrl } from '../wire/settings.js';

const words = z.string().trim().min(1).max(200);

/**
 * What an administrator types. The product's form has address, user and password; ISPCube's API also wants `api-key` and `client-id`, which its
 * support gives out with the user: without them every call is refused, so they are asked for, though they are not required here, as older
 * installations know only a key and a token (`legacy`).
 */
export const ispcubeSettings = z.object({
  url: systemUrl(),
  user: setting('ispcube.user', words.optional()),
  /** Of the user; in the old form the `api-token`. */
  password: secretSetting('ispcube.password'),
  apiKey: secretSetting('ispcube.apiKey').optional().meta({ label: 'integrations.field.ispcube.apiKey', help: 'integrations.field.ispcube.apiKey.help', secret: true }),
  clientId: setting('ispcube.clientId', words.optional()),
  login: setting('ispcube.login', z.enum(['token', 'legacy']).default('token')),
  /** Name of the entity that money goes to where a payment's method has none of its name. */
  entity: setting('ispcube.entity', words.optional()),
  /** Name of the category of tickets; the first one where it is left out. */
  ticketCategory: setting('ispcube.ticketCategory', words.optional()),
  /** Number of the user to whom tickets go. */
  ticketUser: setting('ispcube.ticketUser', z.string().trim().regex(/^\d{1,9}$/u).optional()),
  ...lineSettings,
});
export type IspcubeSettings = z.infer<typeof ispcubeSettings>;
