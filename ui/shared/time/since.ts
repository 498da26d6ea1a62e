type Unit = 'second' | 'minute' | 'hour' | 'day';

const secondsOf: readonly (readonly [Unit, number])[] = [['day', 86_400], ['hour', 3_600], ['minute', 60]];

/** How long ago, in the largest unit that it fills; what lies in the future happened just now. */
export function sinceParts(atMs: number, nowMs: number): { value: number; unit: Unit } {
  const seconds = Math.max(0, Math.floor((nowMs - atMs) / 1_000));
  const [unit, size] = secondsOf.find(([, size]) => seconds >= size) ?? ['second', 1];
  return { value: unit === 'second' ? 0 : Math.floor(seconds / size), unit };
}

/** 0:09, 1:30: what is left, rounded up, so that it ends with 0:00. */
export function minutesAndSeconds(ms: number): string {
  const seconds = Math.max(0, Math.ceil(ms / 1_000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}
