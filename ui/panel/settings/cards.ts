import type { Permission } from '../../shared/api/roles';
import type { SettingsCardId } from '../../shared/api/settings-api';
import type { IconName } from '../../shared/icons/icon-names';
import type { TextKey } from './i18n/es';

/** A part of the settings, as the grid and the search (Ctrl K) show it. */
export interface SettingsCard {
  /** Of its screen under /settings/, and its name at `GET /api/settings/cards`. */
  readonly path: SettingsCardId;
  /** Where its screen is, if not under /settings/. */
  readonly at?: string;
  readonly icon: IconName;
  readonly name: TextKey;
  /** What one does there. */
  readonly text: TextKey;
  /** Other words that people look for it by, in both languages. */
  readonly keywords: TextKey;
  readonly permission: Permission;
}

/** Every card, in the grid's order. A new one is a row here, its words in both dictionaries, and a lazy route in routes.ts. */
export const settingsCards: readonly SettingsCard[] = [
  { path: 'company', icon: 'home', name: 'company', text: 'company.text', keywords: 'company.keywords', permission: 'company.manage' },
  { path: 'users', icon: 'users', name: 'users', text: 'users.text', keywords: 'users.keywords', permission: 'users.manage' },
  { path: 'departments', icon: 'layers', name: 'departments', text: 'departments.text', keywords: 'departments.keywords', permission: 'departments.manage' },
  { path: 'gateway', icon: 'mail', name: 'gateway', text: 'gateway.text', keywords: 'gateway.keywords', permission: 'gateway.manage' },
  { path: 'customer-fields', icon: 'eye', name: 'fields', text: 'fields.text', keywords: 'fields.keywords', permission: 'company.manage' },
  { path: 'integrations', icon: 'plug', name: 'integrations', text: 'integrations.text', keywords: 'integrations.keywords', permission: 'integrations.manage' },
  { path: 'payment-methods', icon: 'wallet', name: 'payments', text: 'payments.text', keywords: 'payments.keywords', permission: 'payments.manage' },
  { path: 'statuses', at: '/statuses', icon: 'megaphone', name: 'statuses', text: 'statuses.text', keywords: 'statuses.keywords', permission: 'statuses.manage' },
  { path: 'receipts', icon: 'receipt', name: 'receipts', text: 'receipts.text', keywords: 'receipts.keywords', permission: 'payments.manage' },
  { path: 'models', icon: 'spark', name: 'models', text: 'models.text', keywords: 'models.keywords', permission: 'models.manage' },
  { path: 'audit', icon: 'book', name: 'audit', text: 'audit.text', keywords: 'audit.keywords', permission: 'audit.read' },
];

export const addressOf = ({ at, path }: SettingsCard): string => at ?? `/settings/${path}`;
