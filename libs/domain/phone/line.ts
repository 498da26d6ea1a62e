import { parsePhoneNumberFromString, type CountryCode } from 'libphonenumber-js/max';
import { numberingPlans, type NumberingPlan, type PhoneCountry } from './plans.js';

/** One line, and the ways in which it is written. All are digits without `+`. */
export interface PhoneLine {
  /** Today's E.164 spelling. Argentina: with the 9 only if the number was written as a mobile's. */
  e164: string;
  /** Candidates for WhatsApp, in the order to try: a supplied international spelling first. */
  send: string[];
  /** The same for all spellings of one line, another for each other line. Calling code and national digits. */
  compare: string;
  /** What an ISP's system may have stored, in the order to search: full, national, last digits. Check what is found by `compare`. */
  isp: string[];
}

export type PhoneProblem = 'no-digits' | 'too-short' | 'too-long' | 'no-such-number';

/** Why something is no number, for whoever wrote it. */
export const phoneProblemWords: Readonly<Record<PhoneProblem, string>> = {
  'no-digits': 'No hay ningún número.',
  'too-short': 'Faltan dígitos: escribí también el código de área.',
  'too-long': 'Sobran dígitos: ¿son dos números?',
  'no-such-number': 'Ningún país tiene un número así.',
};

export type ReadPhone = { ok: true; line: PhoneLine } | { ok: false; problem: PhoneProblem };

const MOST_DIGITS = 15;
/** With prefixes for dialling, the longest that is written: 0 15 11 98765 4321, 00 54 9 11 15 1234 5678. */
const MOST_WRITTEN = 18;
const FEWEST_DIGITS = 6;
const LAST_DIGITS = 8;

const unique = (values: readonly string[]): string[] => [...new Set(values)];
const plans = Object.values(numberingPlans);
const isPlanned = (country: string): country is PhoneCountry => Object.hasOwn(numberingPlans, country);

/** The national number of the plan that digits write, if they do. */
function nationalIn({ clean, national }: NumberingPlan, digits: string): string | undefined {
  const cleaned = clean.reduce((rest, [pattern, replacement]) => rest.replace(pattern, replacement), digits);
  return national.test(cleaned) ? cleaned : undefined;
}

function lineOf(plan: NumberingPlan, national: string, supplied?: string): PhoneLine {
  const { calling } = plan;
  const key = plan.key?.(national) ?? national;
  const accounts = (plan.accounts?.(national) ?? [national]).map((account) => calling + account);
  const first = supplied !== undefined && accounts.includes(supplied) ? [supplied] : [];
  return {
    e164: calling + national,
    send: unique([...first, ...accounts]),
    compare: calling + key,
    isp: unique([calling + national, ...accounts, national, key, ...(plan.written?.(key) ?? []), key.slice(-LAST_DIGITS)]),
  };
}

/** Numbers of countries without a plan of ours, and such as no plan has: of free calls, say. These must be in the world's tables. */
function lineElsewhere(written: string, country?: CountryCode): PhoneLine | undefined {
  const parsed = parsePhoneNumberFromString(written, country);
  const isNumber = country !== undefined && isPlanned(country) ? parsed?.isValid() : parsed?.isPossible();
  if (!parsed || isNumber !== true) return undefined;
  const e164 = parsed.number.slice(1);
  const national = parsed.nationalNumber;
  return { e164, send: [e164], compare: e164, isp: unique([e164, national, national.slice(-LAST_DIGITS)]) };
}

function lineAbroad(digits: string): PhoneLine | undefined {
  const plan = plans.find(({ calling }) => digits.startsWith(calling));
  const national = plan && nationalIn(plan, digits.slice(plan.calling.length));
  if (plan && national !== undefined) return lineOf(plan, national, digits);
  return digits.length <= MOST_DIGITS ? lineElsewhere(`+${digits}`) : undefined;
}

function lineAtHome(digits: string, country: CountryCode): PhoneLine | undefined {
  const plan = isPlanned(country) ? numberingPlans[country] : undefined;
  const national = plan && nationalIn(plan, digits);
  return plan && national !== undefined ? lineOf(plan, national) : undefined;
}

/**
 * Reads one phone number in any written form: as WhatsApp gives it ("5493415550100"), as a person or an ISP's system writes it
 * ("0341 15 555-0100", "+52 1 55 …", "tel. (0341) 555-0100 int. 3").
 * @param country whose numbers are meant where there is no `+` and no 00; a number without either is read as one of this country
 *   first, then as an international one
 */
export function readPhone(written: string, country?: CountryCode): ReadPhone {
  const plain = written.normalize('NFKC').replace(/(?:int(?:erno)?|ext(?:ensi[oó]n)?|anexo)\b\.?:?\s*\d+\s*$/iu, '');
  const all = plain.replace(/\D/gu, '');
  const problem = (why: PhoneProblem): ReadPhone => ({ ok: false, problem: why });
  if (all === '') return problem('no-digits');
  if (all.length < FEWEST_DIGITS) return problem('too-short');
  if (all.length > MOST_WRITTEN) return problem('too-long');
  const isAbroad = /^\D*\+/u.test(plain) || all.startsWith('00');
  const digits = isAbroad ? all.replace(/^00/u, '') : all;
  const home = isAbroad || country === undefined ? undefined : lineAtHome(digits, country);
  const line = home ?? lineAbroad(digits) ?? (isAbroad || country === undefined ? undefined : lineElsewhere(digits, country));
  if (line) return { ok: true, line };
  return problem(digits.length < 10 ? 'too-short' : digits.length > MOST_DIGITS ? 'too-long' : 'no-such-number');
}
