export const tabs = ['customer', 'business', 'tests'] as const;
export type Tab = (typeof tabs)[number];

/** Where the page stands; all of it is in the address, so that a link or a reload leads to the same place. */
export interface Standing {
  readonly tab: Tab;
  /** The customer's number. */
  readonly person?: string;
  /** The open group; `person` is then who of it writes. */
  readonly group?: string;
  /** The customer's phone shows the statuses instead of the chat. */
  readonly statuses?: boolean;
  /** The business number. */
  readonly account?: string;
  /** The text of a QR that waits to be scanned (`/?qr=…`, printed by the gateway beside the picture). */
  readonly qr?: string;
}

export function readPlace(search: string): Standing {
  const query = new URLSearchParams(search);
  const qr = query.get('qr') ?? undefined;
  const tab = tabs.find((known) => known === query.get('tab')) ?? (qr ? 'business' : 'customer');
  return { tab, person: digits(query.get('person')), group: groupId(query.get('group')), statuses: query.has('statuses') || undefined, account: digits(query.get('account')), qr };
}

export function writePlace({ tab, person, group, statuses, account, qr }: Standing): string {
  const query = new URLSearchParams();
  if (tab !== 'customer') query.set('tab', tab);
  if (person) query.set('person', person);
  if (group) query.set('group', group);
  if (statuses) query.set('statuses', '');
  if (account) query.set('account', account);
  if (qr) query.set('qr', qr);
  return query.size > 0 ? `/?${query.toString()}` : '/';
}

function groupId(value: string | null): string | undefined {
  return value && /^\d+@g\.us$/.test(value) ? value : undefined;
}

function digits(value: string | null): string | undefined {
  return value && /^\d+$/.test(value) ? value : undefined;
}
