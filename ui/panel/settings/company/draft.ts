import type { CompanyChange, CompanyHours, CompanyProfile, SocialNetwork } from '../../../shared/api/company-api';

export const networks: readonly SocialNetwork[] = ['instagram', 'facebook', 'x', 'tiktok', 'youtube', 'linkedin'];

/** The company's data as the form has it: empty texts for what is not said. */
export interface CompanyDraft {
  name: string;
  timeZone: string;
  locale: string;
  currency: string;
  hours: CompanyHours | null;
  welcome: string;
  /** One a line. */
  phones: string;
  email: string;
  address: string;
  web: string;
  social: Record<SocialNetwork, string>;
}

export function draftOf({ name, timeZone, locale, currency, hours, welcome, contacts }: CompanyProfile): CompanyDraft {
  const social = Object.fromEntries(networks.map((network) => [network, contacts.social.find((one) => one.network === network)?.name ?? ''])) as CompanyDraft['social'];
  return {
    name, timeZone, locale, currency, hours: hours ?? null, welcome: welcome ?? '', social,
    phones: contacts.phones.join('\n'), email: contacts.email ?? '', address: contacts.address ?? '', web: contacts.web ?? '',
  };
}

export const phonesOf = (lines: string): string[] => lines.split('\n').map((line) => line.trim()).filter(Boolean);

/** Whether it reads as what telephones take: digits, three of them at least. */
export const isPhone = (said: string): boolean => /^[+\d][\d\s().\-/]*$/.test(said) && said.replace(/\D/g, '').length >= 3;
export const isEmail = (said: string): boolean => /^\S+@\S+\.\S+$/.test(said);

/** As the API takes it. */
export function changeOf(draft: CompanyDraft): CompanyChange {
  const { name, timeZone, locale, currency, hours, social } = draft;
  const said = (key: 'email' | 'address' | 'web') => (draft[key].trim() === '' ? {} : { [key]: draft[key].trim() });
  return {
    name: name.trim(), timeZone, locale, currency, hours, welcome: draft.welcome.trim() || null,
    contacts: {
      phones: phonesOf(draft.phones), ...said('email'), ...said('address'), ...said('web'),
      social: networks.flatMap((network) => (social[network].trim() === '' ? [] : [{ network, name: social[network].trim() }])),
    },
  };
}

/** Which fields differ from what is saved, whatever spaces are around them. */
export function changedFields(draft: CompanyDraft, saved: CompanyDraft): (keyof CompanyDraft)[] {
  return (Object.keys(saved) as (keyof CompanyDraft)[]).filter((key) => plain(draft[key]) !== plain(saved[key]));
}

const plain = (value: unknown): string => JSON.stringify(typeof value === 'string' ? value.trim() : value);
