import { randomBytes } from 'node:crypto';
import type { EntityManager } from '@mikro-orm/postgresql';
import { sealSecret, sealToken } from '../../../activities/payments/accounts.js';
import type { CompanyBox } from '../../../libs/vault/vault.js';
import { DEMO_HOST, DEMO_MERCADOPAGO } from './demo-company.js';

const accounts = [
  { name: 'Transferencia bancaria', number: '0170099220000067797370', alias: 'litoral.fibra', bank: 'BBVA' },
  { name: 'Alias de Mercado Pago', number: null, alias: 'litoral.fibra.mp', bank: 'Mercado Pago' },
] as const;

/**
 * How the demo company is paid: two accounts, and the account of the simulated MercadoPago. What exists is left as it is.
 * @param em of `forCompany(company)`
 */
export async function seedPayments(em: EntityManager, company: string, box: CompanyBox, port: number): Promise<void> {
  const [known] = await em.execute<object[]>('select 1 from payment_methods where company = ? limit 1', [company]);
  if (known) return;
  for (const [at, { name, number, alias, bank }] of accounts.entries()) {
    await em.execute(
      `insert into payment_methods (company, kind, name, position, number, alias, holder, document, bank) values (?, 'transfer', ?, ?, ?, ?, 'Litoral Fibra SRL', '30712345671', ?)`,
      [company, name, at + 2, number, alias, bank]);
  }
  const { accessToken, secret, account, accountName, currency } = DEMO_MERCADOPAGO;
  await em.execute(
    `insert into payment_platforms (company, platform, access_token, token_ending, secret, account, account_name, currency, door, origin)
      values (?, 'mercadopago', decode(?, 'hex'), ?, decode(?, 'hex'), ?, ?, ?, ?, ?) on conflict do nothing`,
    [company, sealToken(box, accessToken).toString('hex'), accessToken.slice(-4), sealSecret(box, secret).toString('hex'), account, accountName, currency, randomBytes(24).toString('base64url'), `http://${DEMO_HOST}:${port}`]);
  await em.execute(`insert into payment_methods (company, kind, name, position) values (?, 'mercadopago', 'MercadoPago', 1)`, [company]);
}
