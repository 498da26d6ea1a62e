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
const MOST_ROWS = 20;
const MOST_PROBLEMS = 50;
const SECRET_NAME = /pass|clave|contrase|secret|token|api[_-]?key|pwd|\bpin\b|cvv|\bcbu\b/iu;

/** JSON with what looks like a password masked, however deep. */
function masked(value: unknown, depth = 0): unknown {
  if (typeof value !== 'object' || value === null || depth > 50) return value;
  if (Array.isArray(value)) return value.map((one) => masked(one, depth + 1));
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, SECRET_NAME.test(name) && typeof one !== 'object' ? MASK : masked(one, depth + 1)]));
}

function shown({ status, contentType, body }: RawAnswer, secret: string): NonNullable<TriedOperation['answer']> {
  const isText = !/pdf|octet-stream|image/iu.test(contentType);
  let text = isText ? new TextDecoder().decode(body.subarray(0, 1 << 20)) : `(${body.length} bytes)`;
  try {
    text = JSON.stringify(masked(JSON.parse(text)), null, 2);
  } catch {
    text = text.replace(/((?:pass\w*|clave\w*|contrase\w*|secret\w*|token|pwd)["']?\s*[=:>]\s*["']?)[^"'\s<&,;]+/giu, `$1${MASK}`);
  }
  if (secret.length >= 4) text = text.replaceAll(secret, MASK);
  return { status, contentType: contentType.slice(0, 100), text: text.slice(0, MOST_TEXT), cut: text.length > MOST_TEXT };
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
  const tried = (told: Omit<TriedOperation, 'ms' | 'request' | 'answer'>): TriedOperation =>
    ({ ...told, ms: Math.max(0, Math.round(system.deps.now() - began)), ...(request ? { request } : {}), ...(answer ? { answer } : {}) });
  try {
    request = shownRequestOf(system, system.description.operations[name]!, values);
    const watch = (raw: RawAnswer) => { answer = shown(raw, system.secret); };
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
