type Facts = Readonly<Record<string, unknown>>;

/** One field that a change made another; undefined: it was not there, or is not any more. */
export interface Difference {
  /** Names from the outside in: `contacts`, `email`. */
  readonly path: readonly string[];
  readonly before: unknown;
  readonly after: unknown;
}

const isFacts = (value: unknown): value is Facts => typeof value === 'object' && value !== null && !Array.isArray(value);

/** The database keeps the fields of an object in an order of its own, in which a span would end before it begins. */
const isSpan = (value: unknown): value is { readonly from: string; readonly to: string } => isFacts(value) && Object.keys(value).sort().join() === 'from,to';

/** Field by field what differs, down to where both sides are no objects any more. */
export function differencesOf(before: Facts | undefined, after: Facts | undefined, path: readonly string[] = []): Difference[] {
  const names = [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])];
  return names.flatMap((name) => {
    const [was, is] = [before?.[name], after?.[name]];
    if (JSON.stringify(was) === JSON.stringify(is)) return [];
    const here = [...path, name];
    const canGoDown = (isFacts(was) || isFacts(is)) && [was, is].every((side) => isFacts(side) || side === undefined || side === null);
    const inside = canGoDown ? differencesOf(isFacts(was) ? was : undefined, isFacts(is) ? is : undefined, here) : [];
    return inside.length > 0 ? inside : [{ path: here, before: was, after: is }];
  });
}

/** A value as people read it: lists by commas, objects by their values, nothing as undefined. */
export function valueInWords(value: unknown, words: { readonly yes: string; readonly no: string }): string | undefined {
  if (value === undefined || value === null || value === '') return undefined;
  if (typeof value === 'boolean') return value ? words.yes : words.no;
  if (Array.isArray(value)) return value.map((one) => valueInWords(one, words)).filter(Boolean).join(', ') || undefined;
  if (isSpan(value)) return `${value.from}–${value.to}`;
  if (isFacts(value)) return Object.values(value).map((one) => valueInWords(one, words)).filter(Boolean).join(' · ') || undefined;
  return String(value as string | number);
}
