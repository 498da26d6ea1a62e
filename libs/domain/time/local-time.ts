/** A wall clock's time without a zone, as an HTML `datetime-local` field has it: `2026-11-27T18:30`. */
const form = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2})$/;

/** Made once a zone: making one takes longer than a hundred uses of it. */
const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone);
  if (known) return known;
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone, hourCycle: 'h23', year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit',
  });
  formats.set(timeZone, format);
  return format;
}

/** What a zone's clocks show at an instant, as if it were UTC, in ms. */
function shownAt(instantMs: number, timeZone: string): number {
  const part = Object.fromEntries(formatOf(timeZone).formatToParts(instantMs).map(({ type, value }) => [type, Number(value)]));
  return Date.UTC(part['year']!, part['month']! - 1, part['day'], part['hour'], part['minute']);
}

/**
 * Pure: the instant at which a zone's clocks show a time, in ms since 1970. Of an hour that comes twice in autumn it is the first;
 * undefined for an hour that is left out in spring, and for what is no time.
 * @param timeZone IANA name
 */
export function instantOf(local: string, timeZone: string): number | undefined {
  const parts = form.exec(local)?.slice(1).map(Number);
  if (!parts) return undefined;
  const [year, month, day, hour, minute] = parts as [number, number, number, number, number];
  const wanted = Date.UTC(year, month - 1, day, hour, minute);
  if (new Date(wanted).toISOString().slice(0, 16) !== local) return undefined; // 31 February, 25:00
  // Offsets before and after any change of the clocks near by: the candidates; an earlier instant first.
  const candidates = [-1, 1].map((days) => wanted - (shownAt(wanted + days * 86_400_000, timeZone) - (wanted + days * 86_400_000)));
  return candidates.sort((one, other) => one - other).find((candidate) => shownAt(candidate, timeZone) === wanted);
}

/** Pure: what a zone's clocks show at an instant, as a `datetime-local` field takes it. */
export const localTimeOf = (instantMs: number, timeZone: string): string => new Date(shownAt(instantMs, timeZone)).toISOString().slice(0, 16);
