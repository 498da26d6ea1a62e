const ISO = /^(\d{4})-(\d{2})-(\d{2})/u;
const LATIN = /^(\d{1,2})[/-](\d{1,2})[/-](\d{4})/u;

/** `YYYY-MM-DD` of "2026-11-10", "2026-11-10 08:00:00", "10/11/2026" or "10/11/2026 08:00:00"; day before month, as the region writes it. */
export function dateOf(written: string | undefined): string | undefined {
  const iso = ISO.exec(written ?? '');
  const latin = iso ? undefined : LATIN.exec(written ?? '');
  const parts = iso ? [iso[1], iso[2], iso[3]] : latin ? [latin[3], latin[2], latin[1]] : undefined;
  if (!parts) return undefined;
  const day = parts.map((part) => part!.padStart(2, '0')).join('-');
  const read = new Date(`${day}T00:00:00Z`);
  return Number.isNaN(read.getTime()) || read.toISOString().slice(0, 10) !== day ? undefined : day; // 31 February, 0000-00-00
}

/** The calendar day that many days later. @param day `YYYY-MM-DD` */
export const addDays = (day: string, days: number): string => new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
