const dayMs = 86_400_000;

/** `date`: `YYYY-MM-DD`; negative days go back. */
export function addDays(date: string, days: number): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * dayMs).toISOString().slice(0, 10);
}

/** An ISO instant some whole days and minutes of that day after `date` began in UTC. */
export function instantAt(date: string, days: number, minuteOfDay: number): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * dayMs + minuteOfDay * 60_000).toISOString();
}
