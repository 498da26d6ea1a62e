import { isDay } from '../invoicing/month.js';
import { fromCents } from '../money.js';

/**
 * An amount as people write it in lists: "27900", "$ 27.900,50", "27,900.50", "27.900". A separator that stands once with one or two digits
 * behind it begins the decimals; all others group thousands.
 * @returns decimal string; undefined for what is none
 */
export function amountIn(text: string): string | undefined {
  const bare = text.replace(/[\s$]|ARS|USD|AR\$/gu, '');
  const parts = /^(-?)(\d[\d.,]*)$/u.exec(bare);
  if (!parts) return undefined;
  const digits = parts[2]!;
  const decimals = /[.,](\d{1,2})$/u.exec(digits);
  const whole = (decimals ? digits.slice(0, decimals.index) : digits);
  const isGrouped = /^\d{1,3}([.,]\d{3})+$/u.test(whole);
  if (!/^\d+$/u.test(whole) && !isGrouped) return undefined;
  const value = BigInt(whole.replace(/[.,]/gu, '')) * 100n + BigInt((decimals?.[1] ?? '').padEnd(2, '0'));
  return value > 999_999_999_999n ? undefined : fromCents(parts[1] === '-' ? -value : value);
}

/** "16/11/2026", "16-11-26", "2026-11-16", and with an hour behind it → `YYYY-MM-DD`; undefined for what is no day. Days come before months. */
export function dayIn(text: string): string | undefined {
  const iso = /^(\d{4})[-/](\d{1,2})[-/](\d{1,2})(?:[T ].*)?$/u.exec(text.trim());
  const local = /^(\d{1,2})[-/.](\d{1,2})[-/.](\d{4}|\d{2})(?:[T ].*)?$/u.exec(text.trim());
  const [year, month, day] = iso ? [iso[1]!, iso[2]!, iso[3]!] : local ? [local[3]!.padStart(4, '20'), local[2]!, local[1]!] : [];
  if (year === undefined || month === undefined || day === undefined) return undefined;
  const found = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  return isDay(found) ? found : undefined;
}

const statuses: Record<'active' | 'suspended' | 'cancelled', RegExp> = {
  active: /^(activ[oa]|alta|habilitad[oa]|active|enabled|ok|si|s[ií]|1)$/iu,
  suspended: /^(suspendid[oa]|cortad[oa]|moros[oa]|bloquead[oa]|suspended|inactiv[oa]|disabled|deshabilitad[oa]|0)$/iu,
  cancelled: /^(baja|de baja|cancelad[oa]|retirad[oa]|cancelled|canceled|ex ?cliente)$/iu,
};

/** State of a service as lists say it; undefined for a word that nobody knows. */
export function statusIn(text: string): 'active' | 'suspended' | 'cancelled' | undefined {
  const word = text.trim();
  return (['active', 'suspended', 'cancelled'] as const).find((status) => statuses[status].test(word));
}

/** A coordinate with point or comma; undefined outside of the globe. */
export function coordinateIn(text: string, most: 90 | 180): string | undefined {
  const value = Number(text.trim().replace(',', '.'));
  return text.trim() !== '' && Number.isFinite(value) && Math.abs(value) <= most ? value.toFixed(6) : undefined;
}

/** Plans and names are the same whatever their accents, capitals and spaces. */
export const folded = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().replace(/\s+/gu, ' ').trim();
