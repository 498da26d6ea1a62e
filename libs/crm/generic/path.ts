/**
 * Where a value lies in a JSON answer: a small, safe part of what is known as JSONPath. `$` is the whole, `.name` and `["any name"]` a field,
 * `[0]` an item (from the end: `[-1]`), `[*]` every item. There are no filters, no scripts and no recursion, so a path cannot do more than read.
 */
export type PathStep = { field: string } | { item: number } | { every: true };

/** Fields that a path goes into are own ones: `$.constructor` finds nothing unless the answer says so. */
const STEP = /\.([\p{L}_][\p{L}\p{N}_-]*)|\[\s*(?:"((?:[^"\\]|\\["\\])*)"|'((?:[^'\\]|\\['\\])*)'|(-?\d{1,6})|(\*))\s*\]/uy;
export const LONGEST_PATH = 200;

/** @returns undefined for what is no path */
export function parsePath(path: string): PathStep[] | undefined {
  if (!path.startsWith('$') || path.length > LONGEST_PATH) return undefined;
  const steps: PathStep[] = [];
  const pattern = new RegExp(STEP);
  pattern.lastIndex = 1;
  while (pattern.lastIndex < path.length) {
    const found = pattern.exec(path);
    if (!found) return undefined;
    const [, plain, double, single, item] = found;
    const quoted = double ?? single;
    if (plain !== undefined) steps.push({ field: plain });
    else if (quoted !== undefined) steps.push({ field: quoted.replace(/\\(.)/gu, '$1') });
    else steps.push(item === undefined ? { every: true } : { item: Number(item) });
  }
  return steps;
}

export const isPath = (path: string): boolean => parsePath(path) !== undefined;

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);

function step(value: unknown, by: PathStep): unknown[] {
  if ('field' in by) return isObject(value) && Object.hasOwn(value, by.field) ? [value[by.field]] : [];
  if (!Array.isArray(value)) return [];
  if ('every' in by) return value;
  const at = by.item < 0 ? value.length + by.item : by.item;
  return at in value ? [value[at]] : [];
}

/** Everything that lies at a path, in order; nothing where there is nothing. @throws Error for what is no path (descriptions are checked) */
export function readPath(path: string, value: unknown): unknown[] {
  const steps = parsePath(path);
  if (!steps) throw new Error('not a path');
  return steps.reduce<unknown[]>((found, by) => found.flatMap((one) => step(one, by)), [value]);
}

/** The first field that a path goes into, if any: what it uses of a row. */
export function firstField(path: string): string | undefined {
  const first = parsePath(path)?.[0];
  return first && 'field' in first ? first.field : undefined;
}
