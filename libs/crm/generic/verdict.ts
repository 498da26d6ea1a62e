import type { CrmFault } from '../../domain/customers.js';
import type { Condition, GenericDescription, Operation } from './description.js';
import { readPath } from './path.js';

/** An answer as it came over the line. */
export interface RawAnswer {
  status: number;
  contentType: string;
  body: Uint8Array;
}

/** What an answer means by the rules of a description. */
export type Verdict =
  | { kind: 'answer'; /** undefined: the body is no JSON. */ json: unknown }
  | { kind: 'not-found' }
  /** The system said no. `why`: its words, without numbers and addresses of anybody. */
  | { kind: 'rejected'; why: string }
  | { kind: 'fault'; fault: CrmFault };

const MOST_WORDS = 200;
/** Of a system's words, before anything is looked for in them: a text without end would be searched without end. */
const MOST_SAID = 2_000;

const isEmpty = (value: unknown): boolean => value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0);

export function holds({ path, in: words, is }: Condition, json: unknown): boolean {
  const found = readPath(path, json);
  if (words) return found.some((value) => typeof value !== 'object' && words.some((word) => word.toLowerCase() === `${value as string | number | boolean}`.toLowerCase()));
  if (is === 'empty') return found.every(isEmpty);
  const present = found.some((value) => value !== null && value !== undefined);
  return is === 'present' ? present : !present;
}

interface Rule {
  status?: number[] | undefined;
  json?: Condition[] | undefined;
}

const fits = (rule: Rule, status: number, json: unknown): boolean =>
  (rule.status?.includes(status) ?? true) && (rule.json?.every((condition) => holds(condition, json)) ?? true);

/** @returns undefined for what is no JSON */
function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\ufeff/u, '')) as unknown;
  } catch {
    return undefined;
  }
}

/** A system's own words for agents: cut, and without what may be somebody's. */
function wordsAt(path: string | undefined, json: unknown): string {
  const said = path === undefined ? undefined : readPath(path, json).find((value) => typeof value === 'string');
  return typeof said !== 'string' ? '' : said.slice(0, MOST_SAID).replace(/\s+/gu, ' ').replace(/\S+@\S+/gu, '…').replace(/\d[\d.\-\s]{4,}\d/gu, '…').trim().slice(0, MOST_WORDS);
}

function byRules({ errors = [] }: GenericDescription, status: number, json: unknown): Verdict | undefined {
  const rule = errors.find((one) => fits(one, status, json));
  if (!rule) return undefined;
  if (rule.as === 'not-found') return { kind: 'not-found' };
  return rule.as === 'rejected' ? { kind: 'rejected', why: wordsAt(rule.message, json) } : { kind: 'fault', fault: rule.as };
}

function byStatus(status: number): Verdict | undefined {
  const fault = status === 401 ? 'auth' : status === 403 ? 'forbidden' : status === 429 ? 'rate-limited' : status >= 500 ? 'unavailable' : undefined;
  return fault && { kind: 'fault', fault };
}

const isHtml = (contentType: string, text: string): boolean => /^\s*(?:<!doctype html|<html|<head|<body)/iu.test(text) || (/\bhtml\b/iu.test(contentType) && /^\s*</u.test(text));

/** Never throws, whatever came: what has another shape than the description says is `bad-response`. */
export function verdictOf(description: GenericDescription, operation: Operation, { status: sent, contentType, body }: RawAnswer, changes: boolean): Verdict {
  const text = new TextDecoder().decode(body);
  const json = jsonIn(text);
  const told = description.statusPath === undefined ? undefined : Number(readPath(description.statusPath, json)[0]);
  const status = told !== undefined && Number.isInteger(told) && told >= 100 && told <= 599 ? told : sent;
  const known = byRules(description, status, json);
  if (known) return known;
  if (operation.notFound && fits(operation.notFound, status, json)) return { kind: 'not-found' };
  const refused = byStatus(status);
  if (refused) return refused;
  if (json === undefined && isHtml(contentType, text)) return { kind: 'fault', fault: /licen[cs]/iu.test(text) ? 'licence' : 'html' };
  const { ok } = operation;
  const isOk = ok?.status ? fits(ok, status, json) : status >= 200 && status < 300 && fits(ok ?? {}, status, json);
  if (isOk) return { kind: 'answer', json };
  return changes && status >= 400 ? { kind: 'rejected', why: '' } : { kind: 'fault', fault: 'bad-response' };
}
