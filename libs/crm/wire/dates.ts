const pad = (digits: string) => digits.padStart(2, '0');

function day(year: string, month: string, dayOfMonth: string): string | undefined {
  const written = `${year.length === 2 ? `20${year}` : year}-${pad(month)}-${pad(dayOfMonth)}`;
  const date = new Date(`${written}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(written) && Number(year) > 0 ? written : undefined;
}

/**
 * `YYYY-MM-DD` of a vendor's date, a time behind it ignored: "2026-11-05 10:00:00", "05/11/2026", "5-11-26". Day before month, unless only the
 * other order is a date. Undefined for what is none, "0000-00-00" among it.
 */
export function dayOf(written: string): string | undefined {
  const plain = written.trim();
  const iso = /^(\d{4})[-/](\d{1,2})[-/](\d{1,2})(?:\D|$)/u.exec(plain);
  if (iso) return day(iso[1]!, iso[2]!, iso[3]!);
  const local = /^(\d{1,2})[-/.](\d{1,2})[-/.](\d{4}|\d{2})(?:\D|$)/u.exec(plain);
  return local ? day(local[3]!, local[2]!, local[1]!) ?? day(local[3]!, local[1]!, local[2]!) : undefined;
}

/** Day (`YYYY-MM-DD`) and time (`HH:mm:ss`) that clocks of a zone show at an instant. @param zone IANA name */
export function localTime(instant: string | number, zone: string): { day: string; time: string } {
  const form = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'medium' });
  const [day = '', time = ''] = form.format(new Date(instant)).split(' ');
  return { day, time };
}
