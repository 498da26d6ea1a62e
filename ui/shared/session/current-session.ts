import { DOCUMENT, Injectable, computed, inject, signal } from '@angular/core';
import { Http } from '../api/http';
import { ApiProblem } from '../api/problem';
import type { Permission } from '../api/roles';
import { type Session, SessionApi } from '../api/session-api';
import { Push } from '../push/push';

const loginPath = '/login/';

/** Who is logged in. Whatever ends the session, here or on the server, leads to the login page and from there back here. */
@Injectable({ providedIn: 'root' })
export class CurrentSession {
  readonly #api = inject(SessionApi);
  readonly #http = inject(Http);
  readonly #push = inject(Push);
  readonly #window = inject(DOCUMENT).defaultView!;
  readonly #session = signal<Session | undefined>(undefined, { equal: (one, other) => JSON.stringify(one) === JSON.stringify(other) });
  #isFollowing = false;
  /** Undefined until `load()` found one. */
  readonly current = this.#session.asReadonly();
  readonly user = computed(() => this.#session()?.user);
  readonly company = computed(() => this.#session()?.company);

  /** Settles once somebody is logged in: what a page may show depends on who it is. */
  readonly ready: Promise<void>;
  #becomeReady: () => void = () => undefined;

  constructor() {
    this.ready = new Promise((resolve) => (this.#becomeReady = resolve));
    this.#http.onSessionRefused = () => this.leave();
    this.#push.onDoubt = () => void this.#look();
  }

  can(permission: Permission): boolean {
    return this.#session()?.permissions.includes(permission) ?? false;
  }

  /** Reads the session. Without one the page goes to the login, and this never settles. @throws ApiProblem when the API is away */
  async load(): Promise<Session> {
    try {
      const session = await this.#api.read();
      if (session.mustChangePassword) return await this.leave();
      this.use(session);
      return session;
    } catch (error) {
      if (error instanceof ApiProblem && error.status === 401) return await this.leave();
      throw error;
    }
  }

  /** Goes on as this session: what the API answered to a login or a new password. */
  use(session: Session): void {
    this.#http.csrf.set(session.csrf);
    this.#session.set(session);
    this.#becomeReady();
    this.#follow();
  }

  /** What I may do, and what the company is called, can change while I am here. */
  #follow(): void {
    if (this.#isFollowing) return;
    this.#isFollowing = true;
    this.#push.listen((changes) => {
      if (!changes || changes.some(({ topic, subject }) => topic === 'company' || (topic === 'user' && subject === this.user()?.id))) void this.#look();
    });
  }

  /** Reads the session again; that the API is away is no reason to leave. */
  async #look(): Promise<void> {
    try {
      await this.load();
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error;
    }
  }

  async logOut(): Promise<void> {
    this.#push.stop();
    await this.#api.close();
    this.#window.location.assign(loginPath);
  }

  /** To the login page, which comes back to where the person is now. */
  leave(): Promise<never> {
    this.#push.stop();
    const { pathname, search } = this.#window.location;
    const here = pathname + search;
    this.#window.location.assign(here === '/' ? loginPath : `${loginPath}?to=${encodeURIComponent(here)}`);
    return new Promise(() => undefined);
  }
}
