/** "10 dic" of a calendar day (2026-12-10). A day has no time zone: it is read and written in the same one. */
export function dayText(day: string, locale: string): string {
  return new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short', timeZone: 'UTC' }).format(new Date(`${day.slice(0, 10)}T00:00:00Z`));
}
