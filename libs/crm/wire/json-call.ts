import type { HttpRequest, HttpResponse, TlsTrust } from '../../http/http-client.js';
import type { CrmDeps } from '../crm-deps.js';
import { asCrmFailure, CrmFailure } from './crm-failure.js';

/** How a company's system is reached. */
export interface Line {
  tls: TlsTrust;
  timeoutMs: number;
}

export interface JsonRequest extends Pick<HttpRequest, 'url' | 'method' | 'headers' | 'body' | 'signal' | 'maxBytes'> {
  /** Statuses besides 2xx whose body the vendor means (400 with a reason, 404 for nobody): given back instead of thrown. */
  accept?: readonly number[];
  /** Some calls of the vendor answer with a bare text (a token, an address): what is neither JSON nor a web page is given back as a string. */
  plainText?: boolean;
}

export interface JsonAnswer {
  status: number;
  /** Undefined where the answer has no body. */
  json: unknown;
}

const LONGEST_TEXT = 4_096;

const isHtml = (text: string, response: HttpResponse) => /^\s*<(?:!doctype|html|head|body|br|p\b|\?xml)/iu.test(text) || /text\/html/iu.test(response.headers['content-type'] ?? '');
const isLicencePage = (text: string) => /licen[cs](?:ia|e)/iu.test(text);

/** The fault that a status outside 2xx stands for. */
function faultOfStatus(response: HttpResponse, text: string): CrmFailure {
  const { status } = response;
  const detail = `HTTP ${status}`;
  if (status === 401) return new CrmFailure('auth', detail);
  if (status === 429) return new CrmFailure('rate-limited', detail);
  if (status >= 500) return new CrmFailure('unavailable', detail);
  if (status >= 300 && status < 400) return new CrmFailure('html', `${detail}: it leads to another address`);
  if (isHtml(text, response)) return new CrmFailure('html', detail);
  return new CrmFailure(status === 403 ? 'forbidden' : 'bad-response', detail);
}

/** Reads JSON of an answer, a byte order mark or spaces before it allowed. @throws CrmFailure html, licence, bad-response */
function jsonIn(text: string, response: HttpResponse, plainText: boolean): unknown {
  const bare = text.replace(/^\uFEFF/u, '').trim();
  if (bare === '') return undefined;
  try {
    return JSON.parse(bare) as unknown;
  } catch {
    if (isLicencePage(bare)) throw new CrmFailure('licence', 'the system shows a page about its licence');
    if (isHtml(text, response)) throw new CrmFailure('html', 'a web page came instead of data');
    if (plainText && bare.length <= LONGEST_TEXT) return bare;
    throw new CrmFailure('bad-response', 'what came is no JSON');
  }
}

/** One call of an ISP's system, once. @throws CrmFailure for whatever is no answer with JSON; the HttpFailure `aborted` when the caller gave up */
export async function jsonCall(deps: Pick<CrmDeps, 'http'>, line: Line, { accept = [], plainText = false, ...request }: JsonRequest): Promise<JsonAnswer> {
  const response = await deps.http({ ...request, headers: { accept: 'application/json', ...request.headers }, timeoutMs: line.timeoutMs, tls: line.tls })
    .catch((problem: unknown) => Promise.reject(asCrmFailure(problem)));
  const text = new TextDecoder().decode(response.body);
  const isMeant = (response.status >= 200 && response.status < 300) || accept.includes(response.status);
  if (!isMeant) throw faultOfStatus(response, text);
  return { status: response.status, json: jsonIn(text, response, plainText) };
}
