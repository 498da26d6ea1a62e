import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from '@mikro-orm/postgresql';
import { forCompany } from '../../../../libs/db/company.js';
import { Session } from '../../../../libs/db/entities/session.js';
import type { Role } from '../../../../libs/domain/roles.js';
import { SOURCES, type Sources } from '../sources.js';
import { newToken, sha256Of } from './session-cookie.js';
import type { SignedIn } from './signed-in.js';

const DAY_MS = 86_400_000;
/** "Mantener sesión iniciada (30 días)". */
export const REMEMBERED_MS = 30 * DAY_MS;
/** The browser forgets the cookie when it is closed; one that is never closed, after a day without a request. */
const UNREMEMBERED_MS = DAY_MS;
/** How exactly "last seen" is kept: a write a minute, not one a request. */
const SEEN_EVERY_MS = 60_000;

interface SessionRow {
  session: string;
  csrf: string;
  remember: boolean;
  seen_at: Date | string;
  id: string;
  login: string;
  name: string;
  role: Role;
  must_change_password: boolean;
  departments: string[];
}

const FIND = `select s.id as session, s.csrf, s.remember, s.seen_at, u.id, u.login, u.name, u.role, u.must_change_password,
    to_json(array(select d.department from user_departments d where d.company = u.company and d.member = u.id order by 1)) as departments
  from sessions s join users u on u.company = s.company and u.id = s.owner
  where s.company = ? and s.token_sha256 = decode(?, 'hex') and s.expires_at > now() and u.active`;

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
    return forCompany(this.sources.orm, company, async (em) => {
      const [row] = await em.execute<SessionRow[]>(FIND, [company, sha256Of(token).toString('hex')]);
      if (!row) return undefined;
      await this.#seen(em, company, row);
      const { session, csrf, remember, id, login, name, role, departments } = row;
      const user = { id, login, name, role, departments };
      return { company, session, csrf, remember, mustChangePassword: row.must_change_password, user };
    });
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

  async #seen(em: EntityManager, company: string, { session, remember, seen_at }: SessionRow): Promise<void> {
    const now = new Date();
    if (now.getTime() - new Date(seen_at).getTime() < SEEN_EVERY_MS) return;
    const longer = remember ? {} : { expiresAt: new Date(now.getTime() + UNREMEMBERED_MS) };
    await em.nativeUpdate(Session, { company, id: session }, { seenAt: now, ...longer });
  }
}
