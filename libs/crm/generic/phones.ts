import type { CountryCode } from 'libphonenumber-js/max';
import { readPhone } from '../../domain/phone/line.js';
import type { TemplateValues } from './template.js';

/**
 * The spellings of a phone that templates may use, and what rows are compared by; undefined for what is no number.
 * @param phone E.164 digits, or as a person of the country writes it
 */
export function phoneValues(phone: string, country?: CountryCode): { values: TemplateValues; key: string } | undefined {
  const international = readPhone(`+${phone.replace(/^\+/u, '')}`);
  const read = international.ok ? international : readPhone(phone, country);
  if (!read.ok) return undefined;
  const { e164, send, compare, isp } = read.line;
  // What a number is within its country: the longest ending of the comparable form among the ways in which it is stored.
  const national = isp.filter((one) => one !== compare && compare.endsWith(one)).sort((one, other) => other.length - one.length)[0] ?? compare;
  return {
    key: compare,
    values: {
      'phone.e164': e164, 'phone.plus': `+${e164}`, 'phone.whatsapp': send[0] ?? e164, 'phone.national': national,
      'phone.last10': national.slice(-10), 'phone.last8': national.slice(-8),
    },
  };
}
