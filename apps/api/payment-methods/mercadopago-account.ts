import { randomBytes } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { FORMER_DOOR_DAYS, mercadoPagoOf, openToken, platformRow, sealSecret, sealToken, type PlatformDeps, type PlatformRow } from '../../../activities/payments/accounts.js';
import { writeAudit, type Actor } from '../../../libs/db/audit.js';
import { forCompany } from '../../../libs/db/company.js';
import { secretEnding } from '../../../libs/domain/isp/connection.js';
import type { PlatformAccount, PlatformAnswer } from '../../../libs/payments/platform.js';
import { platformDeps } from '../payments/payment-links.js';
import { ProblemException } from '../platform/problem.js';
import { SOURCES, type Sources } from '../platform/sources.js';
import type { PlatformBody, PlatformTest, PlatformView } from './payment-method.schema.js';
import { platformView } from './payment-methods.js';

const LIMIT_MS = 25_000;

/** 192 bits that nobody guesses. */
const newDoor = (): string => randomBytes(24).toString('base64url');

/** A company's account at MercadoPago: keys are tried before they are kept, sealed, and never read back. */
@Injectable()
export class MercadoPagoAccount {
  readonly #deps: PlatformDeps;

  constructor(@Inject(SOURCES) sources: Sources) {
    this.#deps = platformDeps(sources);
  }

  /**
   * Saves what is typed once MercadoPago accepts the token, and shows customers the method if it is new.
   * @param origin where the company's pages are, as `https://litoral.example`: notices come back there
   * @throws ProblemException `platform-missing` without a token, `platform-refused` when MercadoPago does not accept it, `platform-away`
   */
  async save(by: Actor, { accessToken, secret }: PlatformBody, origin: string): Promise<PlatformView> {
    const { company } = by;
    const { orm, vault } = this.#deps;
    const box = await vault.forCompany(company);
    const saved = await forCompany(orm, company, (em) => platformRow(em, company));
    const token = accessToken ?? (saved && openToken(box, saved.access_token));
    if (token === undefined) throw new ProblemException('platform-missing');
    const account = known(await this.#ask(company, token));
    return forCompany(orm, company, async (em) => {
      const before = await platformRow(em, company, 'for update');
      const hex = (bytes: Buffer) => bytes.toString('hex');
      await em.execute(
        `insert into payment_platforms (company, platform, access_token, token_ending, secret, account, account_name, currency, door, origin, ok_at)
          values (?, 'mercadopago', decode(?, 'hex'), ?, decode(?, 'hex'), ?, ?, ?, ?, ?, clock_timestamp())
          on conflict (company, platform) do update set access_token = excluded.access_token, token_ending = excluded.token_ending, secret = coalesce(excluded.secret, payment_platforms.secret),
            account = excluded.account, account_name = excluded.account_name, currency = excluded.currency, origin = excluded.origin, fault = null, ok_at = excluded.ok_at,
            version = payment_platforms.version + 1, saved_at = clock_timestamp()`,
        [company, hex(sealToken(box, token)), secretEnding(token), secret === undefined ? null : hex(sealSecret(box, secret)), account.id, account.name ?? '', account.currency, newDoor(), origin]);
      await em.execute(
        `insert into payment_methods (company, kind, name, position) select ?, 'mercadopago', 'MercadoPago', coalesce(max(position), 0) + 1 from payment_methods where company = ?
          on conflict (company) where kind = 'mercadopago' and removed_at is null do nothing`, [company, company]);
      const after = (await platformRow(em, company))!;
      await writeAudit(em, by, {
        action: 'payment-platform.saved', subject: 'mercadopago', ...(before ? { before: factsOf(before) } : {}),
        after: { ...factsOf(after), replaced: [...(accessToken === undefined ? [] : ['access']), ...(secret === undefined ? [] : ['notices'])] },
      });
      return platformView(company, after);
    });
  }

  /** "Probar": of what is typed, or of what is saved; nothing is kept. @throws ProblemException `platform-missing` */
  async test(company: string, { accessToken }: PlatformBody): Promise<PlatformTest> {
    const saved = accessToken === undefined ? await forCompany(this.#deps.orm, company, (em) => platformRow(em, company)) : undefined;
    const token = accessToken ?? (saved && openToken(await this.#deps.vault.forCompany(company), saved.access_token));
    if (token === undefined) throw new ProblemException('platform-missing');
    const answer = await this.#ask(company, token);
    return answer.ok ? { ok: true, account: answer.value.name ?? answer.value.id, currency: answer.value.currency } : { ok: false, fault: answer.reason };
  }

  /**
   * "Cambiar la dirección": notices come to a new one; the former one is taken for `FORMER_DOOR_DAYS`, as links that were made before name it. The one before that
   * is taken no more. @throws ProblemException `not-found`
   */
  async changeAddress(by: Actor): Promise<PlatformView> {
    const { company } = by;
    return forCompany(this.#deps.orm, company, async (em) => {
      await em.execute(
        `update payment_platforms set former_door = door, former_until = clock_timestamp() + make_interval(days => ?), door = ?, version = version + 1
          where company = ? and platform = 'mercadopago'`, [FORMER_DOOR_DAYS, newDoor(), company]);
      const after = await platformRow(em, company);
      if (!after) throw new ProblemException('not-found');
      const view = platformView(company, after);
      await writeAudit(em, by, { action: 'payment-platform.address-changed', subject: 'mercadopago', after: { formerUntil: view.formerUntil } });
      return view;
    });
  }

  /** No link is made any more, and no notice taken; what was paid stays. @throws ProblemException `not-found` */
  async remove(by: Actor): Promise<void> {
    const { company } = by;
    await forCompany(this.#deps.orm, company, async (em) => {
      const before = await platformRow(em, company, 'for update');
      if (!before) throw new ProblemException('not-found');
      await em.execute(`delete from payment_platforms where company = ? and platform = 'mercadopago'`, [company]);
      await em.execute(`update payment_methods set removed_at = clock_timestamp(), version = version + 1 where company = ? and kind = 'mercadopago' and removed_at is null`, [company]);
      await writeAudit(em, by, { action: 'payment-platform.removed', subject: 'mercadopago', before: factsOf(before) });
    });
  }

  #ask(company: string, token: string): Promise<PlatformAnswer<PlatformAccount>> {
    return mercadoPagoOf(this.#deps, company, token).test(AbortSignal.timeout(LIMIT_MS));
  }
}

/** @throws ProblemException */
function known(answer: PlatformAnswer<PlatformAccount>): PlatformAccount {
  if (answer.ok) return answer.value;
  throw new ProblemException(answer.reason === 'auth' || answer.reason === 'rejected' ? 'platform-refused' : 'platform-away');
}

const factsOf = ({ account, account_name: name, currency, secret, origin }: PlatformRow) => ({ account, name, currency, checksNotices: secret !== null, origin });
