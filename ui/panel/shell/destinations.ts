import type { Permission } from '../../shared/api/roles';
import type { IconName } from '../../shared/icons/icon-names';
import type { TextKey } from './i18n/es';

export type Group = 'general' | 'attention' | 'tools' | 'settings';

export interface Destination {
  readonly path: string;
  readonly icon: IconName;
  readonly name: TextKey;
  readonly group: Group;
  readonly permission: Permission;
  /** Opens in a browser tab of its own. */
  readonly ownTab?: true;
  /** What waits there is counted beside its name. */
  readonly counts?: 'receipts';
}

export const groups: readonly Group[] = ['general', 'attention', 'tools', 'settings'];

/** Every screen that the navigation and the search lead to, in the navigation's order. A new screen is a row here. */
export const destinations: readonly Destination[] = [
  { path: '/dashboard', icon: 'dash', name: 'nav.dashboard', group: 'general', permission: 'dashboard.read' },
  { path: '/omnichat', icon: 'headset', name: 'nav.omnichat', group: 'attention', permission: 'omnichat.use', ownTab: true },
  { path: '/customers', icon: 'table', name: 'nav.customers', group: 'attention', permission: 'customers.read' },
  { path: '/receipts', icon: 'receipt', name: 'nav.receipts', group: 'attention', permission: 'receipts.read', counts: 'receipts' },
  { path: '/tools', icon: 'tools', name: 'nav.tools', group: 'tools', permission: 'tools.use' },
  { path: '/notices', icon: 'mail', name: 'nav.notices', group: 'tools', permission: 'notices.manage' },
  { path: '/statuses', icon: 'megaphone', name: 'nav.statuses', group: 'tools', permission: 'statuses.manage' },
  { path: '/settings', icon: 'settings', name: 'nav.allSettings', group: 'settings', permission: 'company.manage' },
  { path: '/settings/users', icon: 'users', name: 'nav.users', group: 'settings', permission: 'users.manage' },
  { path: '/settings/departments', icon: 'layers', name: 'nav.departments', group: 'settings', permission: 'departments.manage' },
];

/** The place of the navigation that a page belongs to: the nearest above it. */
export const placeOf = (url: string): string | undefined =>
  destinations
    .map(({ path }) => path)
    .filter((path) => url === path || /^[/?#]/.test(url.slice(path.length)) && url.startsWith(path))
    .sort((one, other) => other.length - one.length)[0];
