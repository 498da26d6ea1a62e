import { Injectable, inject } from '@angular/core';
import type { Frozen } from './frozen';
import { devicesEnd } from './generated/fn/session/devices-end';
import { devicesList } from './generated/fn/session/devices-list';
import { passwordChange } from './generated/fn/session/password-change';
import { sessionRead } from './generated/fn/session/session-read';
import { sessionSignIn } from './generated/fn/session/session-sign-in';
import { sessionSignOut } from './generated/fn/session/session-sign-out';
import type * as api from './generated/models';
import { Http } from './http';

export type Session = Frozen<api.Session>;
export type SessionUser = Session['user'];
export type SessionCompany = Session['company'];
/** A browser that is logged in. */
export type Device = Frozen<api.Device>;

/** Who I am, here and elsewhere. */
@Injectable({ providedIn: 'root' })
export class SessionApi {
  readonly #http = inject(Http);

  read(): Promise<Session> {
    return this.#http.call(sessionRead, {});
  }

  /** @throws ApiProblem 401 whichever of the two is wrong; 429 with `retryAfterSeconds` after too many tries */
  open(credentials: Frozen<api.Login>): Promise<Session> {
    return this.#http.call(sessionSignIn, { body: credentials });
  }

  close(): Promise<void> {
    return this.#http.call(sessionSignOut, {});
  }

  devices(): Promise<Device[]> {
    return this.#http.call(devicesList, {});
  }

  /** Logs that browser out. */
  revoke(id: string): Promise<void> {
    return this.#http.call(devicesEnd, { id });
  }

  /** Ends my other sessions; this one goes on with what is answered. */
  changePassword(passwords: Frozen<api.PasswordChange>): Promise<Session> {
    return this.#http.call(passwordChange, { body: passwords });
  }
}
