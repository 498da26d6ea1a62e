import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { paymentOptions } from './payment-options.js';
import type { LinkAnswer, LinkWanted } from './payments/links.js';
import { FrontDesks } from './testing/front-desk.js';

let desks: FrontDesks;
const wanted: LinkWanted[] = [];
let link: LinkAnswer = { ok: false, reason: 'off' };
const links = {
  of: () => ({
    linkFor: (asked: LinkWanted) => {
      wanted.push(asked);
      return Promise.resolve(link);
    },
  }),
};

beforeAll(async () => {
  desks = await FrontDesks.open();
  const add = (company: string, position: number, kind: string, name: string, more: { visible?: boolean; alias?: string } = {}) =>
    desks.run(company, 'insert into payment_methods (company, kind, name, visible, position, alias, holder) values (?, ?, ?, ?, ?, ?, ?)', [
      company, kind, name, more.visible ?? true, position, more.alias ?? null, more.alias === undefined ? null : 'Litoral SRL']);
  await add('ours', 2, 'other', 'Efectivo');
  await add('ours', 1, 'transfer', 'Transferencia', { alias: 'litoral.fibra' });
  await add('ours', 0, 'mercadopago', 'MercadoPago');
  await add('ours', 3, 'transfer', 'Cuenta vieja', { alias: 'otra', visible: false });
});
afterAll(() => desks.close());

const ask = (company: string) =>
  paymentOptions({ orm: desks.orm, links })(company, {
    kind: 'payment-options', customer: { id: 'c1', name: 'Ana' }, invoice: { id: 'f1', number: '7' }, amount: { amount: '100.00', currency: 'ARS' }, conversation: 'chat',
  });

describe('how a customer can pay', () => {
  it('is what the company shows, in its order, with the invoice’s link where there is one', async () => {
    link = { ok: true, link: 'l1', url: 'https://pagos.example/l1', expiresAt: '2026-12-01T00:00:00Z' };
    expect(await ask('ours')).toEqual({
      ok: true, kind: 'payment-options', link: 'https://pagos.example/l1',
      methods: [{ kind: 'transfer', name: 'Transferencia', alias: 'litoral.fibra', holder: 'Litoral SRL' }, { kind: 'other', name: 'Efectivo' }],
    });
    expect(wanted.at(-1)).toEqual({ customer: 'c1', customerName: 'Ana', invoice: 'f1', invoiceNumber: '7', amount: { amount: '100.00', currency: 'ARS' }, conversation: 'chat' });
  });

  it('does without the link where the platform does not answer', async () => {
    link = { ok: false, reason: 'unavailable' };
    const answer = await ask('ours');
    expect(answer.methods).toHaveLength(2);
    expect(answer).not.toHaveProperty('link');
  });

  it("is not another company's", async () => {
    link = { ok: false, reason: 'off' };
    expect(await ask('theirs')).toEqual({ ok: true, kind: 'payment-options', methods: [] });
  });
});
