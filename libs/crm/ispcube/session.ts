import type { CrmDeps } from '../crm-deps.js';
import { CrmFailure } from '../wire/crm-failure.js';
import { jsonCall, type JsonAnswer, type JsonRequest } from '../wire/json-call.js';
import { lineOf } from '../wire/settings.js';
import { Refusal } from '../wire/refusal.js';
import { tokenIn } from './rows.js';
import type { IspcubeSettings } from './settings.js';

const HOUR_MS = 3_600_000;
/** A token is valid for 24 hours. */
const TOKEN_LASTS_MS = 23 * HOUR_MS;
const CLIENT_ERRORS = [400, 401, 403, 404, 422];

export interface IspcubeCall {
  /** Below `/api`. */
  path: string;
  query?: Record<string, string>;
  method?: 'GET' | 'POST' | 'PUT';
  /** Sent as JSON. */
  body?: Record<string, unknown>;
  signal: AbortSignal;
}

/** Calls of one company's ISPCube. */
export interface IspcubeSession {
  /** @returns what was answered, undefined for a 404: nobody, or no such call · @throws CrmFailure, Refusal where ISPCube says no */
  call(call: IspcubeCall): Promise<unknown>;
  /** Logs in, whatever is known. */
  login(signal: AbortSignal): Promise<void>;
}

const messageIn = (json: unknown): string => {
  const { message } = typeof json === 'object' && json !== null ? (json as { message?: unknown }) : {};
  return typeof message === 'string' ? message : '';
};

/** "username requerido": the name of the header, and nothing else of the message, is for who looks after the system. */
const missingIn = (json: unknown): string | undefined => /^(api-key|client-id|login-type|username|api-token)\s+requerid/iu.exec(messageIn(json))?.[1]?.toLowerCase();

/** What an answer of ISPCube means; HTTP 200 with `status: false` is a failure like the others. */
function meaningOf({ status, json }: JsonAnswer): unknown {
  const missing = missingIn(json);
  if (missing !== undefined) throw new CrmFailure('auth', `ISPCube wants the header ${missing}`, 'none');
  if (status === 401) throw new CrmFailure('auth', 'HTTP 401');
  if (status === 403) throw new CrmFailure('forbidden', 'HTTP 403: the user of ISPCube lacks this permission', 'none');
  if (status === 404) return undefined;
  const isFailure = typeof json === 'object' && json !== null && (json as { status?: unknown }).status === false;
  if (status >= 400 || isFailure) throw new Refusal(messageIn(json));
  return json;
}

export const apiBase = (url: string): string => (/\/api$/u.test(url) ? url : `${url}/api`);

/** @returns calls with one token for all of them, asked for when the first is made and, once, when it is no longer accepted */
export function ispcubeSession(settings: IspcubeSettings, deps: CrmDeps): IspcubeSession {
  const base = apiBase(settings.url);
  const line = lineOf(settings);
  const json = { 'content-type': 'application/json', 'api-key': settings.apiKey ?? '' };
  const known = { ...json, 'client-id': settings.clientId ?? '', 'login-type': 'api' };
  let token: { value: string; until: number } | undefined;

  const send = (request: Omit<JsonRequest, 'accept'>) => jsonCall(deps, line, { ...request, accept: CLIENT_ERRORS, plainText: true });

  async function askForToken(signal: AbortSignal): Promise<string> {
    const body = JSON.stringify({ username: settings.user ?? '', password: settings.password });
    const answer = await send({ url: `${base}/sanctum/token`, method: 'POST', headers: known, body, signal });
    const value = tokenIn(meaningOf(answer.status === 422 ? { ...answer, status: 401 } : answer));
    if (value === undefined) throw new CrmFailure(answer.status === 404 ? 'html' : 'bad-response', 'sanctum/token: no token in the answer', 'none');
    token = { value, until: deps.now() + TOKEN_LASTS_MS };
    return value;
  }

  const headers = async (signal: AbortSignal): Promise<Record<string, string>> => {
    if (settings.login === 'legacy') return { ...json, 'api-token': settings.password };
    const value = token && token.until > deps.now() ? token.value : await askForToken(signal);
    return { ...known, username: settings.user ?? '', authorization: `Bearer ${value}` };
  };

  return {
    async call({ path, query = {}, method = 'GET', body, signal }) {
      const search = new URLSearchParams(query).toString();
      const url = `${base}${path}${search === '' ? '' : `?${search}`}`;
      const attempt = async () => send({ url, method, signal, headers: await headers(signal), ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
      const first = await attempt();
      if (first.status !== 401 || settings.login === 'legacy') return meaningOf(first);
      token = undefined; // expired, or taken back: a call that was refused so had no effect
      return meaningOf(await attempt());
    },
    async login(signal) {
      if (settings.login === 'token') await askForToken(signal);
    },
  };
}
