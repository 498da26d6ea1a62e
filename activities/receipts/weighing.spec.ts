import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { forCompany } from '../../libs/db/company.js';
import { openSettlement } from '../settlements/opening.js';
import { defaultReceiptPolicy } from '../../libs/domain/receipt/policy.js';
import { moneyKeys } from '../../libs/domain/settlement/settlement.js';
import { NOON, readAs, ReceiptDesk } from '../testing/receipt-desk.js';

let desk: ReceiptDesk;
beforeAll(async () => {
  desk = await ReceiptDesk.open();
});
afterAll(() => desk.desks.close());
beforeEach(() => {
  Object.assign(desk, { isAway: false, nowMs: NOON });
});

describe('weighing', () => {
  it('accepts what the bank’s statement confirms, with a settlement in the same breath, and says the same again', async () => {
    const read = readAs();
    const [receipt, incoming] = [await desk.receipt(read), await desk.booked(read)];
    const weighed = await desk.weigh(receipt);
    expect(weighed).toEqual({ state: 'accepted', settlement: expect.any(String) as string });
    expect(await desk.settlements(receipt)).toMatchObject([{
      id: weighed.settlement, incoming, customer: '7', customer_name: 'Ana Gómez', invoice: '1', invoice_number: '0003-1', amount: '24900.00', method: 'Banco Ribera', paid_at: new Date('2026-11-26T13:44:00Z'),
    }]);
    const keys = await desk.desks.look('select key from money_keys where settlement = $1 order by key', [weighed.settlement]);
    expect(keys.map(({ key }) => (key as string).split(':')[0])).toEqual(['file', 'in', 'ref']);
    expect(await desk.row(receipt)).toMatchObject({ state: 'accepted', reasons: ['verified'], decided_by: 'policy', customer_name: 'Ana Gómez', invoice_number: '0003-1', weight: 1 });
    expect(await desk.trail(receipt)).toEqual(['read', 'weighed', 'accepted']);
    expect(await desk.weigh(receipt)).toEqual(weighed);
    expect(await desk.settlements(receipt)).toHaveLength(1);
  });

  it('waits where a source may still say it, less and less often, then leaves it to a person; the statement that comes confirms it', async () => {
    const read = readAs();
    const receipt = await desk.receipt(read);
    expect(await desk.weigh(receipt)).toEqual({ state: 'waiting', nextInMs: 60_000 }); // statements were put up before
    desk.nowMs = NOON + 7 * 60_000;
    expect(await desk.weigh(receipt)).toEqual({ state: 'waiting', nextInMs: 29 * 60_000 });
    desk.nowMs = NOON + 28 * 3_600_000;
    expect(await desk.weigh(receipt)).toEqual({ state: 'review' });
    expect(await desk.row(receipt)).toMatchObject({ reasons: ['verification-pending'], next_at: null });
    await desk.booked(read);
    expect(await desk.weigh(receipt)).toMatchObject({ state: 'accepted' });
    expect(await desk.trail(receipt)).toEqual(['read', 'weighed', 'waiting', 'weighed', 'review', 'weighed', 'accepted']);
  });

  it('does not accept somebody else’s payment of the same amount on their name alone: a number can be made up', async () => {
    const read = readAs({ payer: { name: 'LEDESMA HUGO' } });
    await desk.booked(read, { payer: 'LEDESMA HUGO', references: [] });
    const forged = await desk.receipt(read);
    expect(await desk.weigh(forged)).toEqual({ state: 'review' });
    expect(await desk.row(forged)).toMatchObject({ customer: '7', reasons: ['payer-other'], settlement: null });
    const his = await desk.receipt(readAs({ payer: { name: 'LEDESMA HUGO' } }), { customer: '8' });
    expect(await desk.weigh(his)).toMatchObject({ state: 'accepted' });
  });

  it('knows whose it is by the phone, and never accepts nobody’s', async () => {
    const [read, other] = [readAs(), readAs()];
    await desk.booked(read);
    await desk.booked(other);
    const ana = await desk.writer('ours', '5493415550101');
    const nobody = await desk.writer('ours', '5493415559999');
    const mine = await desk.receipt(read, { customer: null, ...ana });
    const theirs = await desk.receipt(other, { customer: null, ...nobody });
    expect(await desk.weigh(mine)).toMatchObject({ state: 'accepted' });
    expect(await desk.row(mine)).toMatchObject({ customer: '7' });
    expect(await desk.weigh(theirs)).toEqual({ state: 'review' });
    expect((await desk.row(theirs))['reasons']).toContain('customer-unknown');
  });

  it('while the ISP’s system is away nothing is decided, and it is shown', async () => {
    const read = readAs();
    await desk.booked(read);
    const receipt = await desk.receipt(read);
    desk.isAway = true;
    expect(await desk.weigh(receipt)).toEqual({ state: 'waiting', nextInMs: 60_000 });
    expect(await desk.row(receipt)).toMatchObject({ reasons: ['system-unavailable'], next_at: expect.any(Date) as Date });
    desk.isAway = false;
    expect(await desk.weigh(receipt)).toMatchObject({ state: 'accepted' });
  });

  it('says what is wrong: another amount at the bank, money that went back, another account', async () => {
    const [mismatch, refunded] = [readAs(), readAs()];
    await desk.booked(mismatch, { amount: '2490.00' });
    await desk.booked(refunded, { state: 'refunded' });
    for (const read of [mismatch, refunded]) {
      const receipt = await desk.receipt(read);
      expect(await desk.weigh(receipt)).toEqual({ state: 'review' });
      expect((await desk.row(receipt))['reasons']).toContain('verification-mismatch');
    }
    const wrong = await desk.receipt(readAs({ beneficiary: { account: '0000003100012345678903', name: 'Otra' } }));
    await desk.weigh(wrong);
    expect((await desk.row(wrong))['reasons']).toEqual(['account-other', 'beneficiary-other']);
  });
});

describe('what came before', () => {
  it('the same picture twice, by chat and by panel, is told apart from a new one, and the first hears of it', async () => {
    const file = randomUUID();
    const [first, again] = [await desk.receipt(readAs(), { file }), await desk.receipt(readAs(), { file })];
    await desk.weigh(first);
    expect(await desk.weigh(again)).toEqual({ state: 'rejected' });
    expect(await desk.row(again)).toMatchObject({ reasons: ['file-repeated'], decided_by: 'policy', earlier: { file: { receipt: first, isSameCustomer: true, state: 'open' } } });
    expect(await desk.trail(first)).toContain('repeated');
    expect((await desk.row(first))['state']).toBe('waiting');
  });

  it('somebody else’s picture, number, look or misread number goes to a person', async () => {
    const read = readAs({ references: [{ type: 'operation', value: '70011223344' }] });
    const [file, print] = [randomUUID(), 'ab'.repeat(32)];
    await desk.receipt(read, { file, print });
    const seen = async (more: Parameters<ReceiptDesk['receipt']>[1], what = readAs()) => {
      const receipt = await desk.receipt(what, { customer: '8', ...more });
      expect(await desk.weigh(receipt)).toEqual({ state: 'review' });
      return (await desk.row(receipt))['reasons'];
    };
    expect(await seen({ file })).toContain('file-repeated');
    expect(await seen({}, read)).toContain('reference-repeated');
    expect(await seen({}, readAs({ references: [{ type: 'operation', value: '20011223344' }] }))).toContain('reference-confusable');
    expect(await seen({ print: 'aa'.repeat(32) }, readAs({ references: [] }))).toContain('picture-repeated');
  });

  it('another company’s receipts, payments and people are nobody’s here', async () => {
    const read = readAs();
    const file = randomUUID();
    const theirs = await desk.receipt(read, { company: 'theirs', file });
    await desk.booked(read, { company: 'theirs' });
    expect(await desk.weigh(theirs, 'theirs')).toMatchObject({ state: 'accepted' });
    const ours = await desk.receipt(read, { file });
    expect(await desk.weigh(ours)).toMatchObject({ state: 'waiting' });
    expect(await desk.row(ours)).toMatchObject({ earlier: {} });
    await expect(desk.weigh(theirs)).rejects.toMatchObject({ type: 'receipt-unknown' });
  });

  it('a payment that a link settled is registered already: the customer’s own is refused so, somebody else’s looked at', async () => {
    const reads = [readAs(), readAs()];
    for (const read of reads) {
      const incoming = await desk.booked(read);
      await forCompany(desk.desks.orm, 'ours', (em) => openSettlement(em, 'ours', {
        source: 'link', incoming, customer: '7', customerName: 'Ana', amount: read.amount!, method: 'MercadoPago', paidAt: '2026-11-26T12:00:00Z', policy: defaultReceiptPolicy,
        keys: [moneyKeys.incoming(incoming), moneyKeys.reference(read.references[0]!.value)],
      }));
    }
    const [own, others] = [await desk.receipt(reads[0]), await desk.receipt(reads[1], { customer: '8' })];
    expect(await desk.weigh(own)).toEqual({ state: 'rejected' });
    expect(await desk.row(own)).toMatchObject({ reasons: ['payment-registered'], earlier: { settlement: expect.any(String) as string } });
    expect(await desk.weigh(others)).toEqual({ state: 'review' });
    expect((await desk.row(others))['reasons']).toContain('payment-taken');
  });

  it('many receipts of one payment, weighed at once, settle it once', async () => {
    const read = readAs();
    await desk.booked(read);
    const receipts = await Promise.all(Array.from({ length: 8 }, (_, i) => desk.receipt(read, { customer: i < 4 ? '7' : '8' })));
    const weighed = await Promise.all(receipts.map((receipt) => desk.weigh(receipt)));
    expect(weighed.filter(({ state }) => state === 'accepted')).toHaveLength(1);
    expect(await desk.settlements(...receipts)).toHaveLength(1);
    expect(weighed.every(({ state }) => ['accepted', 'rejected', 'review'].includes(state))).toBe(true);
  });

  it('one that a person accepted first keeps the money that comes for it: a second picture of it, without a number, gets none', async () => {
    const read = readAs();
    const first = await desk.receipt(read);
    await desk.weigh(first);
    const { answer } = await desk.order(first, 'approve');
    expect(answer).toMatchObject({ ok: true, state: 'accepted' });
    const incoming = await desk.booked(read, { payer: 'GOMEZ ANA' });
    const second = await desk.receipt({ ...read, references: [] });
    expect(await desk.weigh(second)).not.toMatchObject({ state: 'accepted' });
    await desk.weigh(first);
    expect(await desk.settlements(first)).toMatchObject([{ incoming }]);
    expect(await desk.trail(first)).toContain('confirmed');
  });
});
