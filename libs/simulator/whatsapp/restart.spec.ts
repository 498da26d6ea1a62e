import { fork } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { client, linkedClient, simulation, ANA, BETO, BUSINESS } from './testing/simulation.js';
import { until } from './testing/until.js';

const folders: string[] = [];
const folder = () => folders[folders.push(mkdtempSync(join(tmpdir(), 'whatsapp-simulator-'))) - 1] ?? '';
afterEach(() => folders.splice(0).forEach((path) => rmSync(path, { recursive: true, force: true })));

describe('a network with a folder', () => {
  it('goes on after a restart: accounts, links, people, sessions, rules, chats and what waited', async () => {
    const stateDir = folder();
    const before = await simulation({ stateDir });
    before.network.changeRules({ readDelayMs: null, receiptDelayMs: 1 });
    before.network.putPerson(BETO, { name: 'Beto', hidePhone: true });
    const ana = before.network.putPerson(ANA, { name: 'Ana' });
    const first = await linkedClient(before);
    await before.network.personSends(ANA, BUSINESS, 'uno');
    await first.untilText('uno');
    await first.send(ana.lidJid, 'dos');
    await first.disconnect();
    await until(() => !before.network.accounts[0]?.online, 'the network notices');
    await before.network.personSends(ANA, BUSINESS, 'mientras no estaba');
    await before.stop();

    const after = await simulation({ stateDir });
    expect(after.network.rules).toMatchObject({ readDelayMs: null, lidChats: true });
    expect(after.network.people.map(({ number, hidePhone }) => [number, hidePhone])).toEqual([[ANA, false], [BETO, true]]);
    expect(after.network.ledger.chat(BUSINESS, ANA).map(({ text }) => text)).toEqual(['uno', 'dos', 'mientras no estaba']);

    const again = client(after);
    again.takeOver(first);
    again.connect();
    await again.untilText('mientras no estaba');
    await after.network.personSends(ANA, BUSINESS, 'tres');
    await again.untilText('tres');
    const { id } = await again.send(ana.lidJid, 'cuatro');
    await until(() => after.network.ledger.find('out', BUSINESS, ANA, id)?.text === 'cuatro', 'Ana can read it');

    const entries = after.network.ledger.after();
    expect(entries.every(({ retries, copies }) => retries === 0 && copies === 1)).toBe(true);
    expect(new Set(entries.map(({ order }) => order)).size).toBe(5);
  });

  it('loses nothing that anybody saw when it is killed', async () => {
    const stateDir = folder();
    const execArgv = ['--import', '@swc-node/register/esm-register'];
    const simulator = fork(new URL('./testing/serve.ts', import.meta.url), [stateDir], { execArgv });
    const url = await new Promise<string>((resolve) => simulator.once('message', (message) => resolve(message as string)));
    const exited = new Promise((resolve) => simulator.once('exit', resolve));
    const call = async (method: string, path: string, body: unknown) =>
      (await fetch(url + path, { method, body: JSON.stringify(body) })).json() as Promise<{ id: string }>;
    await call('PUT', `/accounts/${BUSINESS}`, { name: 'Fibra Sur' });
    await call('PUT', `/people/${ANA}`, { name: 'Ana' });
    const ids: string[] = [];
    for (let index = 0; index < 10; index++) {
      ids.push((await call('POST', `/people/${ANA}/messages`, { to: BUSINESS, text: `mensaje ${index}` })).id);
    }
    simulator.kill('SIGKILL');
    await exited;

    const { network } = await simulation({ stateDir });
    expect(network.ledger.chat(BUSINESS, ANA).map(({ id }) => id)).toEqual(ids);
  });

  it('and its clients understand each other after it was killed amid a chat', async () => {
    const stateDir = folder();
    const execArgv = ['--import', '@swc-node/register/esm-register'];
    const start = async (port = '0') => {
      const simulator = fork(new URL('./testing/serve.ts', import.meta.url), [stateDir, port], { execArgv });
      const controlUrl = await new Promise<string>((resolve) => simulator.once('message', (message) => resolve(message as string)));
      return { simulator, controlUrl, exited: new Promise((resolve) => simulator.once('exit', resolve)) };
    };
    const before = await start();
    const call = async (method: string, path: string, body?: unknown) =>
      (await fetch(before.controlUrl + path, { method, body: JSON.stringify(body) })).json() as Promise<{ lid: string }>;
    const says = (text: string) => call('POST', `/people/${ANA}/messages`, { to: BUSINESS, text });
    const device = client({ url: `${before.controlUrl.replace('http', 'ws')}/ws/chat` }).connect();
    await call('POST', `/accounts/${BUSINESS}/scan`, { qr: await device.untilQr() });
    await device.untilOpen();
    const jid = `${(await call('PUT', `/people/${ANA}`, { name: 'Ana' })).lid}@lid`;
    for (const text of ['uno', 'dos']) {
      await says(text);
      await device.untilText(text);
      await device.send(jid, `re ${text}`);
    }

    before.simulator.kill('SIGKILL');
    await before.exited;
    const after = await start(new URL(before.controlUrl).port);
    await says('tres');
    await device.untilText('tres');
    expect((await device.send(jid, 're tres')).error).toBeUndefined();

    const ledger = (await (await fetch(`${after.controlUrl}/ledger`)).json()) as { order: number; text: string; retries: number }[];
    const chat = ledger.toSorted((a, b) => a.order - b.order);
    expect(chat.map(({ text }) => text)).toEqual(['uno', 're uno', 'dos', 're dos', 'tres', 're tres']);
    expect(chat.every(({ retries }) => retries === 0)).toBe(true);
    after.simulator.kill('SIGTERM');
    await after.exited;
  });

  it('forgets everything by reset, also on disk', async () => {
    const stateDir = folder();
    const { network, stop } = await simulation({ stateDir });
    network.putPerson(ANA, { name: 'Ana' });
    network.changeRules({ tcToken: false });
    network.persist();
    network.reset();
    await stop();

    const after = await simulation({ stateDir });
    expect([after.network.people, after.network.accounts, after.network.rules.tcToken]).toEqual([[], [], true]);
  });
});

describe('reset', () => {
  it('closes the connections, whose links are gone', async () => {
    const simulated = await simulation();
    const device = await linkedClient(simulated);
    const closed = device.untilClosed();
    simulated.network.reset();
    expect(await closed).toMatchObject({ code: 401 });
  });
});
