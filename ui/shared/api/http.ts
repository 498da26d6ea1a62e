import { HttpBackend, HttpClient, HttpErrorResponse, type HttpHandler } from '@angular/common/http';
import { Injectable, inject, signal } from '@angular/core';
import { type Observable, firstValueFrom } from 'rxjs';
import type { Frozen } from './frozen';
import type { StrictHttpResponse } from './generated/strict-http-response';
import { type ApiProblem, problemOf } from './problem';
import { newUuid } from './uuid';

/** A function that ng-openapi-gen made of an operation of the API: it knows the method, the path, where each parameter goes, and the answer. */
type Operation = (http: HttpClient, rootUrl: string, params: never) => Observable<StrictHttpResponse<unknown>>;
/** Headers that `Http` sets: whoever calls names neither. */
type SetHere = 'x-csrf-token' | 'idempotency-key';
type Params<O extends Operation> = Frozen<Omit<NonNullable<Parameters<O>[2]>, SetHere>>;
type Answer<O extends Operation> = ReturnType<O> extends Observable<StrictHttpResponse<infer Body>> ? Body : never;

/** The API is on the host that the page came from. */
const ROOT_URL = '';

/** Calls of the API: session cookie, CSRF token, one idempotency key a command, problems as `ApiProblem`. */
@Injectable({ providedIn: 'root' })
export class Http {
  readonly #backend = inject(HttpBackend);
  /** The token of the session, which every command must carry. Whoever reads the session sets it. */
  readonly csrf = signal<string | undefined>(undefined);
  /** Called when an answer says that the session is over (401) or a new password is due (403). */
  onSessionRefused: (problem: ApiProblem) => void = () => undefined;

  /**
   * @param operation of `./generated/fn`
   * @param key of a command: the same one when it is repeated because no answer came
   * @throws ApiProblem what the API refuses with, or that it cannot be reached
   */
  async call<O extends Operation>(operation: O, params: Params<O>, key = newUuid()): Promise<Answer<O>> {
    try {
      const { body } = await firstValueFrom(operation(new HttpClient(this.#withHeaders(key)), ROOT_URL, params as never));
      return body as Answer<O>;
    } catch (error) {
      throw error instanceof HttpErrorResponse ? this.#refused(problemOf(error)) : error;
    }
  }

  /** Sends requests on; those that change something with the key and the token of the session, whether or not the operation declares them. */
  #withHeaders(key: string): HttpHandler {
    return {
      handle: (request) => {
        if (request.method === 'GET') return this.#backend.handle(request);
        const csrf = this.csrf();
        return this.#backend.handle(request.clone({ setHeaders: { 'idempotency-key': key, ...(csrf ? { 'x-csrf-token': csrf } : {}) } }));
      },
    };
  }

  #refused(problem: ApiProblem): ApiProblem {
    if (problem.status === 401 || problem.code === 'password-change-required') this.onSessionRefused(problem);
    return problem;
  }
}
