import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from '@mikro-orm/postgresql';
import { forCompany } from '../../../libs/db/company.js';
import { LoginFailure } from '../../../libs/db/entities/login-failure.js';
import { ProblemException } from '../platform/problem.js';
import { SOURCES, type Sources } from '../platform/sources.js';

/** What a password is tried for, and from where. */
export interface Attempt {
  company: string;
  login: string;
  address: string;
}

interface SlowDown {
  subject: string;
  /** So many failures cost nothing; then one second, two, four … */
  free: number;
}

/** The longest wait: somebody who tries on for ever keeps nobody out for longer. */
const LONGEST_WAIT_SECONDS = 300;
/** After so long without a failure all is forgotten. */
const FORGOTTEN_AFTER = '1 hour';

const account = ({ login }: Attempt): SlowDown => ({ subject: `account:${login}`, free: 4 });
/** An address may be an office behind one router. */
const address = (attempt: Attempt): SlowDown => ({ subject: `address:${attempt.address}`, free: 20 });

/** Seconds to wait after the last failure. Parameters: free, free. */
const WAIT = `case when f.failures < ? then 0 else least(${LONGEST_WAIT_SECONDS}, power(2, least(f.failures - ?, 20))) end`;
/**
 * Counts a failure before the password is compared, so that a hundred guesses at once are not a hundred for the price of one: each
 * waits for the row of the one before. No row comes back when it is too early.
 */
const COUNT = `insert into login_failures as f (company, subject, failures, last_at) values (?, ?, 1, clock_timestamp())
  on conflict (company, subject) do update set last_at = clock_timestamp(),
    failures = case when f.last_at < clock_timestamp() - interval '${FORGOTTEN_AFTER}' then 1 else f.failures + 1 end
    where f.last_at + make_interval(secs => ${WAIT}) <= clock_timestamp()
  returning f.failures`;
const REMAINING = `select extract(epoch from f.last_at + make_interval(secs => ${WAIT}) - clock_timestamp())::float as seconds
  from login_failures f where f.company = ? and f.subject = ?`;

/** Slows down whoever guesses passwords, by account and by address; nobody is locked out for ever. */
@Injectable()
export class LoginAttempts {
  constructor(@Inject(SOURCES) private readonly sources: Sources) {}

  /** Counts an attempt as failed until `succeeded` says otherwise. @throws ProblemException `too-many-attempts` with Retry-After */
  async begin(attempt: Attempt): Promise<void> {
    await forCompany(this.sources.orm, attempt.company, async (em) => {
      await this.#count(em, attempt.company, account(attempt));
      await this.#count(em, attempt.company, address(attempt));
    });
  }

  /**
   * The password was right: the account starts anew. The address only gets this attempt back: somebody with an account of their own
   * must not wipe away what they guessed at others'.
   */
  async succeeded(attempt: Attempt): Promise<void> {
    const { company } = attempt;
    await forCompany(this.sources.orm, company, async (em) => {
      await em.nativeDelete(LoginFailure, { company, subject: account(attempt).subject });
      await em.execute('update login_failures set failures = failures - 1 where company = ? and subject = ?', [company, address(attempt).subject]);
      await em.execute(`delete from login_failures where company = ? and last_at < now() - interval '${FORGOTTEN_AFTER}'`, [company]);
    });
  }

  /** Somebody who may has given the account another password: what was tried before is settled. */
  async settle(em: EntityManager, company: string, login: string): Promise<void> {
    await em.nativeDelete(LoginFailure, { company, subject: account({ company, login, address: '' }).subject });
  }

  async #count(em: EntityManager, company: string, { subject, free }: SlowDown): Promise<void> {
    const counted = await em.execute<unknown[]>(COUNT, [company, subject, free, free]);
    if (counted.length > 0) return;
    const [row] = await em.execute<{ seconds: number }[]>(REMAINING, [free, free, company, subject]);
    const seconds = Math.max(1, Math.ceil(row?.seconds ?? 1));
    throw new ProblemException('too-many-attempts', { headers: { 'retry-after': String(seconds) } });
  }
}
