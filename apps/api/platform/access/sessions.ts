import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from '@mikro-orm/postgresql';
import { Session } from '../../../../libs/db/entities/session.js';
import { SOURCES, type Sources } from '../sources.js';
import { newToken, sha256Of } from './session-cookie.js';
import type { SignedIn } from './signed-in.js';

const DAY_MS = 86_400_000;
/** "Mantener sesión iniciada (30 días)". */
export const REMEMBERED_MS = 30 * DAY_MS;
/** The browser forgets the cookie when it is closed; one that is never closed, after a day without a request. */
const UNREMEMBERED_MS = DAY_MS;

/** One statement, without a transaction around it: every request asks this. It names the company to row-level security by itself. */
const FIND = `select session_read(?, decode(?, 'hex'), make_interval(secs => ?)) as found`;

export interface NewSession {
  owner: string;
  remember: boolean;
  address: string;
  userAgent: string | undefined;
}

/** Sessions as rows: what opens them is the browser's alone. */
@Injectable()
export class Sessions {
  constructor(@Inject(SOURCES) private readonly sources: Sources) {}

  /** Whoever holds this token at this company, or undefined: no such session, run out, or its user is deactivated. */
  async find(company: string, token: string): Promise<SignedIn | undefined> {
    const values = [company, sha256Of(token).toString('hex'), UNREMEMBERED_MS / 1_000];
    const [row] = await this.sources.orm.em.fork().execute<{ found: Omit<SignedIn, 'company'> | null }[]>(FIND, values);
    return row?.found ? { company, ...row.found } : undefined;
  }

  /** A new session. @returns its token, which is nowhere else */
  async open(em: EntityManager, company: string, { owner, remember, address, userAgent }: NewSession): Promise<string> {
    const token = newToken();
    const expiresAt = new Date(Date.now() + (remember ? REMEMBERED_MS : UNREMEMBERED_MS));
    const device = { address, userAgent: userAgent?.slice(0, 300) ?? null };
    em.create(Session, { company, owner, tokenSha256: sha256Of(token), csrf: newToken(), remember, expiresAt, ...device });
    await em.flush();
    return token;
  }

  /** Another token for the same session: whoever had copied the old one is out. The CSRF token stays, screens hold it. */
  async renew(em: EntityManager, company: string, id: string): Promise<string> {
    const token = newToken();
    await em.nativeUpdate(Session, { company, id }, { tokenSha256: sha256Of(token) });
    return token;
  }

  /** Ends a person's sessions. @param except the one that stays @returns how many there were */
  async endAll(em: EntityManager, company: string, owner: string, except?: string): Promise<number> {
    return em.nativeDelete(Session, { company, owner, ...(except === undefined ? {} : { id: { $ne: except } }) });
  }
}
