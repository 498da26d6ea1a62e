import { randomUUID } from 'node:crypto';
import { MockActivityEnvironment } from '@temporalio/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createSettlementActivities } from '../settlements/settlements.js';
import { readAs, ReceiptDesk } from '../testing/receipt-desk.js';

let desk: ReceiptDesk;
beforeAll(async () => {
  desk = await ReceiptDesk.open();
});
afterAll(() => desk.desks.close());

const inReview = async (more: Parameters<ReceiptDesk['receipt']>[1] = {}, read = readAs()) => {
  const receipt = await desk.receipt(read, more);
  expect(await desk.weigh(receipt)).toEqual({ state: 'review' }); // nobody ever put up a statement here
  return receipt;
};

describe('a person’s word on a receipt', () => {
  it('approves it once under its command, with who did it and the settlement to start', async () => {
    const receipt = await inReview();
    const { request, answer, effects } = await desk.order(receipt, 'approve');
    expect(answer).toEqual({ ok: true, state: 'accepted', settlement: effects.start });
    expect(await desk.activities.receiptCommand(request)).toEqual({ answer, effects });
    expect(await desk.settlements(receipt)).toHaveLength(1);
    expect(await desk.row(receipt)).toMatchObject({ state: 'accepted', decided_by: 'person', decided_by_name: 'Sofía', decided_by_user: request.actor, settlement: effects.start });
    expect((await desk.order(receipt, 'approve')).answer).toEqual({ ok: false, reason: 'not-now' });
    expect(await desk.trail(receipt)).toEqual(['read', 'weighed', 'review', 'accepted']);
  });

  it('says what is missing, and a refused command leaves nothing behind', async () => {
    const receipt = await inReview({ customer: null }, readAs({ references: [] }));
    expect((await desk.order(receipt, 'approve', { correction: { paidOn: '2026-11-25' } })).answer).toEqual({ ok: false, reason: 'needs-customer' });
    expect((await desk.row(receipt))['correction']).toBeNull();
    expect((await desk.order(receipt, 'reject')).answer).toEqual({ ok: false, reason: 'needs-reason' });
    await expect(desk.activities.receiptCommand({ company: 'ours', receipt, command: receipt, kind: 'approve', actor: receipt })).rejects.toMatchObject({ type: 'text-unknown' });
    const { request } = await desk.order(receipt, 'reject');
    await expect(desk.activities.receiptCommand({ ...request, company: 'theirs' })).rejects.toMatchObject({ type: 'receipt-unknown' });
  });

  it('corrects what was misread: it is weighed again on that, and its number is known from then on', async () => {
    const receipt = await inReview({ customer: null }, readAs({ amount: { amount: '2490.00', currency: 'ARS' } }));
    expect((await desk.order(receipt, 'correct', { correction: { amount: '24900.00', customer: '7', reference: '44556677889' } }))).toMatchObject({ answer: { ok: true, state: 'review' }, effects: { weigh: true } });
    await desk.weigh(receipt);
    const row = await desk.row(receipt);
    expect(row).toMatchObject({ amount: '24900.00', customer: '7', customer_name: 'Ana Gómez', read: { amount: { amount: '2490.00' } } });
    expect((row['comparisons'] as { code: string }[]).map(({ code }) => code)).toContain('amount-equals-invoice');
    const again = await inReview({ customer: '8' }, readAs({ references: [{ type: 'operation', value: '44556677889' }] }));
    expect((await desk.row(again))['reasons']).toContain('reference-repeated');
  });

  it('does not take the invoice that was meant for that of whom somebody sets right', async () => {
    const receipt = await inReview();
    await desk.order(receipt, 'correct', { correction: { invoice: '1' } });
    expect(await desk.row(receipt)).toMatchObject({ customer: '7', invoice: '1' });
    await desk.order(receipt, 'correct', { correction: { customer: '8' } });
    expect(await desk.row(receipt)).toMatchObject({ customer: '8', invoice: null, invoice_number: null, correction: { customer: '8' } });
    expect((await desk.row(receipt))['correction']).not.toHaveProperty('invoice');
    await desk.order(receipt, 'correct', { correction: { payerName: 'Hugo', invoice: '2' } });
    await desk.order(receipt, 'correct', { correction: { customer: '8' } });
    expect(await desk.row(receipt)).toMatchObject({ customer: '8', invoice: '2' });
  });

  it('names whom it was set right to, should it be approved before it is weighed again', async () => {
    const receipt = await inReview();
    await desk.order(receipt, 'correct', { correction: { customer: '8' } });
    await desk.order(receipt, 'approve');
    await desk.weigh(receipt);
    expect(await desk.row(receipt)).toMatchObject({ state: 'accepted', customer: '8', customer_name: 'Hugo Ledesma' });
    expect(await desk.settlements(receipt)).toMatchObject([{ customer: '8', customer_name: 'Hugo Ledesma' }]);
  });

  it('does not pay a number twice, unless a person says why', async () => {
    const read = readAs({ amount: { amount: '32000.00', currency: 'ARS' } });
    const [first, second] = [await inReview({}, read), await inReview({ customer: '8' }, read)];
    await desk.order(first, 'approve');
    expect((await desk.order(second, 'approve')).answer).toEqual({ ok: false, reason: 'paid-already' });
    expect((await desk.order(second, 'approve', { despite: true })).answer).toEqual({ ok: false, reason: 'needs-reason' });
    expect((await desk.order(second, 'approve', { despite: true, why: 'Dos pagos con un mismo número de lote' })).answer).toMatchObject({ ok: true, state: 'accepted' });
    expect(await desk.settlements(first, second)).toHaveLength(2);
  });

  it('overrules both ways, with a reason: a no opens a payment, a yes has it taken back', async () => {
    const receipt = await inReview({}, readAs({ amount: { amount: '31000.00', currency: 'ARS' } }));
    const rejected = await desk.order(receipt, 'reject', { why: 'El importe no coincide' });
    expect(rejected).toMatchObject({ answer: { ok: true, state: 'rejected' }, effects: { tell: true } });
    expect((await desk.order(receipt, 'approve')).answer).toEqual({ ok: false, reason: 'needs-reason' });
    const approved = await desk.order(receipt, 'approve', { why: 'El banco lo acreditó' });
    expect(approved.answer).toMatchObject({ ok: true, state: 'accepted' });
    const refused = await desk.order(receipt, 'reject', { why: 'Lo desconoció el titular' });
    expect(refused).toMatchObject({ answer: { ok: true, state: 'rejected', settlement: approved.effects.start }, effects: { reverse: approved.effects.start } });
    await desk.run('ours', `update settlements set state = 'reversing' where company = 'ours' and id = ?`, [approved.effects.start]);
    expect((await desk.order(receipt, 'approve', { why: 'Al final sí' })).answer).toEqual({ ok: false, reason: 'being-reversed' });
    expect(await desk.trail(receipt)).toEqual(['read', 'weighed', 'review', 'rejected', 'overruled', 'overruled']);
  });
});

describe('a payment that was refused and is left to a person by the company’s rule', () => {
  /** The settlement's activities on the rows of this desk; its system is asked for nothing. */
  const settling = () => createSettlementActivities({
    orm: desk.desks.orm, engine: { signalWithStart: () => Promise.resolve({} as never) }, systems: { of: () => Promise.resolve({ system: 'embedded', capabilities: new Set() } as never) },
  });

  it('is theirs to approve again once they have taken it back by hand, and not before', async () => {
    const receipt = await inReview({}, readAs({ amount: { amount: '33000.00', currency: 'ARS' } }));
    const { effects: { start } } = await desk.order(receipt, 'approve');
    const ref = { company: 'ours', settlement: start! };
    const run = settling();
    const walk = async (): Promise<string> => {
      const { state, next } = await run.lookAtSettlement(ref);
      if (next?.step === 'reverse') await new MockActivityEnvironment().run(run.reversePayment, ref);
      else if (next?.step === 'tell-reversal') await run.tellReversal(ref);
      else if (next) await run.notifyReversal(ref);
      return next ? walk() : state;
    };
    await desk.run('ours', `insert into settlement_steps (company, settlement, step, state) values ('ours', ?, 'register', 'done')`, [start]);
    await desk.run('ours', `insert into settlement_parts (company, settlement, position, amount, state) values ('ours', ?, 1, 33000, 'done')`, [start]);
    const { request } = await desk.order(receipt, 'reject', { why: 'No figura en el banco' });
    await run.settlementCommand({ ...ref, kind: 'reverse', cause: 'person', command: request.command, actor: request.actor });
    expect(await walk()).toBe('kept');
    expect((await desk.order(receipt, 'approve', { why: 'Al final sí' })).answer).toEqual({ ok: false, reason: 'being-reversed' });
    const command = randomUUID();
    await desk.run('ours', `insert into money_orders (company, command, settlement, kind, actor, actor_name, why) values ('ours', ?, ?, 'resolve', ?, 'Sofía', 'Lo anulé en el libro')`, [command, start, command]);
    await run.settlementCommand({ ...ref, kind: 'resolve', how: 'by-hand', command, actor: command });
    expect(await walk()).toBe('reversed');
    const again = await desk.order(receipt, 'approve', { why: 'El banco lo acreditó' });
    expect(again).toMatchObject({ answer: { ok: true, state: 'accepted' } });
    expect(again.effects.start).not.toBe(start);
    expect(await desk.settlements(receipt)).toMatchObject([{ state: 'reversed' }, { state: 'registering' }]);
  });
});

describe('telling', () => {
  const told = (conversation: string) => desk.desks.look(`select text from messages where conversation = $1 and step like 'told/%' order by at`, [conversation]);

  it('tells a review once, a refusal with its reason, a repetition as such; who has no conversation is not told, and that is shown', async () => {
    const ana = await desk.writer('ours');
    const receipt = await inReview({ ...ana, file: 'a' });
    for (let time = 0; time < 2; time++) await desk.activities.tellReceipt({ company: 'ours', receipt });
    const { request } = await desk.order(receipt, 'reject', { why: 'La cuenta de destino no es nuestra.' });
    await desk.activities.tellReceipt(request);
    const fine = await inReview({ ...ana, file: 'b' });
    const again = await desk.receipt(readAs(), { ...ana, file: 'b' });
    await desk.weigh(again);
    await desk.activities.tellReceipt({ company: 'ours', receipt: again });
    expect((await told(ana.conversation)).map(({ text }) => text)).toEqual([
      'Tu comprobante quedó para que lo revise una persona del equipo. Apenas esté te avisamos por acá.',
      'No pudimos registrar ese pago: La cuenta de destino no es nuestra. Si creés que es un error, escribí *agente* y lo vemos con una persona.',
      'Ese comprobante ya lo habíamos recibido, no hace falta que lo mandes de nuevo.',
    ]);
    expect((await desk.trail(receipt)).filter((kind) => kind === 'told')).toHaveLength(2);
    const panel = await inReview();
    await desk.activities.tellReceipt({ company: 'ours', receipt: panel });
    expect(await desk.desks.look(`select data->>'not' as why from receipt_events where receipt = $1 and kind = 'told'`, [panel])).toEqual([{ why: 'no-conversation' }]);
    expect(fine).not.toBe(again);
  });

  it('asks for another picture in the words of who asks', async () => {
    const ana = await desk.writer('ours');
    const receipt = await inReview(ana);
    await desk.order(receipt, 'ask-another', { why: 'no se lee el número de operación' });
    await desk.activities.tellReceipt({ company: 'ours', receipt });
    expect((await told(ana.conversation)).map(({ text }) => text)).toEqual(['Necesitamos que nos mandes otra vez el comprobante: no se lee el número de operación. Tiene que verse completo y nítido, o mandá el PDF.']);
  });
});
