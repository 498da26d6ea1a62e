import { Injectable, signal } from '@angular/core';
import { ApiProblem, problemOf } from './problem';
import { newUuid } from './uuid';

export type Query = Readonly<Record<string, string | number | boolean | undefined>>;

/** Calls of the API: session cookie, CSRF token, one idempotency key a command, problems as `ApiProblem`. */
@Injectable({ providedIn: 'root' })
export class Http {
  /** The token of the session, which every command must carry. Whoever reads the session sets it. */
  readonly csrf = signal<string | undefined>(undefined);
  /** Called when an answer says that the session is over (401) or a new password is due (403). */
  onSessionRefused: (problem: ApiProblem) => void = () => undefined;

  get<T>(path: string, query: Query = {}): Promise<T> {
    return this.#call('GET', path + queryText(query));
  }

  /** @param key of the command: the same one when it is repeated because no answer came */
  post<T>(path: string, body?: unknown, key = newUuid()): Promise<T> {
    return this.#call('POST', path, body, key);
  }

  patch<T>(path: string, body: unknown, key = newUuid()): Promise<T> {
    return this.#call('PATCH', path, body, key);
  }

  delete<T>(path: string, key = newUuid()): Promise<T> {
    return this.#call('DELETE', path, undefined, key);
  }

  async #call<T>(method: string, path: string, body?: unknown, key?: string): Promise<T> {
    const csrf = this.csrf();
    const headers: Record<string, string> = { accept: 'application/json' };
    if (body !== undefined) headers['content-type'] = 'application/json';
    if (key) headers['idempotency-key'] = key;
    if (key && csrf) headers['x-csrf-token'] = csrf;
    const response = await reach(path, { method, headers, body: body === undefined ? undefined : JSON.stringify(body) });
    if (!response.ok) throw this.#refused(await problemOf(response));
    return (response.status === 204 ? undefined : await response.json()) as T;
  }

  #refused(problem: ApiProblem): ApiProblem {
    if (problem.status === 401 || problem.code === 'password-change-required') this.onSessionRefused(problem);
    return problem;
  }
}

async function reach(path: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(path, { ...init, credentials: 'same-origin' });
  } catch {
    throw new ApiProblem(0, 'unreachable', '');
  }
}

/** `?a=1&b=2` of what is defined; nothing of nothing. */
export function queryText(query: Query): string {
  const given = Object.entries(query).filter((entry): entry is [string, string | number | boolean] => entry[1] !== undefined && entry[1] !== '');
  if (given.length === 0) return '';
  return `?${new URLSearchParams(given.map(([name, value]) => [name, String(value)])).toString()}`;
}
