import { z } from 'zod';
import { lineSettings, secretSetting, setting, systemUrl } from '../wire/settings.js';

/** WispHub's own hosts; which one an account lives on is not told: `test` tries them in this order. */
export const wisphubHosts = ['https://api.wisphub.net', 'https://api.wisphub.io', 'https://api.wisphub.app', 'https://sandbox-api.wisphub.net'] as const;

const words = z.string().trim().min(1).max(200);

export const wisphubSettings = z.object({
  /** Found out by `test` where it is left out. */
  url: systemUrl().optional().meta({ label: 'integrations.field.wisphub.url', help: 'integrations.field.wisphub.url.help' }),
  apiKey: secretSetting('wisphub.apiKey'),
  /** Name of the form of payment where an order's method has none of its name. */
  paymentForm: setting('wisphub.paymentForm', words.optional()),
  /** User of WispHub in whose name payments are registered. */
  paymentUser: setting('wisphub.paymentUser', words.optional()),
  /** Number of the technician who gets tickets. */
  technician: setting('wisphub.technician', z.string().trim().regex(/^\d{1,9}$/u).optional()),
  /** Subject, of the account's list, for what none of the list fits. */
  otherSubject: setting('wisphub.otherSubject', words.default('Otro Asunto')),
  ...lineSettings,
});
export type WisphubSettings = z.infer<typeof wisphubSettings>;
