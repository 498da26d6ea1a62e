import { z } from 'zod';

/** The cards of the settings, by the path of their screen; a new one is a word here and a reader in card-states.ts. */
export const settingsCards = ['company', 'users', 'departments', 'integrations', 'customer-fields', 'statuses', 'gateway', 'payment-methods', 'audit', 'receipts', 'models'] as const;
export type SettingsCardId = (typeof settingsCards)[number];

/** `ready`: works as set · `off`: switched off on purpose · `incomplete`: something lacks · `failing`: set, and does not work. */
export const cardStates = ['ready', 'off', 'incomplete', 'failing'] as const;

/** What a card says below its state, each with its words in `ui/panel/settings/i18n` (`detail.<code>`), where its values go. */
export const cardDetails = ['profile-unconfirmed', 'users-active', 'departments-count', 'departments-none', 'isp-active', 'isp-down', 'isp-embedded', 'statuses-scheduled', 'fields-shown', 'audit-entries', 'gateway-tokens', 'gateway-none', 'gateway-untold', 'payment-methods-shown', 'payment-methods-none', 'payment-platform-failing', 'receipts-manual', 'receipts-auto', 'receipts-no-account', 'models-none', 'models-off', 'models-failing', 'models-asked'] as const;

export const settingsCardSchema = z
  .object({
    card: z.enum(settingsCards),
    state: z.enum(cardStates),
    detail: z.object({ code: z.enum(cardDetails), values: z.record(z.string(), z.union([z.string(), z.number()])) }).optional(),
  })
  .meta({ id: 'SettingsCard', description: 'How one part of the settings is' });
export type SettingsCardView = z.infer<typeof settingsCardSchema>;
