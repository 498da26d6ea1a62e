import { randomBytes } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from '@mikro-orm/postgresql';
import { CALLBACK_CONTEXT } from '../../../activities/notice-callbacks.js';
import { writeAudit, type Actor } from '../../../libs/db/audit.js';
import { forCompany } from '../../../libs/db/company.js';
import type { AuditAction } from '../../../libs/domain/audit.js';
import { ProblemException } from '../platform/problem.js';
import { SOURCES, type Sources } from '../platform/sources.js';
import { hashOf } from './door.js';
import { mustBePublic } from './file-url.js';
import type { GatewaySettingsView, GivenCallback, GivenToken, NewToken, TokenChange, TokenView } from './gateway-settings.schema.js';

interface TokenRow {
  id: string;
  name: string;
  hint: string;
  expiry_minutes: number;
  rate_per_minute: number;
  created_at: string;
  previous_until: string | null;
}

const TOKENS = `select id, name, hint, expiry_minutes, rate_per_minute, created_at, case when previous_until > clock_timestamp() then previous_until end previous_until
  from gateway_tokens where company = ? and revoked_at is null`;

const tokenOf = ({ id, name, hint, expiry_minutes: expiryMinutes, rate_per_minute: ratePerMinute, created_at: at, previous_until: until }: TokenRow): TokenView => ({
  id, name, hint, expiryMinutes, ratePerMinute, createdAt: new Date(at).toISOString(), ...(until === null ? {} : { previousUntil: new Date(until).toISOString() }),
});

/** 256 bits, with a name that scanners of leaked secrets can look for. */
const newToken = (): string => `hgw_${randomBytes(32).toString('base64url')}`;
const newSecret = (): string => `hgs_${randomBytes(32).toString('base64url')}`;
const hintOf = (token: string): string => token.slice(-4);

/** Who may have notices sent, and where the company hears what became of them. */
@Injectable()
export class GatewaySettings {
  constructor(@Inject(SOURCES) private readonly sources: Sources) {}

  read(company: string): Promise<GatewaySettingsView> {
    return forCompany(this.sources.orm, company, async (em) => {
      const tokens = await em.execute<TokenRow[]>(`${TOKENS} order by created_at`, [company]);
      const [callback] = await em.execute<{ url: string }[]>('select url from gateway_callbacks where company = ?', [company]);
      const channels = await em.execute<{ id: string; name: string; number: string | null }[]>('select id, name, number from channels where company = ? order by created_at', [company]);
      const [told] = await em.execute<{ untold: number; given_up: number; last: string | null }[]>(
        `select count(*) filter (where callback = 'due')::int untold, count(*) filter (where callback = 'given-up' and at > now() - interval '7 days')::int given_up,
            (select answer from notice_events o where o.company = ? and o.answer is not null order by o.id desc limit 1) last
          from notice_events where company = ? and callback in ('due', 'given-up')`, [company, company]);
      return {
        tokens: tokens.map(tokenOf), ...(callback ? { callback } : {}), untold: told!.untold, givenUp: told!.given_up, ...(told!.last === null ? {} : { lastAnswer: told!.last }),
        channels: channels.map(({ id, name, number }) => ({ id, name, ...(number === null ? {} : { number }), path: `/gw/${company}/${number ?? id}/send` })),
      };
    });
  }

  async create(by: Actor, { name, expiryMinutes, ratePerMinute }: NewToken): Promise<GivenToken> {
    const secret = newToken();
    return forCompany(this.sources.orm, by.company, async (em) => {
      const [row] = await em.execute<{ id: string }[]>(
        `insert into gateway_tokens (company, name, sha256, hint, expiry_minutes, rate_per_minute) values (?, ?, decode(?, 'hex'), ?, coalesce(?, 1440), coalesce(?, 30000)) returning id`,
        [by.company, name, hashOf(secret).toString('hex'), hintOf(secret), expiryMinutes ?? null, ratePerMinute ?? null]);
      const token = await this.#tokenIn(em, by.company, row!.id);
      await writeAudit(em, by, { action: 'gateway-token.created', subject: token.id, after: facts(token) });
      return { token, secret };
    });
  }

  change(by: Actor, id: string, { name, expiryMinutes, ratePerMinute }: TokenChange): Promise<TokenView> {
    return this.#changed(by, id, 'gateway-token.changed', (em) =>
      em.execute('update gateway_tokens set name = coalesce(?, name), expiry_minutes = coalesce(?, expiry_minutes), rate_per_minute = coalesce(?, rate_per_minute) where company = ? and id = ?::uuid',
        [name ?? null, expiryMinutes ?? null, ratePerMinute ?? null, by.company, id]));
  }

  /** Another secret for a token; the one before works for as long as somebody needs to change it everywhere. */
  async rotate(by: Actor, id: string, graceMinutes: number): Promise<GivenToken> {
    const secret = newToken();
    const token = await this.#changed(by, id, 'gateway-token.rotated', (em) =>
      em.execute(
        `update gateway_tokens set previous_sha256 = sha256, previous_until = clock_timestamp() + make_interval(mins => ?), sha256 = decode(?, 'hex'), hint = ? where company = ? and id = ?::uuid`,
        [graceMinutes, hashOf(secret).toString('hex'), hintOf(secret), by.company, id]));
    return { token, secret };
  }

  async revoke(by: Actor, id: string): Promise<void> {
    await forCompany(this.sources.orm, by.company, async (em) => {
      const before = await this.#tokenIn(em, by.company, id);
      await em.execute('update gateway_tokens set revoked_at = clock_timestamp(), previous_sha256 = null where company = ? and id = ?::uuid', [by.company, id]);
      await writeAudit(em, by, { action: 'gateway-token.revoked', subject: id, before: facts(before) });
    });
  }

  /** Where states are told. Its secret is kept while it has one. @param renew gives another secret @throws ProblemException `url-refused` */
  async setCallback(by: Actor, url: string, renew: boolean): Promise<GivenCallback> {
    await mustBePublic(url, this.sources, by.company);
    const box = await this.sources.vault.forCompany(by.company);
    return forCompany(this.sources.orm, by.company, async (em) => {
      const [before] = await em.execute<{ url: string }[]>('select url from gateway_callbacks where company = ? for update', [by.company]);
      const secret = renew || !before ? newSecret() : undefined;
      const sealed = secret === undefined ? null : box.seal(Buffer.from(secret), CALLBACK_CONTEXT).toString('hex');
      if (before) await em.execute('update gateway_callbacks set url = ?, secret = coalesce(decode(?, \'hex\'), secret), changed_at = clock_timestamp() where company = ?', [url, sealed, by.company]);
      else await em.execute('insert into gateway_callbacks (company, url, secret) values (?, ?, decode(?, \'hex\'))', [by.company, url, sealed]);
      await writeAudit(em, by, { action: 'gateway-callback.set', subject: by.company, ...(before ? { before } : {}), after: { url, ...(secret === undefined ? {} : { secretRenewed: true }) } });
      return { url, ...(secret === undefined ? {} : { secret }) };
    });
  }

  async removeCallback(by: Actor): Promise<void> {
    await forCompany(this.sources.orm, by.company, async (em) => {
      const [before] = await em.execute<{ url: string }[]>('delete from gateway_callbacks where company = ? returning url', [by.company]);
      if (before) await writeAudit(em, by, { action: 'gateway-callback.removed', subject: by.company, before });
    });
  }

  #changed(by: Actor, id: string, action: AuditAction, work: (em: EntityManager) => Promise<unknown>): Promise<TokenView> {
    return forCompany(this.sources.orm, by.company, async (em) => {
      const before = await this.#tokenIn(em, by.company, id);
      await work(em);
      const after = await this.#tokenIn(em, by.company, id);
      await writeAudit(em, by, { action, subject: id, before: facts(before), after: facts(after) });
      return after;
    });
  }

  /** @throws ProblemException `not-found`, also for another company's */
  async #tokenIn(em: EntityManager, company: string, id: string): Promise<TokenView> {
    const [row] = await em.execute<TokenRow[]>(`${TOKENS} and id = ?::uuid`, [company, id]);
    if (!row) throw new ProblemException('not-found');
    return tokenOf(row);
  }
}

/** Of a token, for the audit log. */
const facts = ({ id: _, createdAt: __, ...rest }: TokenView) => rest;
