import { Injectable } from '@nestjs/common';
import { ProblemException } from '../problem.js';
import { TokenBuckets, type Limit } from './token-bucket.js';

/**
 * Far above what people and their screens do, far below what a client that runs wild could do to the others. Per process: with
 * several API processes they add up. An address may be a whole office; a password costs 50 ms of work to check.
 */
const limits = {
  address: { burst: 4_000, perSecond: 200 },
  session: { burst: 2_000, perSecond: 50 },
  password: { burst: 60, perSecond: 1 },
  /** Requests that a company's administrators have us send to the address of a system that they describe. */
  tryout: { burst: 20, perSecond: 0.5 },
  /** An ISP's system on the day of its invoices: each of its tokens has a limit of its own besides. */
  machine: { burst: 20_000, perSecond: 1_000 },
  /** Notices of a company's payment platform: each leads to a question there. */
  hook: { burst: 300, perSecond: 10 },
  /** Addresses of notices that have not opened yet, by who tries them: each is a question to the database. */
  door: { burst: 60, perSecond: 1 },
} as const satisfies Record<string, Limit>;
export type RateLimitKind = keyof typeof limits;

/** How many requests one address and one session may send. */
@Injectable()
export class RateLimits {
  readonly #buckets: Record<RateLimitKind, TokenBuckets> = {
    address: new TokenBuckets(limits.address),
    session: new TokenBuckets(limits.session),
    password: new TokenBuckets(limits.password),
    machine: new TokenBuckets(limits.machine),
    tryout: new TokenBuckets(limits.tryout),
    hook: new TokenBuckets(limits.hook),
    door: new TokenBuckets(limits.door),
  };

  /** @throws ProblemException `too-many-requests` with Retry-After */
  take(kind: RateLimitKind, key: string): void {
    const waitSeconds = this.#buckets[kind].take(key, performance.now());
    if (waitSeconds > 0) throw new ProblemException('too-many-requests', { headers: { 'retry-after': String(waitSeconds) } });
  }
}
