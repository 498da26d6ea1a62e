import { createHmac } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { waitFor } from '../../libs/testing/wait-for.js';
import { administratorOf, type Administrator } from './administrator.js';
import { Person } from './person.js';
import { RunningCopy } from './running-copy.js';

const pdf = Buffer.from('%PDF-1.7\n1 0 obj\n<<>>\nendobj\n');

/** The ISP's own server: gives invoices, and hears what became of notices. */
class IspServer {
  readonly heard: { signature: string; body: string }[] = [];

  private constructor(private readonly server: Server) {}

  static async start(): Promise<IspServer> {
    const isp: IspServer = new IspServer(createServer((request, response) => {
      if (request.method === 'GET') return void response.setHeader('content-disposition', 'inline; filename="Factura 12.pdf"').end(pdf);
      let body = '';
      request.setEncoding('utf8').on('data', (text: string) => (body += text)).on('end', () => {
        isp.heard.push({ signature: String(request.headers['x-hilo-signature']), body });
        response.end();
      });
    }));
    await new Promise<void>((listening) => isp.server.listen(0, '127.0.0.1', listening));
    return isp;
  }

  get host(): string {
    return `127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  statesOf(id: string): string[] {
    return this.heard.map(({ body }) => JSON.parse(body) as { id: string; state: string }).filter((told) => told.id === id).map(({ state }) => state);
  }

  stop(): void {
    this.server.close();
    this.server.closeAllConnections();
  }
}

let isp: IspServer;
let copy: RunningCopy;
let boss: Administrator;
let token: string;
let channel: string;
let secret: string;

beforeAll(async () => {
  isp = await IspServer.start();
  copy = await RunningCopy.start({ OUTBOUND_ALLOW: isp.host });
  boss = await administratorOf(copy);
  token = ((await boss('POST', '/api/gateway/tokens', { name: 'MikroWisp' })) as { secret: string }).secret;
  secret = ((await boss('PUT', '/api/gateway/callback', { url: `http://${isp.host}/hook` })) as { secret: string }).secret;
  channel = (await copy.rows<{ id: string }>(`select id from channels where company = 'demo' order by created_at limit 1`))[0]!.id;
  // A story waits for facts, not for a number's pace; and it is told at any hour of the day.
  await copy.rows(`update channel_safety set gap_least_ms = 0, gap_most_ms = 0, first_contact_gap_least_ms = 0, first_contact_gap_most_ms = 0, quiet_from = '00:00', quiet_until = '00:00', minute_limit = 60, warm_up = false`);
});
afterAll(async () => {
  await copy?.stop();
  isp?.stop();
});

/** As MikroWisp's panel calls. */
async function send(query: Record<string, string>): Promise<{ status: number; retryAfter: string | null; body: { id: string; code?: string; eta?: string } }> {
  const answer = await fetch(`http://127.0.0.1:${copy.ports.api}/gw/demo/${channel}/send?${new URLSearchParams({ token, ...query }).toString()}`);
  return { status: answer.status, retryAfter: answer.headers.get('retry-after'), body: (await answer.json()) as { id: string } };
}
const heardBy = async (person: Person) => (await person.chat()).filter(({ from }) => from !== person.number);
const stateOf = async (id: string) => (await copy.rows<{ state: string; cause: string | null }>('select state, cause from notices where id = $1', [id]))[0]!;
const becomes = (id: string, state: string) => waitFor(`notice ${id} to be ${state}`, async () => (await stateOf(id)).state === state, 90_000);

describe('a notice of the ISP’s system', () => {
  it('is accepted with a time, delivered in order with its invoice, and called back, signed', async () => {
    const ana = await Person.with(copy, '5493434000921', { name: 'Ana' });
    await ana.ask('hola', /.+/); // WhatsApp lets no young number start chats (463)
    const before = (await heardBy(ana)).length;
    const [first] = [await send({ destinatario: ana.number, mensaje: 'Su factura vence ma&ntilde;ana<br>Gracias' }), await send({ destinatario: ana.number, mensaje: 'Su factura', adjunto: `http://${isp.host}/12.pdf` })];
    expect(first).toMatchObject({ status: 200, body: { eta: expect.stringMatching(/Z$/) as string } });
    await waitFor('both on her phone', async () => (await heardBy(ana)).length === before + 2, 90_000);
    expect((await heardBy(ana)).slice(before).map(({ kind, text }) => ({ kind, text }))).toEqual([{ kind: 'text', text: 'Su factura vence mañana\nGracias' }, { kind: 'document', text: 'Su factura' }]);
    await waitFor('it is called back', () => isp.statesOf(first.body.id).includes('delivered'), 60_000);
    expect(isp.statesOf(first.body.id).slice(0, 2)).toEqual(['sent', 'delivered']);
    const { signature, body } = isp.heard[0]!;
    const [, seconds, mac] = /^t=(\d+),v1=(\w+)$/.exec(signature)!;
    expect(createHmac('sha256', secret).update(`${seconds}.${body}`).digest('hex')).toBe(mac);
  });

  it('to a number without WhatsApp fails with that cause, and the system hears it', async () => {
    const { body: { id } } = await send({ to: '0343 15 400-0999', message: 'Hola' });
    await becomes(id, 'failed');
    expect(await stateOf(id)).toEqual({ state: 'failed', cause: 'not-on-whatsapp' });
    await waitFor('it is called back', () => isp.statesOf(id).includes('failed'), 60_000);
  });

  it('whose file is at a private address is refused at once', async () => {
    expect(await send({ to: '3434000921', message: 'Hola', file: 'http://169.254.169.254/latest' })).toMatchObject({ status: 422, body: { code: 'url-refused' } });
  });

  it('is refused with 503 while the bot is stopped, and what waits is sent when it is not any more, though worker and gateway die over it', async () => {
    const beto = await Person.with(copy, '5493434000922', { name: 'Beto' });
    await beto.ask('hola', /.+/);
    const before = (await heardBy(beto)).length;
    const mode = (one: string) => boss('PUT', '/api/tools/mode', { mode: one });
    await boss('POST', `/api/notice-queue/batches/${channel}`, { day: (await copy.rows<{ day: string }>('select max(day)::text as day from notice_batches'))[0]!.day, command: 'pause' });
    const { body: { id } } = await send({ to: beto.number, message: 'Corte programado' });
    await mode('stopped');
    expect(await send({ to: beto.number, message: 'Otro' })).toMatchObject({ status: 503, retryAfter: '300', body: { code: 'gateway-stopped' } });
    await mode('complete');
    const back = [copy.killProcess('worker'), copy.killProcess('whatsapp')];
    await Promise.all(back.map((wait) => wait()));
    await copy.untilFit();
    expect((await stateOf(id)).state).toBe('queued');
    await boss('POST', `/api/notice-queue/batches/${channel}`, { day: (await copy.rows<{ day: string }>('select max(day)::text as day from notice_batches'))[0]!.day, command: 'resume' });
    await becomes(id, 'delivered');
    expect((await heardBy(beto)).slice(before).map(({ text }) => text)).toEqual(['Corte programado']);
  });

  it('leaves no text, number or secret in any process’s output', async () => {
    const [row] = await copy.rows<{ text: string }>(`select string_agg(text, ' ') as text from notices`);
    expect(row!.text).toContain('Corte programado');
    expect(copy.output.join('')).not.toMatch(/Corte programado|hgw_|hgs_|3434000921/);
  });
});
