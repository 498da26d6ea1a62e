import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { forCompany } from '../../libs/db/company.js';
import { defaultReceiptPolicy } from '../../libs/domain/receipt/policy.js';
import { moneyKeys } from '../../libs/domain/settlement/settlement.js';
import { FrontDesks } from '../testing/front-desk.js';
import { openSettlement, releaseKeys, type NewSettlement, type Opening } from './opening.js';

let desks: FrontDesks;
beforeAll(async () => {
  desks = await FrontDesks.open();
});
afterAll(() => desks.close());

async function receipt(company = 'ours'): Promise<string> {
  const [row] = await desks.run(company, `insert into receipts (company, source, fault, state) values (?, 'panel', 'none', 'review') returning id`, [company]);
  return row!['id'] as string;
}
async function incoming(company = 'ours'): Promise<string> {
  const [row] = await desks.run(company,
    `insert into incoming_payments (company, source, source_id, paid_on, amount, currency) values (?, 'statement', ?, current_date, 18900.50, 'ARS') returning id`, [company, randomUUID()]);
  return row!['id'] as string;
}
const wanted = (more: Partial<NewSettlement>): NewSettlement => ({
  source: 'receipt', customer: '801', customerName: 'Ana Gómez', amount: { amount: '18900.50', currency: 'ARS' }, method: 'Transferencia', paidAt: '2026-11-26T12:00:00Z',
  keys: [], policy: defaultReceiptPolicy, ...more,
});
const open = (more: Partial<NewSettlement>, company = 'ours'): Promise<Opening> => forCompany(desks.orm, company, (em) => openSettlement(em, company, wanted(more)));
const settled = async (more: Partial<NewSettlement>) => {
  const opening = await open(more);
  if (!opening.ok) throw new Error('taken');
  return opening.settlement;
};
const end = (settlement: string, state: string) => desks.run('ours', 'update settlements set state = ? where id = ?', [state, settlement]);

describe('opening a settlement', () => {
  it('lets one of many have a payment that several things are known by, without a deadlock, and tells the others which', async () => {
    const keys = ['ref:A', 'ref:B', 'file:C', 'in:D', 'mercadopago:E'].map((key) => `${key}${randomUUID()}`);
    const receipts = await Promise.all(Array.from({ length: 24 }, () => receipt()));
    // Each has three of the five, in an order of its own: any two share one.
    const openings = await Promise.all(receipts.map((id, at) => open({ receipt: id, keys: [0, 1, 2].map((step) => keys[(at + (at % 2 ? step : -step) + 5) % 5]!) })));
    const first = openings.filter((one) => one.ok);
    expect(first).toHaveLength(1);
    const winner = (first[0] as { settlement: string }).settlement;
    expect(openings.filter((one) => !one.ok)).toEqual(Array.from({ length: 23 }, () => ({ ok: false, taken: winner })));
    const left = await desks.look('select id from settlements where receipt = any($1)', [receipts]);
    expect(left).toEqual([{ id: winner }]);
  });

  it('opens one for a receipt that is accepted twice at a time', async () => {
    const id = await receipt();
    const openings = await Promise.all(Array.from({ length: 8 }, () => open({ receipt: id, keys: [moneyKeys.file(id)] })));
    expect(new Set(openings.map((one) => (one.ok ? one.settlement : 'refused'))).size).toBe(1);
    expect(openings.filter((one) => one.ok && one.opened === 'now')).toHaveLength(1);
  });

  it('waits for whoever writes the payment’s own row and opens with it, in either order', async () => {
    for (let round = 0; round < 4; round++) {
      const [id, payment] = [await receipt(), await incoming()];
      const keys = [moneyKeys.incoming(payment)];
      const byPlatform = forCompany(desks.orm, 'ours', async (em) => {
        await em.execute(`update incoming_payments set state = 'in' where company = 'ours' and id = ?`, [payment]);
        return openSettlement(em, 'ours', wanted({ source: 'link', incoming: payment, keys }));
      });
      const both = await Promise.all([open({ receipt: id, incoming: payment, keys }), byPlatform]);
      expect(both.filter((one) => one.ok && one.opened === 'now')).toHaveLength(1);
      expect(new Set(both.map((one) => (one.ok ? one.settlement : one.taken))).size).toBe(1);
    }
  });

  it('leaves what is taken with the first where a person says that it is another payment’s', async () => {
    const key = `ref:${randomUUID()}`;
    const [one, other] = [await settled({ receipt: await receipt(), keys: [key] }), await receipt()];
    expect(await open({ receipt: other, keys: [key] })).toEqual({ ok: false, taken: one });
    const despite = await settled({ receipt: other, keys: [key], despiteTaken: true });
    expect(await desks.look('select settlement from money_keys where key = $1', [key])).toEqual([{ settlement: one }]);
    expect(despite).not.toBe(one);
  });

  it('settles once more what a person took back, and not what the bank did', async () => {
    const [id, payment] = [await receipt(), await incoming()];
    const same = { receipt: id, incoming: payment, keys: [moneyKeys.incoming(payment), moneyKeys.file(id)] };
    const first = await settled(same);
    expect(await open(same)).toEqual({ ok: true, settlement: first, opened: 'already' });
    await forCompany(desks.orm, 'ours', (em) => releaseKeys(em, 'ours', first));
    await end(first, 'reversed');
    const second = await settled(same);
    expect(second).not.toBe(first);
    expect(await desks.look('select settlement from incoming_payments where id = $1', [payment])).toEqual([{ settlement: second }]);
    await end(second, 'reversed'); // the bank's word: its keys stay
    expect(await open(same)).toEqual({ ok: false, taken: second });
  });

  it("is not in the way of another company's", async () => {
    const key = `ref:${randomUUID()}`;
    const ours = await settled({ receipt: await receipt(), keys: [key] });
    const theirs = await open({ receipt: await receipt('theirs'), keys: [key] }, 'theirs');
    expect(theirs).toMatchObject({ ok: true, opened: 'now' });
    await forCompany(desks.orm, 'theirs', (em) => releaseKeys(em, 'theirs', ours));
    expect(await desks.look('select company from money_keys where key = $1 order by 1', [key])).toEqual([{ company: 'ours' }, { company: 'theirs' }]);
  });
});
