import { timingSafeEqual } from 'node:crypto';
import type { EntityManager } from '@mikro-orm/postgresql';
import { forCompany } from '../../libs/db/company.js';
import type { MikroORM } from '../../libs/db/orm.js';
import type { HttpClient } from '../../libs/http/http-client.js';
import { mercadoPago } from '../../libs/payments/mercadopago.js';
import type { PaymentPlatform, PlatformAnswer } from '../../libs/payments/platform.js';
import type { CompanyBox, Vault } from '../../libs/vault/vault.js';

export interface PlatformDeps {
  orm: MikroORM;
  vault: Vault;
  /** Guarded, for a company. */
  httpFor(company: string): HttpClient;
  /** `MERCADOPAGO_URL` */
  mercadoPagoUrl: string;
}

/** A company's account at a platform, as it is asked. */
export interface PlatformAccess {
  platform: PaymentPlatform;
  /** The platform's id of whom it pays. */
  collector: string;
  /** ISO 4217: the only one that it takes. */
  currency: string;
  /** Where notices come back; absent where the platform could not reach us. */
  notificationUrl?: string;
}

export interface PlatformRow {
  access_token: Buffer;
  token_ending: string;
  secret: Buffer | null;
  account: string;
  account_name: string;
  currency: string;
  door: string;
  /** Where notices came until the address was changed, and until when they are taken there. */
  former_door: string | null;
  former_until: Date | string | null;
  origin: string;
  fault: string | null;
  ok_at: Date | string | null;
  notified_at: Date | string | null;
  version: number;
}

const context = (kind: 'access-token' | 'webhook-secret') => `payment-platform/mercadopago/${kind}`;
export const sealToken = (box: CompanyBox, token: string): Buffer => box.seal(Buffer.from(token), context('access-token'));
export const sealSecret = (box: CompanyBox, secret: string): Buffer => box.seal(Buffer.from(secret), context('webhook-secret'));
/** @throws CannotOpen */
export const openToken = (box: CompanyBox, sealed: Uint8Array): string => box.open(sealed, context('access-token')).toString();
/** @throws CannotOpen */
export const openSecret = (box: CompanyBox, sealed: Uint8Array): string => box.open(sealed, context('webhook-secret')).toString();

/** Path of a company's notices: which company it is, and what nobody guesses. */
export const hookPath = (company: string, door: string): string => `/hooks/mercadopago/${company}/${door}`;

/**
 * How long notices are taken at an address that was changed. A link names the address of the day on which it was made: it lives ten days (`links.ts`), and cash
 * that is paid on its last one takes some more.
 */
export const FORMER_DOOR_DAYS = 14;

const isSame = (one: string, other: string): boolean => one.length === other.length && timingSafeEqual(Buffer.from(one), Buffer.from(other));

/** Whether a door is the account's, or was a short time ago. */
export function opens({ door, former_door: former, former_until: until }: PlatformRow, tried: string, nowMs: number): boolean {
  return isSame(door, tried) || (former !== null && until !== null && nowMs < new Date(until).getTime() && isSame(former, tried));
}

/** MercadoPago itself calls public addresses over https alone; a simulated one calls whatever it can. */
const reaches = (platformUrl: string, origin: string): boolean => origin.startsWith('https:') || platformUrl.startsWith('http:');

export async function platformRow(em: EntityManager, company: string, lock = ''): Promise<PlatformRow | undefined> {
  const [row] = await em.execute<PlatformRow[]>(`select * from payment_platforms where company = ? and platform = 'mercadopago' ${lock}`, [company]);
  return row;
}

/** MercadoPago under a key that is not saved yet. */
export const mercadoPagoOf = ({ httpFor, mercadoPagoUrl: url }: Pick<PlatformDeps, 'httpFor' | 'mercadoPagoUrl'>, company: string, accessToken: string): PaymentPlatform =>
  mercadoPago({ url, accessToken }, httpFor(company));

/** @returns undefined where a company has no account. @throws CannotOpen */
export async function platformAccess(deps: PlatformDeps, company: string): Promise<PlatformAccess | undefined> {
  const row = await forCompany(deps.orm, company, (em) => platformRow(em, company));
  if (!row) return undefined;
  const token = openToken(await deps.vault.forCompany(company), row.access_token);
  return {
    platform: mercadoPagoOf(deps, company, token), collector: row.account, currency: row.currency,
    ...(reaches(deps.mercadoPagoUrl, row.origin) ? { notificationUrl: `${row.origin}${hookPath(company, row.door)}` } : {}),
  };
}

/** Keeps how the platform fares, for the people who look after it. */
export async function noteFault(orm: MikroORM, company: string, answer: PlatformAnswer<unknown>): Promise<void> {
  const fault = answer.ok || answer.reason === 'not-found' ? null : answer.reason;
  await forCompany(orm, company, (em) => em.execute(
    `update payment_platforms set fault = ?, fault_at = case when ?::text is null then fault_at else clock_timestamp() end, ok_at = case when ?::text is null then clock_timestamp() else ok_at end
      where company = ? and platform = 'mercadopago' and (fault is distinct from ? or ok_at is null or ok_at < clock_timestamp() - interval '1 minute')`, [fault, fault, fault, company, fault]));
}
