import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { wellKnown } from '../../libs/db/seeds/demo/well-known.js';
import { waitFor } from '../../libs/testing/wait-for.js';
import { administratorOf, type Administrator } from './administrator.js';
import { bookOf, mikrowispToken, SimulatedMikrowisp } from './isp-system.js';
import { Person } from './person.js';
import { RunningCopy } from './running-copy.js';

interface Health { state: 'up' | 'down'; fault?: string; probeAt?: string }
interface Integration { system: string; active: boolean; connection?: { secrets: Record<string, string> }; health?: Health }

let copy: RunningCopy;
let boss: Administrator;
let mikrowisp: SimulatedMikrowisp;
let person: Person;

/** The embedded book knows this phone, too, as somebody else who owes something else: whoever answers is told by what is said. */
const inTheBook = wellKnown.debtor;
const otherPhone = '5493415559931';
const menu = /¿En qué te puedo ayudar\?/;

beforeAll(async () => {
  copy = await RunningCopy.start();
  boss = await administratorOf(copy);
  mikrowisp = new SimulatedMikrowisp(copy);
  const book = bookOf('Marina Wisp', inTheBook.phones[0]);
  await mikrowisp.load({ ...book, customers: book.customers.map((one) => ({ ...one, phones: [inTheBook.phones[0], otherPhone] })) });
  person = await Person.with(copy, inTheBook.phones[0], { name: 'Marina' });
});
afterAll(async () => {
  await copy?.stop();
});

const integration = async () => ((await boss('GET', '/api/integrations')) as Integration[]).find(({ system }) => system === 'mikrowisp')!;
async function askForConnection(expected: RegExp): Promise<string> {
  await person.ask('menú', menu);
  return person.ask('cómo está mi conexión?', expected);
}
const newestCall = async () => (await mikrowisp.calls()).at(-1)?.seq ?? 0;

describe('a company whose customers are in MikroWisp', () => {
  it('sets it up as an administrator does, and no secret is read back', async () => {
    const line = { limitMs: 8_000, perSecond: 10, atOnce: 4, budgetDay: null, budgetMonth: null, monthStartsOn: 1 };
    await boss('PUT', '/api/integrations/connection', { system: 'mikrowisp', settings: { url: mikrowisp.url, token: mikrowispToken }, tls: { mode: 'system' }, ...line });
    expect(await boss('POST', '/api/integrations/activate', { system: 'mikrowisp' })).toMatchObject({ active: 'mikrowisp', activated: true, test: { ok: true } });
    const listed = await integration();
    expect(listed).toMatchObject({ active: true });
    expect(JSON.stringify(listed)).not.toContain(mikrowispToken);
  });

  it('has balance and connection told as MikroWisp has them, not as the embedded book does', async () => {
    const before = await newestCall();
    await person.ask('hola', /Hola, \*Marina\*/);
    await person.ask('saldo', /27\.900,10/);
    await person.ask('cómo está mi conexión?', /Fibra 300/);
    expect((await person.heard()).join('\n')).not.toContain(inTheBook.name.split(' ')[0]);
    const calls = await mikrowisp.calls(before);
    expect(new Set(calls.map(({ path }) => path.split('/').at(-1)?.toLowerCase()))).toEqual(new Set(['getclientsdetails', 'getinvoices']));
    expect(calls.every(({ status }) => status === 200)).toBe(true);
  });

  it('has an agent send an invoice of MikroWisp’s: a PDF, on the phone once though it is asked for twice', async () => {
    const her = await Person.with(copy, otherPhone, { name: 'Marina' });
    await her.ask('hola', /Hola, \*Marina\*/);
    const summary = 'Necesito la factura de octubre';
    await her.ask('hablar con una persona', /en un solo mensaje/);
    await her.ask(summary, /N\.º/);
    const ticket = await waitFor('the ticket', async () => (await copy.rows<{ id: string; conversation: string }>('select id, conversation from tickets where summary = $1', [summary]))[0]);
    await boss('POST', `/api/tickets/${ticket.id}/take`);

    const chat = `/api/conversations/${ticket.conversation}`;
    const panel = (await boss('GET', `${chat}/customer`)) as { customers: { id: string; name: string; invoices: { id: string; number: string }[] }[] };
    expect(panel).toMatchObject({ found: true, sendsInvoices: true, customers: [{ name: 'Marina Wisp', invoices: [{ number: '0001-00000077' }] }] });
    const [customer] = panel.customers as [(typeof panel.customers)[0]];
    const [key, asked] = [randomUUID(), { customer: customer.id, invoice: customer.invoices[0]!.id }];
    const sent = await boss('POST', `${chat}/invoices`, asked, key);
    expect(await boss('POST', `${chat}/invoices`, asked, key)).toEqual(sent);
    const before = (await her.heard()).length;
    await boss('POST', `${chat}/messages`, { text: 'Ahí te la mandé' });
    await her.hears(/Ahí te la mandé/, before); // messages of one chat arrive in order: a second document would be here by now
    const arrived = (await her.chat()).filter(({ kind }) => kind === 'document');
    expect(arrived).toMatchObject([{ text: 'Factura N.º 0001-00000077', media: { mimetype: 'application/pdf' } }]);
    expect((await copy.network.file(arrived[0]!.media!)).subarray(0, 5).toString()).toBe('%PDF-');
  });

  it('tells its customers that the system does not answer and what works meanwhile, and by itself answers again when it is back', async () => {
    await mikrowisp.goDown('html');
    for (const _ of Array.from({ length: 3 })) await askForConnection(/\*El sistema no responde\*/);
    expect(await integration()).toMatchObject({ health: { state: 'down', fault: 'html' } });
    const before = await newestCall();
    // What decisions know of the system is up to five seconds old: until then the menu does not say so of its options.
    const told = await waitFor('options that say so', async () => {
      const said = await askForConnection(/\*El sistema no responde\*/);
      return said.includes('(ahora no responde)') ? said : undefined;
    }, 60_000);
    expect(told).toMatch(/Hablar con una persona\n/);
    expect(await mikrowisp.calls(before)).toEqual([]); // it is left alone for a while

    await mikrowisp.comeBack();
    await waitFor('one to be let through', async () => Date.parse((await integration()).health!.probeAt!) <= Date.now(), 60_000);
    for (const _ of Array.from({ length: 2 })) await askForConnection(/Fibra 300/); // one lucky answer is no recovery
    const { health } = await integration();
    expect(health).toMatchObject({ state: 'up' });
    expect(health).not.toHaveProperty('fault');
  });

  it('leaves neither key nor customer in any process’s output', () => {
    expect(copy.output.join('')).not.toMatch(new RegExp(`${mikrowispToken}|Marina Wisp|${inTheBook.phones[0]}`));
  });
});
