import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { RunningNetwork } from '../start.js';
import { ANA, BETO, BUSINESS, client, linkedClient, simulation } from '../testing/simulation.js';
import { until } from '../testing/until.js';

interface Answer {
  status: number;
  type: string;
  body: unknown;
}

const caller =
  ({ controlUrl }: RunningNetwork) =>
  async (method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Answer> => {
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    const response = await fetch(controlUrl + path, { method, headers, ...(body === undefined ? {} : { body: text }) });
    const type = response.headers.get('content-type') ?? '';
    return { status: response.status, type, body: type.includes('json') ? await response.json() : await response.text() };
  };

describe('the control API', () => {
  it('links a client by QR, lets a person and the owner write, and tells it in chat and ledger', async () => {
    const simulated = await simulation();
    const call = caller(simulated);
    const device = client(simulated).connect();

    const scanned = await call('POST', `/accounts/${BUSINESS}/scan`, { qr: await device.untilQr() });
    expect(scanned).toMatchObject({ status: 200, body: { number: BUSINESS, business: true, linked: true } });
    await device.untilOpen();
    await call('PUT', `/people/${ANA}`, { name: 'Ana' });
    const written = await call('POST', `/people/${ANA}/messages`, { to: BUSINESS, text: 'hola', id: 'A1' });
    await device.untilText('hola');
    const owner = await call('POST', `/accounts/${BUSINESS}/messages`, { to: ANA, text: '¡buenas!' });
    const { body: people } = await call('GET', '/people');
    const { body: chat } = await call('GET', `/people/${ANA}/messages?with=${BUSINESS}`);

    expect(written.body).toEqual({ id: 'A1' });
    expect(people).toEqual([expect.objectContaining({ number: ANA, name: 'Ana' })]);
    expect(chat).toEqual([
      { id: 'A1', at: expect.any(String), from: ANA, kind: 'text', text: 'hola', state: expect.any(String) },
      expect.objectContaining({ id: (owner.body as { id: string }).id, from: BUSINESS, text: '¡buenas!' }),
    ]);
    // Its state moves on by itself meanwhile.
    const { state: _, ...later } = (chat as { state: string }[])[1]!;
    expect((await call('GET', `/people/${ANA}/messages?with=${BUSINESS}&after=A1`)).body).toEqual([expect.objectContaining(later)]);
    expect((await call('GET', `/people/${ANA}/messages?after=2999-01-01T00:00:00Z`)).body).toEqual([]);
    expect((await call('GET', '/accounts')).body).toEqual([expect.objectContaining({ number: BUSINESS, online: true })]);
    await until(() => simulated.network.ledger.find('in', BUSINESS, ANA, 'A1')?.state === 'delivered', 'delivered');
    expect((await call('GET', '/ledger')).body).toContainEqual(
      expect.objectContaining({ direction: 'in', account: BUSINESS, chat: ANA, id: 'A1', kind: 'text', copies: 1, state: 'delivered' }),
    );
    expect((await call('GET', '/unknown')).body).toEqual([]);
  });

  it('links by code, unlinks, and knows an ordinary WhatsApp', async () => {
    const simulated = await simulation();
    const call = caller(simulated);
    expect((await call('PUT', `/accounts/${BUSINESS}`, { name: 'Juan', business: false })).body).toMatchObject({ business: false });
    const device = client(simulated).connect();
    await device.untilQr();
    const code = await device.socket.requestPairingCode(BUSINESS);

    expect((await call('POST', `/accounts/${BUSINESS}/code`, { code })).body).toMatchObject({ linked: true, name: 'Juan' });
    await device.untilOpen();
    expect((await call('POST', `/accounts/${BUSINESS}/unlink`)).body).toMatchObject({ linked: false });
    await until(() => device.closes.at(-1)?.code === 401, 'the client is told');
  });

  it('gives the ledger after a cursor: what is new or has changed since', async () => {
    const simulated = await simulation();
    const call = caller(simulated);
    const device = await linkedClient(simulated);
    await call('PUT', `/people/${ANA}`, { name: 'Ana' });
    await call('POST', `/people/${ANA}/messages`, { to: BUSINESS, text: 'uno' });
    await device.untilText('uno');
    await until(() => simulated.network.ledger.after()[0]?.state === 'delivered', 'delivered');
    const [{ seq } = { seq: 0 }] = (await call('GET', '/ledger')).body as { seq: number }[];

    expect((await call('GET', `/ledger?after=${seq}`)).body).toEqual([]);
    await device.socket.readMessages([device.messages[0]?.key ?? {}]);
    await until(() => simulated.network.ledger.after()[0]?.state === 'read', 'read');
    expect((await call('GET', `/ledger?after=${seq}`)).body).toEqual([expect.objectContaining({ text: 'uno', state: 'read' })]);
  });

  it('makes groups, changes them, writes in them and shows what was said', async () => {
    const simulated = await simulation();
    const call = caller(simulated);
    const device = await linkedClient(simulated);
    for (const [number, name] of [[ANA, 'Ana'], [BETO, 'Beto']]) await call('PUT', `/people/${number}`, { name });

    const { id } = (await call('POST', '/groups', { subject: 'Vecinos', members: [ANA, BUSINESS] })).body as { id: string };
    const changed = await call('PUT', `/groups/${encodeURIComponent(id)}`, { subject: 'Torre 2', add: [BETO] });
    expect((await call('GET', '/groups')).body).toEqual([changed.body]);
    expect(changed.body).toMatchObject({ id, subject: 'Torre 2', creator: ANA, members: [{ number: ANA, admin: true }, {}, { number: BETO, name: 'Beto' }] });
    const first = (await call('POST', `/people/${ANA}/messages`, { to: id, text: 'hola' })).body as { id: string };
    await device.untilText('hola');
    await call('POST', `/accounts/${BUSINESS}/messages`, { to: id, text: 'buenas', quote: first.id });

    await until(() => simulated.network.ledger.of(id).every(({ state }) => state !== 'sent'), 'confirmed');
    expect((await call('GET', `/groups/${id}/messages`)).body).toMatchObject([
      { id: first.id, from: ANA, text: 'hola', kind: 'text' },
      { from: BUSINESS, text: 'buenas', quote: first.id, receipts: { [ANA]: expect.anything(), [BETO]: expect.anything() } },
    ]);
    expect((await call('GET', `/people/${ANA}/messages`)).body).toEqual([]);
  });

  it('shows statuses, lets people look at them and post their own', async () => {
    const simulated = await simulation();
    const call = caller(simulated);
    const device = await linkedClient(simulated);
    const { lid } = (await call('PUT', `/people/${ANA}`, { name: 'Ana' })).body as { lid: string };
    await device.socket.sendMessage('status@broadcast', { text: 'promo', linkPreview: null }, { statusJidList: [`${lid}@lid`], messageId: 'S1', backgroundColor: '#128C7E' });
    await until(() => simulated.network.ledger.find('out', BUSINESS, 'status@broadcast', 'S1'), 'the network has it');

    expect((await call('GET', `/people/${ANA}/statuses`)).body).toMatchObject([{ id: 'S1', account: BUSINESS, text: 'promo', backgroundColor: '#128c7e', viewed: false }]);
    expect((await call('POST', `/people/${ANA}/status-views`, { account: BUSINESS, id: 'S1' })).status).toBe(200);
    expect((await call('GET', `/people/${ANA}/statuses`)).body).toMatchObject([{ viewed: true }]);
    await call('POST', `/people/${ANA}/statuses`, { to: BUSINESS, text: 'de viaje' });
    await device.untilText('de viaje');
  });

  it('restricts a number and lifts that', async () => {
    const call = caller(await simulation());
    await call('PUT', `/accounts/${BUSINESS}`, {});
    const until = new Date(Date.now() + 60_000).toISOString();
    const path = `/accounts/${BUSINESS}/restriction`;

    expect((await call('POST', path, { kind: 'reachout', until })).body).toMatchObject({ number: BUSINESS, restriction: { kind: 'reachout', until } });
    expect((await call('POST', path, { kind: 'capping' })).body).toMatchObject({ restriction: { kind: 'capping' } });
    expect((await call('POST', path, { kind: null })).body).not.toHaveProperty('restriction');
  });

  it('sets and lists faults and rules, and empties the world', async () => {
    const call = caller(await simulation());
    expect((await call('POST', '/faults', { kind: 'duplicate', times: 2 })).body).toEqual([{ kind: 'duplicate', times: 2 }]);
    expect((await call('GET', '/faults')).body).toEqual([{ kind: 'duplicate', times: 2 }]);
    expect((await call('DELETE', '/faults')).body).toEqual([]);
    expect((await call('POST', '/faults', { kind: 'lose-receipt' })).body).toEqual([{ kind: 'lose-receipt', times: 1 }]);
    expect((await call('PUT', '/rules', { lidChats: false })).body).toMatchObject({ lidChats: false, tcToken: true });
    await call('PUT', `/people/${ANA}`, { name: 'Ana' });

    expect((await call('POST', '/reset')).status).toBe(200);
    expect((await call('GET', '/people')).body).toEqual([]);
    expect((await call('GET', '/rules')).body).toMatchObject({ lidChats: true });
    expect((await call('GET', '/faults')).body).toEqual([]);
    expect((await call('GET', '/health')).body).toEqual({ status: 'ok' });
  });

  it.each<[string, string, unknown, number, string]>([
    ['POST', `/accounts/${BUSINESS}/scan`, { qr: 'no es un QR' }, 422, 'qr_invalid'],
    ['POST', `/accounts/${BUSINESS}/scan`, { qr: '2@x,AA==,AA==,AA==' }, 404, 'qr_unknown'],
    ['POST', `/accounts/${BUSINESS}/scan`, {}, 422, 'invalid'],
    ['POST', `/accounts/${BUSINESS}/code`, { code: 'ABCD1234' }, 409, 'code_unexpected'],
    ['POST', `/accounts/${BUSINESS}/code`, { code: 'corto' }, 422, 'invalid'],
    ['POST', `/accounts/5491199999999/unlink`, undefined, 404, 'account_unknown'],
    ['POST', `/accounts/${BUSINESS}/messages`, { to: '549115555', text: 'x' }, 404, 'person_unknown'],
    ['POST', `/people/5491199999999/messages`, { to: BUSINESS, text: 'x' }, 404, 'person_unknown'],
    ['POST', `/people/${ANA}/messages`, { to: '5491199999999', text: 'x' }, 404, 'account_unknown'],
    ['POST', `/people/${ANA}/messages`, { to: BUSINESS, text: 'x', quote: 'NADA' }, 404, 'message_unknown'],
    ['POST', `/people/${ANA}/messages`, { to: BUSINESS, text: '' }, 422, 'invalid'],
    ['POST', `/people/${ANA}/messages`, { to: BUSINESS, texto: 'x' }, 422, 'invalid'],
    ['POST', `/people/${ANA}/messages`, '{"to":', 400, 'bad_json'],
    ['POST', `/people/${ANA}/messages`, { to: BUSINESS, text: 'x'.repeat(1 << 20) }, 422, 'invalid'],
    ['PUT', `/people/${ANA}`, { name: 'x'.repeat(1 << 20) }, 413, 'too_large'],
    ['POST', `/people/${ANA}/messages`, { to: BUSINESS, text: 'x', location: { lat: 1, lng: 2 } }, 422, 'invalid'],
    ['POST', `/people/${ANA}/messages`, { to: BUSINESS, image: { base64: '¡!', mimetype: 'image/png' } }, 422, 'invalid'],
    ['POST', `/people/${ANA}/messages`, { to: BUSINESS, image: { url: 'file:///etc/passwd', mimetype: 'image/png' } }, 422, 'invalid'],
    ['POST', `/people/${ANA}/messages`, { to: BUSINESS, image: { url: 'http://127.0.0.1:1/x', mimetype: 'image/png' } }, 422, 'url_unreachable'],
    ['POST', `/people/${ANA}/reactions`, { to: BUSINESS, id: 'NADA', emoji: '👍' }, 404, 'message_unknown'],
    ['POST', `/people/${ANA}/calls`, { to: '5491199999999' }, 404, 'account_unknown'],
    ['POST', `/accounts/${BUSINESS}/history`, { chats: [{ with: ANA, messages: [{ from: 'person', text: 'x', at: 'ayer' }] }] }, 422, 'invalid'],
    ['GET', `/media/${'x'.repeat(43)}`, undefined, 404, 'media_unknown'],
    ['PUT', `/people/${BUSINESS}`, { name: 'Empresa' }, 409, 'number_taken'],
    ['PUT', `/people/+549341`, { name: 'Ana' }, 422, 'invalid'],
    ['PUT', '/rules', { lidChats: 'sí' }, 422, 'invalid'],
    ['POST', '/faults', { kind: 'meteorito' }, 422, 'invalid'],
    ['POST', '/faults', { kind: 'ban', code: 503 }, 422, 'invalid'],
    ['GET', '/ledger?after=ayer', undefined, 422, 'invalid'],
    ['GET', `/people/${ANA}/messages?after=ayer`, undefined, 422, 'invalid'],
    ['GET', '/people/5491199999999/messages', undefined, 404, 'person_unknown'],
    ['GET', '/people/5491199999999/statuses', undefined, 404, 'person_unknown'],
    ['POST', `/people/${ANA}/statuses`, { to: BUSINESS, text: 'x', backgroundColor: 'rojo' }, 422, 'invalid'],
    ['POST', `/people/${ANA}/status-views`, { account: BUSINESS, id: 'NADA' }, 404, 'status_unknown'],
    ['POST', `/accounts/${BUSINESS}/restriction`, { kind: 'castigo' }, 422, 'invalid'],
    ['POST', `/accounts/${BUSINESS}/restriction`, { kind: 'reachout', until: 'mañana' }, 422, 'invalid'],
    ['POST', '/groups', { subject: 'Vecinos', members: [] }, 422, 'invalid'],
    ['POST', '/groups', { subject: 'Vecinos', members: ['5491199999999'] }, 404, 'person_unknown'],
    ['PUT', '/groups/120363000000000000@g.us', { subject: 'x' }, 404, 'group_unknown'],
    ['PUT', '/groups/vecinos', { subject: 'x' }, 422, 'invalid'],
    ['POST', `/people/${ANA}/messages`, { to: '120363000000000000@g.us', text: 'x' }, 404, 'group_unknown'],
    ['PATCH', '/rules', {}, 405, 'method_not_allowed'],
    ['POST', '/no-existe', {}, 404, 'not_found'],
    ['GET', '/no-existe.js', undefined, 404, 'not_found'],
  ])('%s %s %j → %i %s', async (method, path, body, status, code) => {
    const simulated = await simulation();
    simulated.network.putAccount(BUSINESS);
    simulated.network.putPerson(ANA, { name: 'Ana' });

    const answer = await caller(simulated)(method, path, body);

    expect(answer).toMatchObject({ status, type: expect.stringContaining('application/problem+json'), body: { status, code } });
    expect((answer.body as { detail: string; title: string }).detail).not.toBe('');
  });

  it("does not let another site's page steer it", async () => {
    const call = caller(await simulation());
    expect(await call('POST', '/reset', {}, { 'sec-fetch-site': 'cross-site' })).toMatchObject({ status: 403, body: { code: 'cross_site' } });
  });

  it('tells a page what happens, as it happens', async () => {
    const simulated = await simulation();
    const stream = await fetch(`${simulated.controlUrl}/events`);
    expect(stream.headers.get('content-type')).toBe('text/event-stream');
    let heard = '';
    const listening = (async () => {
      for await (const chunk of stream.body ?? []) heard += Buffer.from(chunk as Uint8Array).toString();
    })().catch(() => undefined);

    simulated.network.putAccount(BUSINESS);
    simulated.network.putPerson(ANA, { name: 'Ana' });
    await simulated.network.personSends(ANA, BUSINESS, 'hola');

    await until(() => heard.includes('"text":"hola"'), 'the page hears of the message');
    const events = heard.split('\n').filter((line) => line.startsWith('data: ')).map((line) => JSON.parse(line.slice(6)) as { kind: string });
    expect(events.map(({ kind }) => kind)).toEqual(['account', 'person', 'message']);
    await simulated.stop();
    await listening;
  });

  it('serves the phone in a browser, its routes and extra files, and nothing outside of its folder', async () => {
    const uiDir = mkdtempSync(join(tmpdir(), 'phone-'));
    writeFileSync(join(uiDir, 'index.html'), '<title>Teléfono</title>');
    writeFileSync(join(uiDir, 'main.js'), 'let x;');
    const secret = join(mkdtempSync(join(tmpdir(), 'secret-')), 'people.json');
    writeFileSync(secret, '[]');
    const simulated = await simulation({ uiDir, files: { '/demo-people.json': secret, '/gone.json': `${secret}.gone` } });
    const call = caller(simulated);

    expect(await call('GET', '/')).toMatchObject({ status: 200, type: 'text/html; charset=utf-8', body: '<title>Teléfono</title>' });
    expect(await call('GET', '/main.js')).toMatchObject({ status: 200, type: 'text/javascript; charset=utf-8' });
    expect(await call('GET', '/chats/1', undefined, { accept: 'text/html' })).toMatchObject({ status: 200 });
    expect(await call('GET', '/demo-people.json')).toMatchObject({ status: 200, body: [] });
    expect(await call('GET', '/gone.json')).toMatchObject({ status: 404 });
    expect(await call('GET', `/..%2f..%2f${secret.slice(1).replaceAll('/', '%2f')}`)).toMatchObject({ status: 404 });
  });

  it('says so when the phone in a browser is not built', async () => {
    const simulated = await simulation();
    const { status, body } = await caller(simulated)('GET', '/');
    expect(status).toBe(200);
    expect(body).toContain('todavía no está compilada');
  });
});
