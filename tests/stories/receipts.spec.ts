import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findChromium } from '../../infra/chromium.mjs';
import { wellKnown } from '../../libs/db/seeds/demo/well-known.js';
import { cents } from '../../libs/domain/money.js';
import { waitFor } from '../../libs/testing/wait-for.js';
import { launchChromium } from '../browser/chromium.js';
import { openDrawing } from '../receipts/draw.js';
import type { TrueReceipt } from '../receipts/true-receipt.js';
import { administratorOf, type Administrator } from './administrator.js';
import { Person } from './person.js';
import { RunningCopy } from './running-copy.js';

type Profile = (typeof wellKnown)['debtor' | 'suspended' | 'dueSoon' | 'upToDate'];

let copy: RunningCopy;
let boss: Administrator;
let account: { id: string; number: string; holder: string; document: string };
let draw: (receipt: TrueReceipt) => Promise<Buffer>;
let stopDrawing: () => Promise<void>;

beforeAll(async () => {
  copy = await RunningCopy.start();
  boss = await administratorOf(copy);
  account = (await copy.rows<typeof account>(`select id, number, holder, document from payment_methods where company = 'demo' and kind = 'transfer' order by position limit 1`))[0]!;
  const browser = await launchChromium(await findChromium());
  const drawing = await openDrawing(browser);
  draw = (receipt) => drawing.draw(receipt);
  stopDrawing = () => browser.close();
}, 300_000);
afterAll(async () => {
  await stopDrawing?.();
  await copy?.stop();
});

const today = () => new Intl.DateTimeFormat('en-CA', { timeZone: 'America/Argentina/Buenos_Aires' }).format(new Date());
const personOf = ({ name, phones }: Profile) => Person.with(copy, phones[0], { name });

interface Owed { id: string; customer: string; number: string; rest: string }
const owedBy = ({ document }: Profile) => copy.rows<Owed>(
  `select i.id, i.customer, i.number, (i.amount - i.paid)::text as rest from invoices i join customers c on c.company = i.company and c.id = i.customer
    where i.company = 'demo' and c.document = $1 and i.state in ('open', 'in-review') order by i.due_on`, [document]);
const totalOf = (owed: readonly Owed[]) => {
  const sum = owed.reduce((before, { rest }) => before + cents(rest), 0n);
  return `${sum / 100n}.${String(sum % 100n).padStart(2, '0')}`;
};
const paidBy = ({ document }: Profile) => copy.rows<{ amount: string; reference: string; reversed: boolean }>(
  `select p.amount::text, p.reference, p.reversed_at is not null as reversed from payments p join customers c on c.company = p.company and c.id = p.customer
    where p.company = 'demo' and c.document = $1 and p.reference not like 'demo%' and p.made_at > now() - interval '20 minutes'`, [document]);

/** A receipt of a transfer to the company's account, as the bank's application shows it. */
const receiptOf = (amount: string, reference: string, payer: string): TrueReceipt => ({
  layout: 'ar-brubank', country: 'AR', issuer: 'brubank', amount, on: today(), at: '09:12', state: 'completed', concept: 'Internet',
  payer: { name: payer, document: '27593556854', account: '2850569597449322537649' },
  beneficiary: { name: account.holder, document: account.document, account: account.number, bank: 'Banco Galicia', alias: '' },
  references: [{ type: 'operation', value: reference }],
});
const picture = (bytes: Buffer, mimetype = 'image/png') => ({ image: { base64: bytes.toString('base64'), mimetype } });

interface Receipt { id: string; state: string; reasons: string[] }
const receiptsOf = (person: Person) => copy.rows<Receipt>(
  `select r.id, r.state, r.reasons from receipts r join conversations v on v.company = r.company and v.id = r.conversation
    join contact_addresses a on a.company = v.company and a.contact = v.contact where a.address = $1 order by r.received_at`, [`${person.number}@s.whatsapp.net`]);
const newest = async (person: Person, state: string) => waitFor(`a receipt of ${person.number} to be ${state}`, async () => {
  const last = (await receiptsOf(person)).at(-1);
  return last?.state === state ? last : undefined;
}, 90_000);
const times = async (person: Person, said: RegExp) => (await person.heard()).filter((text) => said.test(text)).length;

describe('receipts', { timeout: 180_000 }, () => {
  const reference = '60478132';
  let bytes: Buffer;

  it('one that came unasked waits for the bank; the statement confirms it, and it is paid, the service is back and the customer told, once', async () => {
    const diego = await personOf(wellKnown.suspended);
    const owed = await owedBy(wellKnown.suspended);
    bytes = await draw(receiptOf(totalOf(owed), reference, wellKnown.suspended.name));
    await diego.send(picture(bytes));
    await diego.hears(/Recibí tu comprobante/, 0, 90_000);
    await newest(diego, 'waiting');
    expect(await paidBy(wellKnown.suspended)).toEqual([]);

    const [year, month, day] = today().split('-');
    const file = `Fecha;Concepto;Operación;Importe\n${day}/${month}/${year};TRANSF DE ACOSTA DIEGO;${reference};${totalOf(owed).replace('.', ',')}\n`;
    await importStatement(file);
    const accepted = await newest(diego, 'accepted');
    await diego.hears(/Registramos tu pago.*tu servicio vuelve/s, 0, 60_000);
    const paid = await paidBy(wellKnown.suspended);
    expect(paid.reduce((sum, { amount }) => sum + cents(amount), 0n)).toBe(cents(totalOf(owed)));
    expect(await owedBy(wellKnown.suspended)).toEqual([]);
    expect(await copy.rows(`select 1 from services s join customers c on c.company = s.company and c.id = s.customer where c.document = $1 and s.status = 'suspended'`, [wellKnown.suspended.document])).toEqual([]);
    await waitFor('its settlement to be done', async () => (await copy.rows<{ state: string }>('select state from settlements where receipt = $1', [accepted.id]))[0]?.state === 'done');
    expect(await times(diego, /Registramos tu pago/)).toBe(1);
  });

  it('the same one again, by the same phone, by another and over the panel, pays nothing', async () => {
    const before = await paidBy(wellKnown.suspended);
    const diego = await personOf(wellKnown.suspended);
    const heard = (await diego.heard()).length;
    await diego.send(picture(bytes));
    await newest(diego, 'rejected');
    await waitFor('the customer to hear that it is known', async () => (await diego.heard()).slice(heard).find((text) => /ya lo habíamos recibido/.test(text)), 60_000);

    const bruno = await personOf(wellKnown.dueSoon);
    await bruno.send(picture(await sharp(bytes).resize({ width: 620 }).jpeg({ quality: 82 }).toBuffer(), 'image/jpeg'));
    const his = await newest(bruno, 'review');
    expect(his.reasons.some((code) => ['reference-repeated', 'picture-repeated', 'payment-taken'].includes(code))).toBe(true);

    const upload = (await boss('POST', `/api/receipts/files?name=comprobante.png`, bytes)) as { upload: string; known?: { receipt: string } };
    expect(upload.known).toBeDefined();
    const customer = (await copy.rows<{ id: string }>('select id from customers where company = $1 and document = $2', ['demo', wellKnown.suspended.document]))[0]!.id;
    const { id } = (await boss('POST', '/api/receipts', { upload: upload.upload, customer, customerName: wellKnown.suspended.name })) as { id: string };
    await waitFor('the one of the panel to be refused', async () => (await copy.rows<Receipt>('select id, state, reasons from receipts where id = $1', [id]))[0]?.state === 'rejected', 90_000);
    expect(await paidBy(wellKnown.suspended)).toEqual(before);
    expect(await paidBy(wellKnown.dueSoon)).toEqual([]);
  });

  it('one that is asked for in the menu goes to a person where the amount is another, and is paid when they approve it, though a process dies meanwhile', async () => {
    const carla = await personOf(wellKnown.debtor);
    await carla.ask('hola', /¿En qué te puedo ayudar/);
    await carla.ask('informar un pago', /foto o el PDF/);
    await carla.send(picture(await draw(receiptOf('1234.50', '60478199', wellKnown.debtor.name))));
    const { id } = await newest(carla, 'review');
    await waitFor('her to hear that a person looks', async () => times(carla, /revise una persona/), 60_000);
    await boss('POST', `/api/receipts/${id}/approve`, { despite: false, why: 'Pagó una parte' });
    const isBack = copy.killProcess('worker');
    await waitFor('the payment to be registered', async () => times(carla, /Registramos tu pago/), 90_000);
    expect(await paidBy(wellKnown.debtor)).toMatchObject([{ amount: '1234.50', reversed: false }]);
    expect(await times(carla, /Registramos tu pago/)).toBe(1);
    await isBack();
    await copy.untilFit();
  });

  it('one that a person rejects is told with the reason, and is not paid', async () => {
    const bruno = await personOf(wellKnown.dueSoon);
    const { id } = (await receiptsOf(bruno)).at(-1)!;
    await boss('POST', `/api/receipts/${id}/reject`, { why: 'Es el comprobante de otra persona' });
    await waitFor('him to be told', async () => times(bruno, /No pudimos registrar ese pago.*Es el comprobante de otra persona/s), 60_000);
    expect(await paidBy(wellKnown.dueSoon)).toEqual([]);
  });

  it('a picture that is none is answered as pictures are, and nobody has to review it', async () => {
    const ana = await personOf(wellKnown.upToDate);
    await ana.ask('hola', /¿En qué te puedo ayudar/);
    const heard = (await ana.heard()).length;
    await ana.send(picture(await sharp({ create: { width: 600, height: 400, channels: 3, background: '#7aa' } }).png().toBuffer()));
    await waitFor('an answer', async () => (await ana.heard())[heard], 90_000);
    expect((await ana.heard()).slice(heard).join('\n')).not.toMatch(/comprobante\. Lo estamos revisando/);
    expect((await receiptsOf(ana)).map(({ state }) => state)).toEqual(['other']);
  });
});

async function importStatement(text: string): Promise<void> {
  const draft = (await boss('POST', `/api/statements?account=${account.id}&fileName=extracto.csv`, Buffer.from(text, 'latin1'))) as { id: string; mapping: object };
  const options = { mapping: draft.mapping, withAlike: false };
  const preview = (await boss('POST', `/api/statements/${draft.id}/preview`, options)) as { counts: { fresh: number; alike: number } };
  const { fresh, alike } = preview.counts;
  expect(fresh).toBe(1);
  expect(await boss('POST', `/api/statements/${draft.id}/confirm`, { ...options, seen: { fresh, alike } })).toMatchObject({ state: 'confirmed' });
}

describe('payments by link', { timeout: 180_000 }, () => {
  const simulator = (method: string, path: string, body?: object) => fetch(`http://127.0.0.1:${copy.ports.simulator}/mercadopago/control${path}`, {
    method, headers: { 'content-type': 'application/json' }, ...(body ? { body: JSON.stringify(body) } : {}),
  }).then(async (answer) => (await answer.json()) as { id: number; preferences: { id: string; external_reference: string }[] });

  it('one that is paid there is registered once however often it is told, and taken back when the money is given back', async () => {
    const { policy, texts, version } = (await boss('GET', '/api/receipt-settings')) as { policy: object; texts: object; version: number };
    await boss('PUT', '/api/receipt-settings', { version, texts, policy: { ...policy, onRefusal: 'reverse' } });
    const bruno = await personOf(wellKnown.dueSoon);
    const [invoice] = await owedBy(wellKnown.dueSoon);
    await bruno.ask('menú', /¿En qué te puedo ayudar/);
    await bruno.ask('pagar', new RegExp(`${invoice!.number}.*https?://`, 's'), 60_000);
    const { preferences } = await simulator('GET', '');
    const payment = await simulator('POST', `/preferences/${preferences.at(-1)!.id}/pay`, { outcome: 'approved' });
    await simulator('POST', `/payments/${payment.id}/notify`, { times: 3 });
    await waitFor('him to be told', async () => times(bruno, /Registramos tu pago/), 90_000);
    expect(await paidBy(wellKnown.dueSoon)).toMatchObject([{ reversed: false }]);
    expect(await owedBy(wellKnown.dueSoon)).toEqual([]);

    await simulator('POST', `/payments/${payment.id}`, { status: 'refunded' });
    await simulator('POST', `/payments/${payment.id}/notify`, { times: 2 });
    await waitFor('him to hear that it was given back', async () => times(bruno, /Te devolvieron el pago/), 90_000);
    expect(await paidBy(wellKnown.dueSoon)).toMatchObject([{ reversed: true }]);
    expect((await owedBy(wellKnown.dueSoon)).map(({ number }) => number)).toEqual([invoice!.number]);
    expect(await times(bruno, /Registramos tu pago/)).toBe(1);
    expect(await times(bruno, /Te devolvieron el pago/)).toBe(1);
  });
});
