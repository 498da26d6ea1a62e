import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ReadReceipt } from '../../libs/domain/receipt/receipt.js';
import { readAs, ReceiptDesk } from '../testing/receipt-desk.js';

/** Each payment here is of an amount of its own: what one spec settles is not like another's. */
let desk: ReceiptDesk;
let next = 100;
beforeAll(async () => {
  desk = await ReceiptDesk.open();
});
afterAll(() => desk.desks.close());

/** Two pictures of one payment: the app's own, with its number, and another that shows only the clearing house's. */
function twoPictures(): { amount: string; own: ReadReceipt; coelsa: ReadReceipt; numbers: [string, string] } {
  const amount = `${(next += 1)}00.00`;
  desk.owed.set('7', [{ id: '1', number: '0003-1', issuedOn: '2026-11-01', dueOn: '2026-11-10', amount: { amount, currency: 'ARS' }, state: 'open' }]);
  const own = readAs({ amount: { amount, currency: 'ARS' } });
  const id = `QWERTY${next}ZXCVBNM${next}ASDFG`;
  return { amount, own, coelsa: { ...own, references: [{ type: 'coelsa', value: id }] }, numbers: [own.references[0]!.value, id] };
}

async function approved(read: ReadReceipt): Promise<string> {
  const receipt = await desk.receipt(read);
  await desk.weigh(receipt);
  expect((await desk.order(receipt, 'approve')).answer).toMatchObject({ ok: true, state: 'accepted' });
  return receipt;
}

const codes = async (receipt: string) => ((await desk.row(receipt))['comparisons'] as { code: string }[]).map(({ code }) => code);

it('a number that a bank gives to every line of an agreement is no payment’s own', async () => {
  const [one, other] = [twoPictures(), twoPictures()];
  const agreement = '00456789';
  for (const { own, numbers, amount } of [one, other]) {
    desk.owed.set('7', [{ id: '1', number: '0003-1', issuedOn: '2026-11-01', dueOn: '2026-11-10', amount: { amount, currency: 'ARS' }, state: 'open' }]);
    await desk.booked(own, { references: [numbers[0], agreement] });
    expect(await desk.weigh(await desk.receipt(own))).toMatchObject({ state: 'accepted' });
  }
});

describe('a payment with two numbers, of which a person accepted a picture with the one before any source spoke', () => {
  it('is not settled again by the other one, though the bank’s line has only that: a person looks, and sees which may be the same', async () => {
    const { own, coelsa, numbers } = twoPictures();
    const first = await approved(own);
    await desk.booked(own, { references: [numbers[1]] });
    const second = await desk.receipt(coelsa);
    expect(await desk.weigh(second)).toEqual({ state: 'review' });
    expect(await desk.row(second)).toMatchObject({ reasons: ['payment-alike'], earlier: { alike: { receipt: first } } });
    expect(await desk.settlements(first, second)).toHaveLength(1);
    expect((await desk.order(second, 'approve', { why: 'Pagó dos meses', despite: true })).answer).toMatchObject({ ok: true, state: 'accepted' });
  });

  it('is not settled again where bank and platform both tell of it, each under numbers of its own', async () => {
    const { own, coelsa, numbers } = twoPictures();
    const first = await approved(own);
    await desk.booked(own);
    await desk.weigh(first);
    expect(await desk.trail(first)).toContain('confirmed');
    const platform = await desk.booked(own, { references: numbers });
    await desk.run('ours', `update incoming_payments set source = 'mercadopago' where id = ?`, [platform]);
    const second = await desk.receipt(coelsa);
    expect(await desk.weigh(second)).toEqual({ state: 'rejected' });
    expect(await desk.row(second)).toMatchObject({ reasons: ['payment-registered'] });
    expect(await desk.settlements(first, second)).toHaveLength(1);
  });

  it('is known by both once its line has come, whoever comes with the other', async () => {
    const { own, numbers } = twoPictures();
    const first = await approved(own);
    await desk.booked(own, { references: numbers });
    await desk.weigh(first);
    const keys = await desk.desks.look('select key from money_keys where settlement = $1', [(await desk.row(first))['settlement']]);
    expect(keys.map(({ key }) => key)).toEqual(expect.arrayContaining(numbers.map((number) => `ref:${number}`)));
  });

  it('is found by the number that a person set right, too', async () => {
    const { own, coelsa, numbers } = twoPictures();
    const first = await desk.receipt({ ...own, references: [] });
    await desk.weigh(first);
    await desk.order(first, 'correct', { correction: { reference: numbers[0] } });
    await desk.weigh(first);
    await desk.order(first, 'approve');
    await desk.booked(own, { references: numbers });
    const second = await desk.receipt(coelsa);
    expect(await desk.weigh(second)).toEqual({ state: 'rejected' });
    expect(await desk.row(second)).toMatchObject({ reasons: ['payment-registered'] });
  });

  it('is not approved twice by people who saw the pictures before: the second is told, and looks again', async () => {
    const { own, coelsa } = twoPictures();
    const [first, second] = [await desk.receipt(own), await desk.receipt(coelsa)];
    for (const receipt of [first, second]) await desk.weigh(receipt);
    expect(await codes(second)).not.toContain('payment-alike');
    await desk.order(first, 'approve');
    expect((await desk.order(second, 'approve')).answer).toEqual({ ok: false, reason: 'paid-alike' });
    expect(await codes(second)).toContain('payment-alike');
    expect(await desk.row(second)).toMatchObject({ earlier: { alike: { receipt: first } } });
    expect((await desk.order(second, 'approve', { why: 'Son dos', despite: true })).answer).toMatchObject({ ok: true });
  });

  it('approved at once by two people is settled once', async () => {
    const { own, coelsa } = twoPictures();
    const receipts = [await desk.receipt(own), await desk.receipt(coelsa)];
    for (const receipt of receipts) await desk.weigh(receipt);
    const answers = await Promise.all(receipts.map(async (receipt) => (await desk.order(receipt, 'approve')).answer));
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
    expect(await desk.settlements(...receipts)).toHaveLength(1);
  });

  it('is like no payment of somebody else, of another day or of another amount', async () => {
    const { own, amount } = twoPictures();
    await approved(own);
    desk.owed.set('8', desk.owed.get('7')!);
    const other = async (read: ReadReceipt, customer = '7') => {
      const receipt = await desk.receipt(read, { customer });
      await desk.weigh(receipt);
      return codes(receipt);
    };
    const booked = { amount: { amount, currency: 'ARS' } };
    expect(await other(readAs(booked), '8')).not.toContain('payment-alike');
    expect(await other(readAs({ ...booked, paidAt: { on: '2026-11-24' } }))).not.toContain('payment-alike');
    expect(await other(readAs({ amount: { amount: '7.00', currency: 'ARS' } }))).not.toContain('payment-alike');
    expect(await other(readAs({ ...booked, paidAt: { on: '2026-11-25' } }))).toContain('payment-alike');
  });
});
