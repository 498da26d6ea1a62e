/**
 * Texts with places for values, `{{phone.national}}`: nothing is computed, and each value is encoded for where it goes, so that a value can never
 * become a part of the address, of the JSON or of a form.
 */
export type TemplateValues = Readonly<Record<string, string>>;

const PLACE = /\{\{\s*([a-zA-Z][a-zA-Z0-9.]*)\s*\}\}/gu;
const LONE_SURROGATE = /\p{Surrogate}/u;

/** The values that a template wants. */
export function placesIn(template: string): string[] {
  return [...new Set([...template.matchAll(PLACE)].map((found) => found[1]!))];
}

/** Has braces that are no place: a typo that would go out as it is. */
export const hasBrokenPlace = (template: string): boolean => /\{\{|\}\}/u.test(template.replace(PLACE, ''));

/** A value that cannot go where the template puts it (`..` in a path), or is not there. */
export class CannotFill extends Error {
  override readonly name = 'CannotFill';

  constructor(readonly place: string) {
    super('a value does not fit where the description puts it');
  }
}

function valueOf(values: TemplateValues, place: string): string {
  const value = Object.hasOwn(values, place) ? values[place] : undefined;
  if (value === undefined || LONE_SURROGATE.test(value)) throw new CannotFill(place);
  return value;
}

const fill = (template: string, put: (place: string) => string): string => template.replace(PLACE, (_whole, place: string) => put(place));

/** @throws CannotFill */
export const fillText = (template: string, values: TemplateValues): string => fill(template, (place) => valueOf(values, place));

/**
 * A path: each value is one segment's part, and cannot climb out of it.
 * @throws CannotFill
 */
export function fillPath(template: string, values: TemplateValues): string {
  const filled = fill(template, (place) => {
    const value = valueOf(values, place);
    if (value === '') throw new CannotFill(place);
    return encodeURIComponent(value);
  });
  const climbing = filled.split('/').some((segment) => /^(?:\.|%2e){1,2}$/iu.test(segment));
  if (climbing) throw new CannotFill(placesIn(template)[0] ?? '');
  return filled;
}

/** `true`, `false` and plain decimal numbers as JSON has them, wherever a place is asked for with `.json` at its end. */
function jsonOf(value: string, place: string): unknown {
  if (value === 'true' || value === 'false') return value === 'true';
  if (/^-?(?:0|[1-9]\d{0,14})(?:\.\d{1,6})?$/u.test(value)) return Number(value);
  throw new CannotFill(place);
}

/**
 * A JSON value whose texts are templates. A text that is one place and nothing else, as `"{{amount.json}}"`, becomes a number or a boolean.
 * @throws CannotFill
 */
export function fillJson(template: unknown, values: TemplateValues): unknown {
  if (typeof template === 'string') {
    const whole = /^\{\{\s*([a-zA-Z][a-zA-Z0-9.]*)\.json\s*\}\}$/u.exec(template)?.[1];
    return whole === undefined ? fillText(template, values) : jsonOf(valueOf(values, whole), whole);
  }
  if (Array.isArray(template)) return template.map((one) => fillJson(one, values));
  if (typeof template !== 'object' || template === null) return template;
  return Object.fromEntries(Object.entries(template).map(([name, one]) => [name, fillJson(one, values)]));
}

/** All templates in a JSON value. */
export function textsIn(template: unknown): string[] {
  if (typeof template === 'string') return [template];
  if (typeof template !== 'object' || template === null) return [];
  return Object.values(template).flatMap(textsIn);
}
