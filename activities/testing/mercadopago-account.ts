import { HttpFailure, type HttpClient } from '../../libs/http/http-client.js';
import type { MercadoPagoSimulator } from '../../libs/simulator/mercadopago/simulator.js';
import { simulatedAccount } from '../../libs/simulator/mercadopago/world.js';
import { newCompanyKey, openVault, type Vault } from '../../libs/vault/vault.js';
import { sealSecret, sealToken, type PlatformDeps } from '../payments/accounts.js';
import type { FrontDesks } from './front-desk.js';

export const MERCADOPAGO_TEST_URL = 'http://mp.test';

/** A simulated MercadoPago without sockets, for specs that hold the rest. */
export function mercadoPagoHttp(simulator: MercadoPagoSimulator): HttpClient {
  return async (request) => {
    const url = new URL(request.url);
    const { answer } = await Promise.resolve(simulator.react({
      method: request.method ?? 'GET', path: url.pathname, query: url.searchParams, headers: request.headers ?? {}, body: Buffer.from((request.body ?? '') as string), base: url.origin,
    }));
    if (!answer) throw new HttpFailure('timeout', 'mp.test did not answer in time', true);
    return { status: answer.status ?? 200, headers: {}, body: Buffer.from(typeof answer.body === 'string' ? answer.body : JSON.stringify(answer.body)), url: request.url };
  };
}

export function testVault(): Vault {
  const masterKey = Buffer.alloc(32, 7);
  return openVault({ masterKey, loadKeys: (company) => Promise.resolve([newCompanyKey(masterKey, company)]) });
}

/** An account at it for a company, with its method of payment. */
export async function connectMercadoPago(run: FrontDesks['run'], vault: Vault, company: string, door = 'd'.repeat(32)): Promise<void> {
  const box = await vault.forCompany(company);
  await run(company, `insert into payment_platforms (company, platform, access_token, token_ending, secret, account, account_name, currency, door, origin)
    values (?, 'mercadopago', decode(?, 'hex'), '3f1c', decode(?, 'hex'), ?, 'LITORALFIBRA', 'ARS', ?, 'http://ours.localhost:3000')`,
    [company, sealToken(box, simulatedAccount.accessToken).toString('hex'), sealSecret(box, simulatedAccount.secret).toString('hex'), String(simulatedAccount.userId), door]);
  await run(company, `insert into payment_methods (company, kind, name) values (?, 'mercadopago', 'MercadoPago')`, [company]);
}

export const platformDeps = (desks: Pick<FrontDesks, 'orm'>, vault: Vault, simulator: MercadoPagoSimulator): PlatformDeps =>
  ({ orm: desks.orm, vault, mercadoPagoUrl: MERCADOPAGO_TEST_URL, httpFor: () => mercadoPagoHttp(simulator) });
