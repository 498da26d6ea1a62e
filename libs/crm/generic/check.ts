import type { Field, GenericDescription, Operation } from './description.js';
import { entitySpec, operationNames, operationSpec, type Entity, type OperationName } from './operations.js';
import { hasBrokenPlace, placesIn, textsIn } from './template.js';

/** What is wrong with a description, by a code for which the screen has words, and where. */
export interface DescriptionProblem {
  at: (string | number)[];
  code: DescriptionProblemCode;
}
export type DescriptionProblemCode =
  | 'path-start' | 'path-characters' | 'place-broken' | 'place-unknown' | 'json' | 'form' | 'get-body' | 'auth-needs-body' | 'field-unknown' | 'field-required' | 'map-required'
  | 'needs-operation' | 'needs-check' | 'choice-unknown' | 'choice-missing' | 'header-reserved' | 'rule-empty' | 'poll-task' | 'query-is-secret';

/** These are set by the adapter or by HTTP itself. */
const RESERVED = /^(?:host|content-length|content-type|transfer-encoding|connection|cookie|authorization|proxy-.*|te|upgrade|trailer|expect)$/iu;
/** What an address may have, with places; no `?`, `#` or backslash: what begins a query or another host is not a path. */
const PATH_CHARACTERS = /^[A-Za-z0-9\-._~!$&'()*+,;=:@%/]*$/u;

function* pathProblems(path: string, at: (string | number)[]): Generator<DescriptionProblem> {
  const fixed = path.replace(/\{\{[^{}]*\}\}/gu, 'x');
  if (!path.startsWith('/') || path.startsWith('//')) yield { at, code: 'path-start' };
  if (!PATH_CHARACTERS.test(fixed) || fixed.split('/').some((segment) => /^(?:\.|%2e){1,2}$/iu.test(segment))) yield { at, code: 'path-characters' };
}

/** The JSON of a body, or undefined. */
export function parsedBody(content: string): unknown {
  try {
    return JSON.parse(content) as unknown;
  } catch {
    return undefined;
  }
}

function* bodyProblems({ method, body }: Operation, at: (string | number)[]): Generator<DescriptionProblem> {
  if (body === undefined) return;
  if (method === 'GET') yield { at: [...at, 'body'], code: 'get-body' };
  const content = parsedBody(body.content);
  if (typeof content !== 'object' || content === null) yield { at: [...at, 'body', 'content'], code: 'json' };
  else if (body.type === 'form' && (Array.isArray(content) || !Object.values(content).every((one) => typeof one === 'string'))) yield { at: [...at, 'body', 'content'], code: 'form' };
}

/** Each template of an operation with where it is. */
function* templatesOf({ path, query, body, poll }: Operation): Generator<{ at: (string | number)[]; template: string }> {
  yield { at: ['path'], template: path };
  for (const [key, template] of Object.entries(query ?? {})) yield { at: ['query', key], template };
  if (body) for (const template of textsIn(parsedBody(body.content))) yield { at: ['body', 'content'], template };
  if (poll) yield { at: ['poll', 'path'], template: poll.path };
}

function* placeProblems(name: OperationName, operation: Operation, at: (string | number)[]): Generator<DescriptionProblem> {
  const known = new Set<string>(operationSpec(name).values);
  for (const { at: where, template } of templatesOf(operation)) {
    if (hasBrokenPlace(template)) yield { at: [...at, ...where], code: 'place-broken' };
    const unknown = placesIn(template).some((place) => !known.has(where[0] === 'body' ? place.replace(/\.json$/u, '') : place));
    if (unknown) yield { at: [...at, ...where], code: 'place-unknown' };
  }
}

/** Whether an id stands in the path, where a system cannot overlook it; in a query or a body it may ignore what it does not know. */
const inPath = (operation: Operation, place: string): boolean => placesIn(operation.path).includes(place);

function* senseProblems(name: OperationName, operation: Operation, description: GenericDescription, at: (string | number)[]): Generator<DescriptionProblem> {
  const { entity, needs = [], checked = [] } = operationSpec(name);
  const mapped = description.map[entity] ?? {};
  if (needs.some((other) => description.operations[other as OperationName] === undefined)) yield { at, code: 'needs-operation' };
  if (checked.some((field) => mapped[field] === undefined)) yield { at: ['map', entity], code: 'needs-check' };
  if (name === 'invoices' && !inPath(operation, 'id') && mapped['customer'] === undefined) yield { at: ['map', 'invoice'], code: 'needs-check' };
  if ((name === 'findTicket' || name === 'findProspect') && mapped['reference'] === undefined) yield { at: ['map', 'made'], code: 'needs-check' };
  if (name === 'connection' && !inPath(operation, 'service') && mapped['service'] === undefined && description.map.customer?.['services'] !== undefined) {
    yield { at: ['map', 'connection'], code: 'needs-check' };
  }
  const required = Object.values(entitySpec(entity)).some((field) => field.required);
  if (required && description.map[entity] === undefined) yield { at: ['map', entity], code: 'map-required' };
}

function* operationProblems(name: OperationName, operation: Operation, description: GenericDescription): Generator<DescriptionProblem> {
  const at = ['operations', name];
  yield* pathProblems(operation.path, [...at, 'path']);
  if (operation.poll) yield* pathProblems(operation.poll.path, [...at, 'poll', 'path']);
  if (operation.poll && placesIn(operation.poll.path).includes('task') !== (operation.poll.task !== undefined)) yield { at: [...at, 'poll', 'task'], code: 'poll-task' };
  yield* bodyProblems(operation, at);
  yield* placeProblems(name, operation, at);
  yield* senseProblems(name, operation, description, at);
  const { auth } = description;
  if (auth.mode === 'body' && (operation.method === 'GET' || operation.poll)) yield { at: [...at, 'method'], code: 'auth-needs-body' };
  if (auth.mode === 'query' && Object.hasOwn(operation.query ?? {}, auth.name)) yield { at: [...at, 'query', auth.name], code: 'query-is-secret' };
  for (const header of Object.keys(operation.headers ?? {})) {
    const isAuth = auth.mode === 'header' && auth.name.toLowerCase() === header.toLowerCase();
    if (RESERVED.test(header) || isAuth) yield { at: [...at, 'headers', header], code: 'header-reserved' };
  }
  for (const rule of ['ok', 'notFound'] as const) if (operation[rule] && !operation[rule].status && !operation[rule].json) yield { at: [...at, rule], code: 'rule-empty' };
}

function* fieldProblems(spec: { kind: string; choices?: readonly string[] }, field: Field, at: (string | number)[]): Generator<DescriptionProblem> {
  if (spec.kind !== 'choice') return;
  const choices = new Set(spec.choices);
  const used = [...Object.keys(field.values ?? {}), ...(field.otherwise === undefined ? [] : [field.otherwise])];
  if (used.some((choice) => !choices.has(choice))) yield { at, code: 'choice-unknown' };
  if (used.length === 0) yield { at, code: 'choice-missing' };
}

function* mapProblems(entity: Entity, fields: Record<string, Field>): Generator<DescriptionProblem> {
  const specs = entitySpec(entity);
  for (const [name, spec] of Object.entries(specs)) {
    if (spec.required && !Object.hasOwn(fields, name)) yield { at: ['map', entity, name], code: 'field-required' };
  }
  for (const [name, field] of Object.entries(fields)) {
    const at = ['map', entity, name];
    if (Object.hasOwn(specs, name)) yield* fieldProblems(specs[name]!, field, at);
    else yield { at, code: 'field-unknown' };
  }
}

/** Everything that is wrong with a description of the right shape. */
export function problemsOf(description: GenericDescription): DescriptionProblem[] {
  const { auth, operations, map, errors = [] } = description;
  const found: DescriptionProblem[] = [];
  if (auth.mode === 'header' && /^(?:host|content-.*|transfer-encoding|connection|cookie)$/iu.test(auth.name)) found.push({ at: ['auth', 'name'], code: 'header-reserved' });
  for (const name of operationNames) if (operations[name]) found.push(...operationProblems(name, operations[name], description));
  for (const [entity, fields] of Object.entries(map)) found.push(...mapProblems(entity as Entity, fields));
  if (map.customer?.['services'] !== undefined && map.service === undefined) found.push({ at: ['map', 'service'], code: 'map-required' });
  errors.forEach((rule, at) => {
    if (!rule.status && !rule.json) found.push({ at: ['errors', at], code: 'rule-empty' });
  });
  return found;
}
