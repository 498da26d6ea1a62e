export const tabs = ['customer', 'business', 'tests'] as const;
export type Tab = (typeof tabs)[number];

/** Where the page stands; all of it is in the address, so that a link or a reload leads to the same place. */
export interface Standing {
  readonly tab: Tab;
  /** The customer's number. */
  readonly person?: string;
  /** The business number. */
  readonly account?: string;
  /** The text of a QR that waits to be scanned (`/?qr=…`, printed by the gateway beside the picture). */
  readonly qr?: string;
}

export function readPlace(search: string): Standing {
  const query = new URLSearchParams(search);
  const qr = query.get('qr') ?? undefined;
  const tab = tabs.find((known) => known === query.get('tab')) ?? (qr ? 'business' : 'customer');
  return { tab, person: digits(query.get('person')), account: digits(query.get('account')), qr };
}

export function writePlace({ tab, person, account, qr }: Standing): string {
  const query = new URLSearchParams();
  if (tab !== 'customer') query.set('tab', tab);
  if (person) query.set('person', person);
  if (account) query.set('account', account);
  if (qr) query.set('qr', qr);
  return query.size > 0 ? `/?${query.toString()}` : '/';
}

function digits(value: string | null): string | undefined {
  return value && /^\d+$/.test(value) ? value : undefined;
}
