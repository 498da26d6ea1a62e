import type { HttpClient, HttpRequest, HttpResponse, TlsTrust } from '../../http/http-client.js';
import type { CrmDeps } from '../crm-deps.js';
import { asCrmFailure, CrmFailure } from '../wire/crm-failure.js';
import { waiter } from '../wire/once.js';
import type { Operation } from './description.js';
import { operationSpec, type OperationName } from './operations.js';
import { readPath } from './path.js';
import { BadAddress, requestOf, type GenericSystem } from './request.js';
import { CannotFill, type TemplateValues } from './template.js';
import { holds, verdictOf, type RawAnswer, type Verdict } from './verdict.js';

export interface Opened extends GenericSystem {
  tls?: TlsTrust | undefined;
  timeoutMs?: number | undefined;
  deps: Pick<CrmDeps, 'http' | 'now' | 'sleep'>;
  /** Told each answer as it came, before anything is made of it. */
  watch?: (answer: RawAnswer) => void;
}

const MOST_BYTES = 10 << 20;
/** A document's base64 is a third longer than its 10 MB. */
const MOST_ANSWER_BYTES = 15 << 20;

/** @throws CrmFailure; what else the client threw, as when the caller gave up */
const call = (http: HttpClient, request: HttpRequest): Promise<HttpResponse> => http(request).catch((problem: unknown) => Promise.reject(asCrmFailure(problem)));

function prepared(system: Opened, operation: Operation, values: TemplateValues): ReturnType<typeof requestOf> {
  try {
    return requestOf(system, operation, values);
  } catch (problem) {
    if (problem instanceof BadAddress) throw new CrmFailure('address', '', 'none');
    if (problem instanceof CannotFill && problem.place === 'secret') throw new CrmFailure('auth', 'the key has characters that cannot be sent', 'none');
    throw problem;
  }
}

async function once(system: Opened, operation: Operation, values: TemplateValues, changes: boolean, signal: AbortSignal): Promise<{ verdict: Verdict; raw: RawAnswer }> {
  const { tls, timeoutMs } = system;
  const response = await call(system.deps.http, {
    ...prepared(system, operation, values), signal, redirects: 0, maxBytes: MOST_ANSWER_BYTES, ...(tls ? { tls } : {}), ...(timeoutMs === undefined ? {} : { timeoutMs }),
  });
  const raw = { status: response.status, contentType: response.headers['content-type'] ?? '', body: response.body };
  system.watch?.(raw);
  return { verdict: verdictOf(system.description, operation, raw, changes), raw };
}

/** How the first answer names what was begun. @throws CrmFailure bad-response */
function taskIn(path: string | undefined, first: unknown): TemplateValues {
  if (path === undefined) return {};
  const [task] = readPath(path, first);
  if (typeof task !== 'string' && typeof task !== 'number') throw new CrmFailure('bad-response');
  return { task: String(task) };
}

/** Asks again until the system says that it is done. */
async function polled(system: Opened, operation: Operation, values: TemplateValues, first: unknown, signal: AbortSignal): Promise<{ verdict: Verdict; raw?: RawAnswer }> {
  const poll = operation.poll!;
  const task = taskIn(poll.task, first);
  const asking: Operation = { method: 'GET', path: poll.path, ...(operation.headers ? { headers: operation.headers } : {}) };
  const until = system.deps.now() + poll.atMostSeconds * 1_000;
  for (let turn = 0; turn < poll.atMostSeconds / poll.everySeconds && system.deps.now() <= until; turn += 1) {
    await waiter(system.deps)(poll.everySeconds * 1_000, signal);
    const answer = await once(system, asking, { ...values, ...task }, false, signal);
    if (answer.verdict.kind !== 'answer') return answer;
    const { json } = answer.verdict;
    if (poll.failed?.length && poll.failed.every((condition) => holds(condition, json))) return { verdict: { kind: 'fault', fault: 'unavailable' } };
    if (poll.done.every((condition) => holds(condition, json))) return answer;
  }
  throw new CrmFailure('timeout', '', 'maybe');
}

/**
 * Runs one operation: one request, or as many as its answer takes to come.
 * @throws CrmFailure; CannotFill where a value cannot go where the description puts it; the signal's reason
 */
export async function run(system: Opened, name: OperationName, values: TemplateValues, signal: AbortSignal): Promise<{ verdict: Verdict; raw?: RawAnswer }> {
  const operation = system.description.operations[name];
  if (!operation) throw new Error('not described'); // capabilities are asked first
  const changes = operationSpec(name).changes === true;
  const first = await once(system, operation, values, changes, signal);
  if (!operation.poll || first.verdict.kind !== 'answer') return first;
  return polled(system, operation, values, first.verdict.json, signal);
}

/**
 * Fetches a document from an address that an answer gave. With the secret only below the system's own address.
 * @throws CrmFailure also where the description does not name the host
 */
export async function fetchDocument(system: Opened, link: string, signal: AbortSignal): Promise<Uint8Array> {
  const base = new URL(system.url);
  const url = URL.canParse(link, base.origin) ? new URL(link, base.origin) : undefined;
  const isOwn = url?.origin === base.origin;
  const isNamed = url?.protocol === 'https:' && url.port === '' && (system.description.documentHosts ?? []).includes(url.hostname);
  if (!url || url.username !== '' || url.password !== '' || !(isOwn || isNamed)) throw new CrmFailure('address', '', 'none');
  const { headers } = isOwn ? prepared(system, { method: 'GET', path: '/' }, {}) : { headers: {} };
  if (isOwn && system.description.auth.mode === 'query') url.searchParams.set(system.description.auth.name, system.secret);
  const response = await call(system.deps.http, {
    url: url.href, headers: { ...headers, accept: 'application/pdf' }, signal, maxBytes: MOST_BYTES, ...(system.timeoutMs === undefined ? {} : { timeoutMs: system.timeoutMs }), ...(isOwn && system.tls ? { tls: system.tls } : {}),
  });
  if (response.status === 401 || response.status === 403) throw new CrmFailure(response.status === 401 ? 'auth' : 'forbidden');
  if (response.status !== 200) throw new CrmFailure(response.status >= 500 ? 'unavailable' : 'bad-response');
  return response.body;
}
