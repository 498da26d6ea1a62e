import type { DescribedField, DescribedOperation, Description } from '../../../shared/api/descriptions-api';

/** A description in the making, and how its parts are written in boxes of text. All pure: a draft is never changed, another one is made. */

export const emptyDraft: Description = { version: 1, name: 'Mi sistema', auth: { mode: 'header', name: 'X-API-Key' }, operations: {}, map: {} };

const without = <T>(record: Readonly<Record<string, T>>, key: string): Record<string, T> => Object.fromEntries(Object.entries(record).filter(([name]) => name !== key));

/** @param operation undefined: it is not described any more */
export const withOperation = (draft: Description, name: string, operation: DescribedOperation | undefined): Description =>
  ({ ...draft, operations: operation ? { ...draft.operations, [name]: operation } : without(draft.operations, name) });

/** @param field undefined: the answer does not have it */
export function withField(draft: Description, entity: string, name: string, field: DescribedField | undefined): Description {
  const before = draft.map[entity] ?? {};
  const fields = field ? { ...before, [name]: field } : without(before, name);
  return { ...draft, map: Object.keys(fields).length > 0 ? { ...draft.map, [entity]: fields } : without(draft.map, entity) };
}

/** Each path of "$.nombre, $["a, b"]": commas within quotes or brackets are part of one. */
export function pathsIn(text: string): string[] {
  const paths = text.match(/(?:"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|[^,"'])+/gu) ?? [];
  return paths.map((path) => path.trim()).filter((path) => path !== '');
}

/** A field with other paths; none: undefined. */
export function fieldAt(text: string, before: DescribedField | undefined): DescribedField | undefined {
  const from = pathsIn(text);
  return from.length === 0 ? undefined : { ...before, from };
}

/** "telefono={{phone.last8}}", one a line. */
export function pairsIn(text: string): Record<string, string> {
  const lines = text.split('\n').map((line) => line.trim()).filter((line) => line !== '');
  return Object.fromEntries(lines.map((line) => {
    const at = line.indexOf('=');
    return at < 0 ? [line, ''] : [line.slice(0, at).trim(), line.slice(at + 1).trim()];
  }));
}
export const pairsText = (pairs: Readonly<Record<string, string>> = {}): string => Object.entries(pairs).map(([name, value]) => `${name}=${value}`).join('\n');

/** The words for one of our choices: "activo, 1". */
export function withWords(field: DescribedField, choice: string, text: string): DescribedField {
  const words = text.split(',').map((word) => word.trim()).filter((word) => word !== '');
  return { ...field, values: words.length > 0 ? { ...field.values, [choice]: words } : without(field.values ?? {}, choice) };
}

/** What an operation has besides what the form shows. */
export type Extras = Pick<DescribedOperation, 'headers' | 'ok' | 'notFound' | 'poll'>;
const extraNames = ['headers', 'ok', 'notFound', 'poll'] as const;
export function extrasText(operation: DescribedOperation): string {
  const extras = Object.fromEntries(extraNames.flatMap((name) => (operation[name] === undefined ? [] : [[name, operation[name]]])));
  return Object.keys(extras).length === 0 ? '' : JSON.stringify(extras, null, 2);
}

/** @returns undefined for what is no JSON object of these parts */
export function withExtras(operation: DescribedOperation, text: string): DescribedOperation | undefined {
  const extras = text.trim() === '' ? {} : jsonObject(text);
  if (!extras || Object.keys(extras).some((name) => !(extraNames as readonly string[]).includes(name))) return undefined;
  const { method, path, query, body, list } = operation;
  return { method, path, ...(query ? { query } : {}), ...(body ? { body } : {}), ...(list === undefined ? {} : { list }), ...(extras as Extras) };
}

/** A JSON object, or undefined. */
export function jsonObject(text: string): Record<string, unknown> | undefined {
  try {
    const read: unknown = JSON.parse(text);
    return typeof read === 'object' && read !== null && !Array.isArray(read) ? (read as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

/** Enough of the shape to show it in the form; the API tells the rest. */
export function importedDraft(text: string): Description | undefined {
  const read = jsonObject(text);
  const isMap = (value: unknown) => typeof value === 'object' && value !== null && Object.values(value).every((one) => typeof one === 'object' && one !== null);
  const looksRight = read?.['version'] === 1 && typeof read['name'] === 'string' && isMap(read['operations']) && isMap(read['map']) && jsonObject(JSON.stringify(read['auth'] ?? null));
  if (!read || !looksRight) return undefined;
  const fields = Object.values(read['map'] as Record<string, Record<string, unknown>>).flatMap((one) => Object.values(one));
  return fields.every((field) => Array.isArray((field as { from?: unknown } | null)?.from)) ? (read as unknown as Description) : undefined;
}

/** What somebody has to type to try an operation: one phone for all its spellings; a task is given by the system. */
export const samplesFor = (values: readonly string[]): string[] =>
  [...new Set(values.filter((value) => value !== 'task').map((value) => (value.startsWith('phone.') ? 'phone' : value)))];
