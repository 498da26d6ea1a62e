import { parsePhoneNumberFromString, type CountryCode } from 'libphonenumber-js/max';

/**
 * Phone numbers. Never imported by workflows: the metadata of all countries would go into their bundle.
 */

const formerMexican = /^521(?=\d{10}$)/u;

/**
 * The E.164 digits (without `+`) of a number as WhatsApp gives it ("5493415550100"; Mexico's still with the 1 that was
 * abolished) or as a person writes it for a country ("0341 15 555-0100", AR); undefined when it is no number of any country.
 */
export function e164Digits(number: string, country?: CountryCode): string | undefined {
  const digits = number.replace(/\D/gu, '').replace(formerMexican, '52');
  const international = parsePhoneNumberFromString(`+${digits}`);
  const local = country === undefined ? undefined : parsePhoneNumberFromString(number, country);
  const parsed = [local, international].find((candidate) => candidate?.isPossible() === true);
  return parsed?.number.slice(1);
}

/**
 * What two spellings of one phone have in common. Argentina writes mobiles with a 9 after the country code and without it
 * (54 9 341 … / 54 341 …), Mexico wrote them with a 1 until 2020 (52 1 …) and WhatsApp still does.
 * @param number E.164 digits, `+` and separators allowed
 */
export function phoneKey(number: string): string {
  const digits = number.replace(/\D/gu, '');
  return digits.replace(/^549(?=\d{10}$)/u, '54').replace(formerMexican, '52');
}
