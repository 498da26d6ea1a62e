/** A month as `YYYY-MM`, a day as `YYYY-MM-DD`: calendar days of the company, without a clock or a time zone. */

const MONTH = /^\d{4}-(0[1-9]|1[0-2])$/;
const DAY_MS = 86_400_000;

/** Whether it is a month. */
export const isMonth = (text: string): boolean => MONTH.test(text);

const utc = (year: number, month: number, day: number): string => new Date(Date.UTC(year, month - 1, day)).toISOString().slice(0, 10);

function partsOf(month: string): [year: number, month: number] {
  const [year = 0, nth = 0] = month.split('-').map(Number);
  return [year, nth];
}

/** How many days it has. */
export function daysIn(month: string): number {
  const [year, nth] = partsOf(month);
  return new Date(Date.UTC(year, nth, 0)).getUTCDate();
}

/** "2026-02" → "2026-02-01" */
export const firstDay = (month: string): string => `${month}-01`;

/** "2026-02" → "2026-02-28" */
export const lastDay = (month: string): string => `${month}-${daysIn(month)}`;

/** "2026-12" → "2027-01" */
export function monthAfter(month: string): string {
  const [year, nth] = partsOf(month);
  return utc(year, nth + 1, 1).slice(0, 7);
}

/** A day of a month, or its last one where it is shorter. */
export const dayOf = (month: string, day: number): string => `${month}-${String(Math.min(day, daysIn(month))).padStart(2, '0')}`;

/** Days later. */
export const addDays = (day: string, days: number): string => new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);

/** Whether it is a day that exists. */
export const isDay = (text: string): boolean =>
  /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(`${text}T00:00:00Z`)) && new Date(`${text}T00:00:00Z`).toISOString().startsWith(text);
