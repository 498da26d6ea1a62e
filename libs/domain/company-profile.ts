import type { CompanyHours } from './hours/hours.js';

/** How customers reach a company besides WhatsApp. What is absent is not told. */
export interface CompanyContacts {
  /** As they are to be dialled and read, such as "0343 421-0000"; the first is the main one. */
  phones: string[];
  email?: string;
  address?: string;
  /** Web page, https. */
  web?: string;
  /** Names or addresses on social networks, as they are to be read. */
  social: { network: SocialNetwork; name: string }[];
}

export const socialNetworks = ['instagram', 'facebook', 'x', 'tiktok', 'youtube', 'linkedin'] as const;
export type SocialNetwork = (typeof socialNetworks)[number];

export const noContacts: CompanyContacts = { phones: [], social: [] };

/** What a company says of itself besides its name. */
export interface CompanyProfile {
  /** Absent: nobody has said when the company attends, so nobody is told. */
  hours?: CompanyHours;
  /** Said first in the greeting of the bot. */
  welcome?: string;
  contacts: CompanyContacts;
  /** In the media store of the company: a PNG of at most `LOGO_SIDE` pixels a side. */
  logo?: CompanyLogo;
}

export interface CompanyLogo {
  sha256: string;
  width: number;
  height: number;
}

/** What it is made to fit into, in pixels. */
export const LOGO_SIDE = 512;
export const LONGEST_WELCOME = 600;

const networkNames: Record<SocialNetwork, string> = {
  instagram: 'Instagram', facebook: 'Facebook', x: 'X', tiktok: 'TikTok', youtube: 'YouTube', linkedin: 'LinkedIn',
};

/** Pure: how the company is reached, a line each, to be put into a message; '' when nothing is known. */
export function contactsInWords({ phones, email, address, web, social }: CompanyContacts): string {
  return [
    ...(phones.length > 0 ? [`📞 ${phones.join(' / ')}`] : []), ...(email ? [`✉️ ${email}`] : []), ...(address ? [`📍 ${address}`] : []),
    ...(web ? [`🌐 ${web}`] : []), ...social.map(({ network, name }) => `${networkNames[network]}: ${name}`),
  ].join('\n');
}
