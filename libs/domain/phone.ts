import { isSupportedCountry, type CountryCode } from 'libphonenumber-js/max';
import { readPhone } from './phone/line.js';

/**
 * Phone numbers (phone/ has the rules). Never imported by workflows: the metadata of all countries would go into their bundle.
 */

/**
 * The E.164 digits (without `+`) of a number as WhatsApp gives it ("5493415550100"; Mexico's still with the 1 that was
 * abolished) or as a person writes it for a country ("0341 15 555-0100", AR); undefined when it is no number of any country.
 */
export function e164Digits(number: string, country?: CountryCode): string | undefined {
  const read = readPhone(number, country);
  return read.ok ? read.line.e164 : undefined;
}

/**
 * What all spellings of one phone have in common (PhoneLine.compare); of what is no number, its digits.
 * @param number international, as WhatsApp gives it; `+` and separators allowed
 */
export function phoneKey(number: string): string {
  const read = readPhone(`+${number}`);
  return read.ok ? read.line.compare : number.replace(/\D/gu, '');
}

/** The country whose numbers people with this locale ("es-AR") write without a calling code; undefined when it names none. */
export function phoneCountryOf(locale: string): CountryCode | undefined {
  const region = locale.split('-').at(-1)?.toUpperCase() ?? '';
  return isSupportedCountry(region) ? region : undefined;
}
