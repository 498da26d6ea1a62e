import { createHash, timingSafeEqual } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { gatewayDoor, type DoorToken, type GatewayDoor as Door } from '../../../libs/db/notices.js';
import { takesIspMessages, type Mode } from '../../../libs/domain/modes/mode.js';
import { companyOfHost } from '../../../libs/db/platform.js';
import { ProblemException } from '../platform/problem.js';
import { TokenBuckets } from '../platform/rate-limit/token-bucket.js';
import { SOURCES, type Sources } from '../platform/sources.js';

/** Whoever has shown a token that works. */
export interface Caller {
  company: string;
  /** As "es-AR": whose numbers people write without a calling code. */
  locale: string;
  token: DoorToken;
  mode: Mode;
  channels: Door['channels'];
}

/** What the table keeps of a token. */
export const hashOf = (token: string): Buffer => createHash('sha256').update(token).digest();

const same = (hash: Buffer, hex: string | null): boolean => hex !== null && timingSafeEqual(hash, Buffer.from(hex, 'hex'));

/** Seconds after which a system whose gateway is stopped may ask again. */
const STOPPED_RETRY_S = '300';
const COMPANY = /^[a-z0-9][a-z0-9-]{1,39}$/;

/** Lets ISPs' systems in, by their tokens: which company a request is for is its address', and its token has to be that company's. */
@Injectable()
export class GatewayDoor {
  /** By rate: each token has its own bucket in that of its rate. */
  readonly #buckets = new Map<number, TokenBuckets>();

  constructor(@Inject(SOURCES) private readonly sources: Sources) {}

  /**
   * @param address the company's id, or a host of it
   * @throws ProblemException `token-missing`, `token-wrong` (also where there is no such company), `company-suspended`
   */
  async admit(address: string, token: string | undefined): Promise<Caller> {
    if (token === undefined) throw new ProblemException('token-missing');
    const hash = hashOf(token);
    const door = await this.#doorAt(address);
    // Each is compared, so that the time tells nothing of which it is.
    const found = door?.tokens.filter(({ sha256, previous }) => [same(hash, sha256), same(hash, previous)].includes(true))[0];
    if (!door || !found) throw new ProblemException('token-wrong');
    if (door.suspended) throw new ProblemException('company-suspended');
    const { company, locale, mode, channels } = door;
    return { company, locale, token: found, mode, channels };
  }

  /** An administrator, who tries a token out without having it. @throws ProblemException `not-found` */
  async standIn(company: string, token: string): Promise<Caller> {
    const door = (await this.#doorOf(company))!;
    const found = door.tokens.find(({ id }) => id === token);
    if (!found) throw new ProblemException('not-found');
    return { company, locale: door.locale, token: found, mode: door.mode, channels: door.channels };
  }

  /** @throws ProblemException `gateway-stopped`, `too-many-requests` */
  mayAsk({ company, token, mode }: Caller): void {
    if (!takesIspMessages(mode)) throw new ProblemException('gateway-stopped', { headers: { 'retry-after': STOPPED_RETRY_S } });
    const perSecond = token.ratePerMinute / 60;
    const buckets = this.#buckets.get(token.ratePerMinute) ?? new TokenBuckets({ burst: Math.max(10, Math.ceil(token.ratePerMinute / 2)), perSecond });
    this.#buckets.set(token.ratePerMinute, buckets);
    const waitSeconds = buckets.take(`${company}/${token.id}`, performance.now());
    if (waitSeconds > 0) throw new ProblemException('too-many-requests', { headers: { 'retry-after': String(waitSeconds) } });
  }

  async #doorAt(address: string): Promise<Door | undefined> {
    const named = COMPANY.test(address) ? await this.#doorOf(address) : undefined;
    if (named) return named;
    const company = await companyOfHost(this.sources.orm, address.toLowerCase().replace(/:\d+$/, ''));
    return company ? this.#doorOf(company.id) : undefined;
  }

  #doorOf(company: string): Promise<Door | undefined> {
    return gatewayDoor(this.sources.orm, company);
  }
}

/** The token of a request: of its headers first. */
export function tokenOf(headers: Readonly<Record<string, string | string[] | undefined>>, field: string | undefined): string | undefined {
  const bearer = /^Bearer\s+(\S+)\s*$/i.exec(String(headers['authorization'] ?? ''))?.[1];
  const key = headers['x-api-key'];
  return bearer ?? (typeof key === 'string' && key.trim() !== '' ? key.trim() : field);
}
