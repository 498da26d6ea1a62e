import type { CrmFault } from '../../domain/customers.js';
import { phoneCountryOf } from '../../domain/phone.js';
import { CrmFailure } from '../wire/crm-failure.js';
import { NotThere, rowsIn, type Asked } from './asking.js';
import { accountOf, connectionOf, documentPlaceOf, invoiceOf, madeOf, paymentOf, planOf, speedTestOf, versionOf } from './answers.js';
import { customerOf, type Mapped } from './customers.js';
import { run } from './exchange.js';
import { operationSpec, type Entity, type OperationName } from './operations.js';
import { phoneValues } from './phones.js';
import { MASK, shownRequestOf, type Outgoing } from './request.js';
import type { MappingProblem } from './rows.js';
import { CannotFill, type TemplateValues } from './template.js';
import type { RawAnswer, Verdict } from './verdict.js';

/** One operation of a description, tried: for the person who describes the system. */
export interface TriedOperation {
  /** As it was sent, without the secret; absent where a value did not fit. */
  request?: Outgoing;
  /** The last answer, cut, with passwords and the secret masked. */
  answer?: { status: number; contentType: string; text: string; cut: boolean };
  outcome: 'answer' | 'not-found' | 'rejected' | 'fault' | 'value-missing';
  fault?: CrmFault;
  /** The system's words when it said no; or the value that did not fit. */
  why?: string;
  /** How many rows came. */
  rows?: number;
  problems: MappingProblem[];
  /** What Hilo understood, as JSON for people. */
  mapped?: string;
  ms: number;
}

const MOST_TEXT = 8_000;
/** Of an answer that is no JSON: all that is shown, and not more than can be searched. */
const MOST_SEARCHED = 2 * MOST_TEXT;
const MOST_ROWS = 20;
/** A shorter one is a part of too many words to be taken out of them. */
const SHORTEST_SECRET = 4;
const MOST_PROBLEMS = 50;
const SECRET_NAME = /pass|clave|contrase|secret|token|api[_-]?key|pwd|\bpin\b|cvv|\bcbu\b/iu;

/** JSON with what looks like a password masked, however deep. */
function masked(value: unknown, depth = 0): unknown {
  if (typeof value !== 'object' || value === null || depth > 50) return value;
  if (Array.isArray(value)) return value.map((one) => masked(one, depth + 1));
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, SECRET_NAME.test(name) && typeof one !== 'object' ? MASK : masked(one, depth + 1)]));
}

type Hide = (text: string) => string;

/**
 * Takes the secret out of whatever is told: as it is, as an address or JSON spells it, and within the header of a name with a password. Some
 * systems answer with the key that they were sent, and a description may say that it is a customer's name.
 */
function hiding({ secret, description: { auth } }: Pick<Asked, 'secret' | 'description'>): Hide {
  const spellings = [secret, encodeURIComponent(secret), new URLSearchParams({ s: secret }).toString().slice(2), JSON.stringify(secret).slice(1, -1), Buffer.from(secret).toString('base64')];
  if (auth.mode === 'basic') spellings.push(Buffer.from(`${auth.user}:${secret}`).toString('base64'));
  const all = [...new Set(spellings)].filter(({ length }) => length >= SHORTEST_SECRET).sort((one, other) => other.length - one.length);
  return (text) => all.reduce((told, spelling) => told.replaceAll(spelling, MASK), text);
}

function shown({ status, contentType, body }: RawAnswer, hide: Hide): NonNullable<TriedOperation['answer']> {
  const isText = !/pdf|octet-stream|image/iu.test(contentType);
  let text = isText ? new TextDecoder().decode(body.subarray(0, 1 << 20)) : `(${body.length} bytes)`;
  try {
    text = JSON.stringify(masked(JSON.parse(text)), null, 2);
  } catch {
    text = text.slice(0, MOST_SEARCHED).replace(/((?:pass\w{0,30}|clave\w{0,30}|contrase\w{0,30}|secret\w{0,30}|token|pwd)["']?\s{0,9}[=:>]\s{0,9}["']?)[^"'\s<&,;]+/giu, `$1${MASK}`);
  }
  text = hide(text);
  return { status, contentType: hide(contentType.slice(0, 100)), text: text.slice(0, MOST_TEXT), cut: text.length > MOST_TEXT };
}

/** Reads a row for people to look at. Keys of comparison and bare documents stay out, as everywhere. */
function readRowOf(system: Asked, entity: Entity, row: unknown, at: number | undefined): Mapped<unknown> {
  const { description, deps } = system;
  switch (entity) {
    case 'customer': {
      const { value, problems } = customerOf(description, row, { country: phoneCountryOf(deps.defaultCountry), currency: deps.currency }, at);
      return { value: value?.profile, problems };
    }
    case 'invoice': return invoiceOf(description, row, deps.currency, at);
    case 'account': return accountOf(description, row);
    case 'connection': return connectionOf(description, row, at);
    case 'plan': return planOf(description, row, deps.currency, at);
    case 'speedTest': return speedTestOf(description, row, new Date(deps.now()).toISOString());
    case 'payment': return paymentOf(description, row, at);
    case 'document': return documentPlaceOf(description, row);
    case 'system': return { value: { version: versionOf(description, row) }, problems: [] };
    case 'made':
    case 'service': return madeOf(description, row, at);
  }
}

function understood(system: Asked, name: OperationName, verdict: Verdict): Pick<TriedOperation, 'outcome' | 'fault' | 'why' | 'rows' | 'problems' | 'mapped'> {
  if (verdict.kind === 'fault') return { outcome: 'fault', fault: verdict.fault, problems: [] };
  if (verdict.kind === 'rejected') return { outcome: 'rejected', why: verdict.why, problems: [] };
  if (verdict.kind === 'not-found') return { outcome: 'not-found', problems: [] };
  const { entity, list, changes } = operationSpec(name);
  if (verdict.json === undefined && (changes || entity === 'document')) return { outcome: 'answer', problems: [] };
  const rows = rowsIn(system.description.operations[name]?.list, verdict.json);
  const read = rows.map((row, at) => readRowOf(system, entity, row, list ? at : undefined));
  const values = read.flatMap(({ value }) => (value === undefined ? [] : [value])).slice(0, MOST_ROWS);
  return {
    outcome: 'answer', rows: rows.length, problems: read.flatMap(({ problems }) => problems).slice(0, MOST_PROBLEMS),
    mapped: JSON.stringify(list ? values : (values[0] ?? null), null, 2).slice(0, MOST_TEXT),
  };
}

/** What was understood comes from the answer, too. */
const withoutSecret = <T extends Pick<TriedOperation, 'why' | 'mapped' | 'problems'>>({ why, mapped, problems, ...told }: T, hide: Hide) => ({
  ...told,
  problems: problems.map(({ said, ...problem }) => ({ ...problem, ...(said === undefined ? {} : { said: hide(said) }) })),
  ...(why === undefined ? {} : { why: hide(why) }),
  ...(mapped === undefined ? {} : { mapped: hide(mapped) }),
});

/** What a template gets of what a person typed: a phone in all its spellings. */
function valuesOf(sample: TemplateValues, country: string): TemplateValues {
  const { phone, ...rest } = sample;
  return { ...rest, ...(phone === undefined ? {} : phoneValues(phone, phoneCountryOf(country))?.values) };
}

/**
 * Sends one operation for real, and tells what went out, what came and what was understood. Nothing is kept.
 * @param sample values of the templates; `phone` stands for all spellings of one
 * @throws the signal's reason
 */
export async function tryOperation(system: Asked, name: OperationName, sample: TemplateValues, signal: AbortSignal): Promise<TriedOperation> {
  const began = system.deps.now();
  const values = valuesOf(sample, system.deps.defaultCountry);
  let answer: TriedOperation['answer'];
  let request: Outgoing | undefined;
  const hide = hiding(system);
  const tried = (told: Omit<TriedOperation, 'ms' | 'request' | 'answer'>): TriedOperation =>
    ({ ...withoutSecret(told, hide), ms: Math.max(0, Math.round(system.deps.now() - began)), ...(request ? { request } : {}), ...(answer ? { answer } : {}) });
  try {
    request = shownRequestOf(system, system.description.operations[name]!, values);
    const watch = (raw: RawAnswer) => { answer = shown(raw, hide); };
    const { verdict } = await run({ ...system, watch }, name, values, signal);
    return tried(understood(system, name, verdict));
  } catch (problem) {
    if (problem instanceof CannotFill) return tried({ outcome: 'value-missing', why: problem.place, problems: [] });
    if (problem instanceof NotThere) return tried({ outcome: 'not-found', problems: [] });
    if (problem instanceof CrmFailure) return tried({ outcome: 'fault', fault: problem.fault, problems: [] });
    if (problem instanceof Error && problem.name === 'BadAddress') return tried({ outcome: 'fault', fault: 'address', problems: [] });
    throw problem;
  }
}
