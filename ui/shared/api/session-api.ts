import { Injectable, inject } from '@angular/core';
import { Http } from './http';
import type { Permission, Role } from './roles';

export interface SessionUser {
  readonly id: string;
  readonly login: string;
  readonly name: string;
  readonly role: Role;
  readonly departments: readonly string[];
}

export interface SessionCompany {
  readonly id: string;
  readonly name: string;
  /** IANA name, such as America/Argentina/Buenos_Aires. */
  readonly timeZone: string;
  readonly locale: string;
  readonly currency: string;
  /** After how many minutes a waiting customer raises the alarm. */
  readonly waitingAlarmMinutes?: number;
}

export interface Session {
  readonly user: SessionUser;
  readonly company: SessionCompany;
  readonly mustChangePassword: boolean;
  readonly csrf: string;
  readonly permissions: readonly Permission[];
}

/** A browser that is logged in. */
export interface Device {
  readonly id: string;
  readonly current: boolean;
  /** Logged in for thirty days, not just until the browser is closed. */
  readonly remember: boolean;
  readonly address: string | null;
  readonly userAgent: string | null;
  readonly createdAt: string;
  readonly seenAt: string;
  readonly expiresAt: string;
}

/** Who I am, here and elsewhere. */
@Injectable({ providedIn: 'root' })
export class SessionApi {
  readonly #http = inject(Http);

  read(): Promise<Session> {
    return this.#http.get('/api/session');
  }

  /** @throws ApiProblem 401 whichever of the two is wrong; 429 with `retryAfterSeconds` after too many tries */
  open(credentials: { login: string; password: string; remember: boolean }): Promise<Session> {
    return this.#http.post('/api/session', credentials);
  }

  close(): Promise<void> {
    return this.#http.delete('/api/session');
  }

  devices(): Promise<Device[]> {
    return this.#http.get('/api/sessions');
  }

  /** Logs that browser out. */
  revoke(id: string): Promise<void> {
    return this.#http.delete(`/api/sessions/${id}`);
  }

  /** Ends my other sessions; this one goes on with what is answered. */
  changePassword(passwords: { current: string; next: string }): Promise<Session> {
    return this.#http.post('/api/password', passwords);
  }
}
