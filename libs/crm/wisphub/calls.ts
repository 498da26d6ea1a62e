import type { z } from 'zod';
import type { CrmDeps } from '../crm-deps.js';
import { CrmFailure } from '../wire/crm-failure.js';
import { jsonCall, type JsonAnswer } from '../wire/json-call.js';
import { readRow } from '../wire/lenient.js';
import { lineOf } from '../wire/settings.js';
import { Refusal } from '../wire/refusal.js';
import { ignored, pageRow } from './rows.js';
import { wisphubHosts, type WisphubSettings } from './settings.js';

const PAGE_ROWS = 300;
/** Beyond that a filter is not honoured, or the question was too wide: better no answer than a part of one. */
const MOST_PAGES = 10;

export interface WisphubCall {
  /** Below `/api`, with the slash at its end. */
  path: string;
  query?: Record<string, string>;
  method?: 'GET' | 'POST' | 'PATCH';
  /** An object is sent as JSON, a form as multipart. */
  body?: Record<string, unknown> | FormData;
  signal: AbortSignal;
}

export interface WisphubCalls {
  /** @returns the body; undefined for a 404 · @throws CrmFailure, Refusal for a 400 */
  call(call: WisphubCall): Promise<unknown>;
  /**
   * All rows of a list. Filters that WispHub does not know are ignored silently, so the caller checks every row. `next` is never followed: it
   * comes as http, and would carry the key in the clear.
   */
  list<S extends z.ZodObject>(call: Pick<WisphubCall, 'path' | 'query' | 'signal'>, row: S): Promise<z.infer<S>[]>;
}

/** Reasons by field (`{"fecha_pago": ["Este campo es requerido."]}`), in one line. */
const wordsIn = (json: unknown): string => {
  if (typeof json !== 'object' || json === null) return '';
  return Object.entries(json).flatMap(([field, why]) => (Array.isArray(why) ? why : [why]).map((one) => (typeof one === 'string' ? `${field}: ${one}` : ''))).filter(Boolean).join('; ');
};

function meaningOf({ status, json }: JsonAnswer): unknown {
  if (status === 403) {
    const isKey = /credencial|credential|autentic|authenti|api-?key|token/iu.test(wordsIn(json));
    throw new CrmFailure(isKey ? 'auth' : 'forbidden', `HTTP 403${isKey ? '' : ': this key lacks the permission'}`, 'none');
  }
  if (status === 404) return undefined;
  const keys = typeof json === 'object' && json !== null ? Object.keys(json) : [];
  if (status === 400 || (keys.length === 1 && (keys[0] === 'error' || keys[0] === 'detail'))) throw new Refusal(wordsIn(json));
  return json;
}

/** What came; `page`: a web page instead of data. */
type Sent = JsonAnswer | { page: CrmFailure; status: number };
type Send = (wanted: WisphubCall) => Promise<Sent>;

function sender(settings: WisphubSettings, deps: CrmDeps, host: string): Send {
  const base = `${host.replace(/\/api$/u, '')}/api`;
  const line = lineOf(settings);
  return async ({ path, query = {}, method = 'GET', body, signal }) => {
    const search = new URLSearchParams(query).toString();
    const isForm = body instanceof FormData;
    let status = 0;
    const http: CrmDeps['http'] = async (request) => {
      const response = await deps.http(request);
      status = response.status;
      return response;
    };
    return jsonCall({ http }, line, {
      url: `${base}${path}${search === '' ? '' : `?${search}`}`, method, signal, accept: [400, 403, 404],
      headers: { authorization: `Api-Key ${settings.apiKey}`, ...(body === undefined || isForm ? {} : { 'content-type': 'application/json' }) },
      ...(body === undefined ? {} : { body: isForm ? body : JSON.stringify(body) }),
    }).catch((problem: unknown) => {
      if (problem instanceof CrmFailure && problem.fault === 'html') return { page: problem, status };
      throw problem;
    });
  };
}

/**
 * Slashes at the end of an address are wanted by some calls and refused by others, with a 404 that may be a web page. A change is tried without
 * one only after a 404, which is sure to have done nothing.
 */
async function callWith(send: Send, wanted: WisphubCall): Promise<unknown> {
  const isReading = (wanted.method ?? 'GET') === 'GET';
  const first = await send(wanted);
  const mayRepeat = first.status === 404 || (isReading && 'page' in first);
  const last = mayRepeat ? await send({ ...wanted, path: wanted.path.replace(/\/$/u, '') }) : first;
  if (!('page' in last)) return meaningOf(last);
  if ('page' in first) throw first.page;
  return meaningOf(first);
}

export function wisphubCalls(settings: WisphubSettings, deps: CrmDeps, host: string = settings.url ?? wisphubHosts[0]): WisphubCalls {
  const send = sender(settings, deps, host);
  const call: WisphubCalls['call'] = (wanted) => callWith(send, wanted);

  async function list<S extends z.ZodObject>({ path, query, signal }: Pick<WisphubCall, 'path' | 'query' | 'signal'>, row: S): Promise<z.infer<S>[]> {
    const found: z.infer<S>[] = [];
    for (let page = 0; page < MOST_PAGES; page += 1) {
      const body = await call({ path, query: { ...query, limit: String(PAGE_ROWS), offset: String(page * PAGE_ROWS) }, signal });
      if (Array.isArray(body)) return body.map((one) => readRow(deps, path, row, one, ignored)); // some catalogues come as they are
      const { count, results } = readRow(deps, path, pageRow, body, ignored);
      found.push(...results.map((one) => readRow(deps, path, row, one, ignored)));
      if (results.length === 0 || (page + 1) * PAGE_ROWS >= count) return found;
    }
    throw new CrmFailure('bad-response', `${path}: more rows than can be read; a filter may not be honoured here`);
  }

  return { call, list };
}
