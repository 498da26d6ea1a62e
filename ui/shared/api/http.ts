import { HttpBackend, HttpClient, HttpErrorResponse, HttpEventType, HttpXhrBackend, type HttpHandler } from '@angular/common/http';
import { Injectable, inject, signal } from '@angular/core';
import { EmptyError, type Observable, firstValueFrom, fromEvent, takeUntil, tap } from 'rxjs';
import type { Frozen } from './frozen';
import type { StrictHttpResponse } from './generated/strict-http-response';
import { type ApiProblem, problemOf } from './problem';
import { newUuid } from './uuid';
import { Cancelled, type Watch } from './watch';

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
  /** `fetch` does not tell how much of a body has left. */
  readonly #watched = inject(HttpXhrBackend);
  /** The token of the session, which every command must carry. Whoever reads the session sets it. */
  readonly csrf = signal<string | undefined>(undefined);
  /** Called when an answer says that the session is over (401) or a new password is due (403). */
  onSessionRefused: (problem: ApiProblem) => void = () => undefined;

  /**
   * @param operation of `./generated/fn`
   * @param key of a command: the same one when it is repeated because no answer came
   * @throws ApiProblem what the API refuses with, or that it cannot be reached
   */
  call<O extends Operation>(operation: O, params: Params<O>, key = newUuid()): Promise<Answer<O>> {
    return this.#answer(operation, params, this.#withHeaders(this.#backend, key));
  }

  /** The same for a large body. @throws ApiProblem · Cancelled when it was given up: whether the server got all of it is not known */
  async send<O extends Operation>(operation: O, params: Params<O>, { progress, signal }: Watch): Promise<Answer<O>> {
    if (signal.aborted) throw new Cancelled();
    const watched: HttpHandler = {
      handle: (request) => this.#watched.handle(request.clone({ reportProgress: true })).pipe(
        tap((event) => {
          if (event.type === HttpEventType.UploadProgress && event.total) progress(event.loaded / event.total);
        }),
        takeUntil(fromEvent(signal, 'abort')),
      ),
    };
    try {
      return await this.#answer(operation, params, this.#withHeaders(watched, newUuid()));
    } catch (error) {
      throw error instanceof EmptyError ? new Cancelled() : error;
    }
  }

  async #answer<O extends Operation>(operation: O, params: Params<O>, handler: HttpHandler): Promise<Answer<O>> {
    try {
      const { body } = await firstValueFrom(operation(new HttpClient(handler), ROOT_URL, params as never));
      return body as Answer<O>;
    } catch (error) {
      throw error instanceof HttpErrorResponse ? this.#refused(problemOf(error)) : error;
    }
  }

  /** Sends requests on; those that change something with the key and the token of the session, whether or not the operation declares them. */
  #withHeaders(next: HttpHandler, key: string): HttpHandler {
    return {
      handle: (request) => {
        if (request.method === 'GET') return next.handle(request);
        const csrf = this.csrf();
        return next.handle(request.clone({ setHeaders: { 'idempotency-key': key, ...(csrf ? { 'x-csrf-token': csrf } : {}) } }));
      },
    };
  }

  #refused(problem: ApiProblem): ApiProblem {
    if (problem.status === 401 || problem.code === 'password-change-required') this.onSessionRefused(problem);
    return problem;
  }
}
