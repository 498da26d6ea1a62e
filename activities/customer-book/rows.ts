/** An id that came from elsewhere must not reach PostgreSQL as a malformed uuid: it is simply nobody's. */
const uuidShape = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

export const isUuid = (id: string): boolean => uuidShape.test(id);

/** Of a `date` column as drivers give it: `YYYY-MM-DD`. */
export const dayFrom = (value: string | Date): string => (typeof value === 'string' ? value.slice(0, 10) : value.toISOString().slice(0, 10));

/** Of a `timestamptz` column: ISO instant. */
export const instantFrom = (value: string | Date): string => new Date(value).toISOString();

/** The members that are there: what is null in a row is absent to everybody else. */
export function present<T extends object>(row: T): { [K in keyof T]?: NonNullable<T[K]> } {
  return Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null && value !== undefined)) as { [K in keyof T]?: NonNullable<T[K]> };
}
