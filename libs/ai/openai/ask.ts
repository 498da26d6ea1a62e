import { z } from 'zod';
import { HttpFailure, type HttpClient, type HttpFailureCode, type HttpResponse } from '../../http/http-client.js';
import type { ModelFailure, ModelFault } from '../vision-reader.js';
import type { ModelSettings } from './settings.js';
import { requestOf, spokenIn, type Question } from './wire.js';

export interface AskDeps {
  /** Guarded (`libs/http`). */
  http: HttpClient;
  /** Takes one request of the company's day; false: none is left. */
  spend(): Promise<boolean>;
}

export type Asked = { ok: true; text: string } | ModelFailure;

const failed = (fault: ModelFault, detail: string, network?: HttpFailureCode): ModelFailure => ({ ok: false, fault, detail, ...(network && { network }) });

const serverError = z.object({ error: z.union([z.string(), z.object({ message: z.string().nullish(), code: z.union([z.string(), z.number()]).nullish(), type: z.string().nullish() })]) });
const LONGEST_DETAIL = 300;

/** What the server says of a call, without anything that could be the key or what was sent. */
function saidBy({ body }: HttpResponse, key: string | undefined): { code: string; message: string } {
  const read = serverError.safeParse(jsonIn(body));
  const error = read.success ? read.data.error : '';
  const { message, code, type } = typeof error === 'string' ? { message: error, code: '', type: '' } : error;
  const words = (message ?? '').replaceAll(key ?? '\0', '•').replace(/\b(?:sk|key|Bearer)[-_ ][\w*-]{4,}/giu, '•').replace(/data:[^\s"']{20,}/gu, '…').replace(/[\p{Cc}\s]+/gu, ' ');
  return { code: `${code ?? ''} ${type ?? ''}`, message: words.slice(0, LONGEST_DETAIL) };
}

function jsonIn(body: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(body)) as unknown;
  } catch {
    return undefined;
  }
}

/** What a status outside 2xx stands for. */
function failureOf(response: HttpResponse, key: string | undefined): ModelFailure {
  const { status } = response;
  const { code, message } = saidBy(response, key);
  const detail = message === '' ? `HTTP ${status}` : `HTTP ${status}: ${message}`;
  if (status === 401 || status === 403) return failed('auth', `HTTP ${status}`);
  if (status === 402 || status === 429 || /insufficient_quota|billing/u.test(code)) return failed('quota', detail);
  if (status === 408) return failed('timeout', detail);
  if (status >= 500) return failed('unavailable', detail);
  if (status >= 300 && status < 400) return failed('address', `HTTP ${status}: it leads to another address`);
  return failed('unsupported', detail);
}

/** What never came, as a failure. @throws what is none of the network's, or when the caller gave up */
function networkFailure(problem: unknown): ModelFailure {
  if (!(problem instanceof HttpFailure) || problem.code === 'aborted') throw problem;
  const faults: Partial<Record<HttpFailureCode, ModelFault>> = { 'bad-url': 'address', address: 'address', redirect: 'address', timeout: 'timeout', 'too-large': 'bad-answer' };
  return failed(faults[problem.code] ?? 'unavailable', problem.message, problem.code);
}

/**
 * One question, one request, its words. Whatever goes wrong on the way is a value.
 * @throws the signal's reason, once it is aborted
 */
export async function ask(question: Question, settings: ModelSettings, { http, spend }: AskDeps, signal?: AbortSignal): Promise<Asked> {
  signal?.throwIfAborted();
  if (!(await spend())) return failed('budget', '');
  const { path, body } = requestOf(question, settings);
  const authorization: Record<string, string> = settings.key === undefined ? {} : { authorization: `Bearer ${settings.key}` };
  const response = await http({
    url: `${settings.baseUrl.replace(/\/+$/u, '')}${path}`, method: 'POST', body: JSON.stringify(body), timeoutMs: settings.timeoutMs,
    headers: { 'content-type': 'application/json', accept: 'application/json', ...authorization }, ...(signal && { signal }),
  }).catch((problem: unknown) => {
    signal?.throwIfAborted();
    return networkFailure(problem);
  });
  if ('fault' in response) return response;
  if (response.status < 200 || response.status > 299) return failureOf(response, settings.key);
  const spoken = spokenIn(jsonIn(response.body), settings.api);
  if (spoken === undefined) return failed('bad-answer', 'what came is no answer of this API');
  switch (spoken.kind) {
    case 'text':
      return { ok: true, text: spoken.text };
    case 'nothing':
      return failed('bad-answer', 'the answer is empty');
    case 'failed':
      return failed(/quota|rate_limit/u.test(spoken.code) ? 'quota' : 'unavailable', spoken.code.slice(0, 60));
    case 'refused':
    case 'truncated':
      return failed(spoken.kind, '');
  }
}
