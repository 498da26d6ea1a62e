import { Inject, Injectable } from '@nestjs/common';
import { forCompany } from '../../../libs/db/company.js';
import { Session } from '../../../libs/db/entities/session.js';
import { User } from '../../../libs/db/entities/user.js';
import { passwordFault } from '../../../libs/domain/password.js';
import { hashPassword, verifyPassword } from '../../../libs/vault/passwords.js';
import { Sessions } from '../platform/access/sessions.js';
import type { SignedIn } from '../platform/access/signed-in.js';
import { ProblemException } from '../platform/problem.js';
import { SOURCES, type Sources } from '../platform/sources.js';
import { LoginAttempts } from './login-attempts.js';
import type { Login, PasswordChange } from './session.schema.js';

/** From where somebody signs in. */
export interface Caller {
  address: string;
  userAgent: string | undefined;
}

/** Passwords against sessions. */
@Injectable()
export class SignIn {
  constructor(
    @Inject(SOURCES) private readonly sources: Sources,
    private readonly sessions: Sessions,
    private readonly attempts: LoginAttempts,
  ) {}

  /**
   * A session for whoever knows the password.
   * @throws ProblemException `login-failed`, whichever of the two was wrong; `too-many-attempts`
   */
  async signIn(company: string, { login, password, remember }: Login, caller: Caller): Promise<{ token: string; me: SignedIn }> {
    const attempt = { company, login, address: caller.address };
    await this.attempts.begin(attempt);
    const user = await this.#userOf(company, login);
    const right = await verifyPassword(user?.passwordHash, password);
    if (!user || !right) throw new ProblemException('login-failed');
    await this.attempts.succeeded(attempt);
    const token = await forCompany(this.sources.orm, company, async (em) => {
      await em.nativeDelete(Session, { company, owner: user.id, expiresAt: { $lt: new Date() } });
      return this.sessions.open(em, company, { owner: user.id, remember, ...caller });
    });
    const me = await this.sessions.find(company, token);
    if (!me) throw new ProblemException('login-failed'); // deactivated this very moment
    return { token, me };
  }

  /**
   * Another password for whoever knows the current one; all their other sessions end.
   * @returns another token for this session
   * @throws ProblemException `password-wrong`, a rule's fault, `too-many-attempts`
   */
  async changePassword(me: SignedIn, { current, next }: PasswordChange, address: string): Promise<string> {
    const { company, user } = me;
    const attempt = { company, login: user.login, address };
    await this.attempts.begin(attempt);
    const row = await this.#userOf(company, user.login);
    if (!(await verifyPassword(row?.passwordHash, current))) throw new ProblemException('password-wrong');
    await this.attempts.succeeded(attempt);
    const fault = passwordFault({ next, current, login: user.login });
    if (fault) throw new ProblemException(fault);
    const passwordHash = await hashPassword(next);
    return forCompany(this.sources.orm, company, async (em) => {
      await em.nativeUpdate(User, { company, id: user.id }, { passwordHash, mustChangePassword: false });
      await this.sessions.endAll(em, company, user.id, me.session);
      return this.sessions.renew(em, company, me.session);
    });
  }

  /** An active account with its hash. */
  #userOf(company: string, login: string): Promise<User | null> {
    return forCompany(this.sources.orm, company, (em) => em.findOne(User, { company, login, active: true }, { populate: ['passwordHash'] }));
  }
}
