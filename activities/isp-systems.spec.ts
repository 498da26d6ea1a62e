import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { CustomerOrder, CustomerQuery, QueryResult } from '../libs/domain/customers.js';
import { healthRule } from '../libs/domain/isp/health.js';
import { waitFor } from '../libs/testing/wait-for.js';
import { answers, never, ScriptedIsp } from './testing/scripted-isp.js';

const byPhone: CustomerQuery = { kind: 'by-phone', phone: '5493415550301' };
const account: CustomerQuery = { kind: 'account', customer: '7' };
const pay: CustomerOrder = {
  kind: 'pay', customer: '7', invoice: '1', amount: { amount: '100.00', currency: 'ARS' }, method: 'cash', reference: 'r1', paidAt: '2026-11-27T15:00:00Z', reactivate: true,
};
const down: QueryResult = { ok: false, reason: 'unavailable', fault: 'timeout' };

let isp: ScriptedIsp;

beforeAll(async () => {
  isp = await ScriptedIsp.start();
});
afterAll(() => isp.stop());
beforeEach(() => isp.reset());

const takeDown = async () => {
  isp.fail();
  for (let nth = 0; nth < healthRule.opensAfter; nth++) await isp.ask({ kind: 'account', customer: `down-${nth}` });
  isp.asked = [];
};

describe("a company's ISP system", () => {
  it('is the embedded book until another is activated', async () => {
    await isp.sql(`update isp_connections set active = false where company = 'ours'`);
    expect((await isp.ours()).system).toBe('embedded');
    expect((await isp.systems.of('theirs')).system).toBe('mikrowisp');
  });

  it('is opened once with the secrets of the company, and again when something else was saved', async () => {
    await isp.ask(byPhone);
    await isp.ask(account);
    expect(isp.opened).toMatchObject([{ settings: { url: 'https://ours.example', token: 'token-of-ours' }, deps: { defaultCountry: 'AR', currency: 'ARS', timeZone: 'America/Argentina/Buenos_Aires' } }]);
    await isp.sql(`update isp_connections set version = 2, settings = '{"url": "https://new.example"}' where company = 'ours'`);
    await isp.ours();
    expect(isp.opened.map(({ settings }) => (settings as { url: string }).url)).toEqual(['https://ours.example', 'https://new.example']);
    await isp.ask(byPhone, 'theirs');
    expect(isp.opened.at(-1)!.settings).toEqual({ url: 'https://theirs.example', token: 'token-of-theirs' });
  });

  it.each([
    ['whose secrets are sealed with a key that is not here', `secrets = '\\x00'`],
    ['whose settings this version does not take', `settings = '{}', version = 9`],
  ])('%s does not answer, and the company’s conversations go on', async (_, columns) => {
    await isp.sql(`update isp_connections set ${columns} where company = 'ours'`);
    const system = await isp.ours();
    expect([system.system, system.health, system.capabilities.has('account')]).toEqual(['mikrowisp', { state: 'down', fault: 'unavailable' }, true]);
    expect(await system.ask(account, never)).toMatchObject({ ok: false, reason: 'unavailable', cached: false });
    expect(await system.act(pay, never)).toEqual({ ok: false, reason: 'unavailable', fault: 'unavailable' });
    expect(isp.asked).toEqual([]);
    expect(await isp.ask(account, 'theirs')).toMatchObject({ ok: true });
  });

  it('is not asked what it cannot do', async () => {
    expect(await isp.ask({ kind: 'speed-test', customer: '7', service: '1' })).toMatchObject({ ok: false, reason: 'unsupported' });
    expect(await (await isp.ours()).act({ kind: 'suspend', customer: '7' }, never)).toEqual({ ok: false, reason: 'unsupported' });
    expect(isp.asked).toEqual([]);
  });

  it('is called with its own TLS option and time limit, whatever the adapter wanted', async () => {
    await isp.sql(`update isp_connections set tls_mode = 'insecure', limit_ms = 3000 where company = 'ours'`);
    isp.script.ask = async (query, deps) => {
      await deps.http({ url: 'https://isp.example/', timeoutMs: 60_000, tls: { mode: 'system' } });
      return answers(query);
    };
    await isp.ask(byPhone);
    expect(isp.requests).toMatchObject([{ timeoutMs: 3_000, tls: { mode: 'insecure' } }]);
  });

  it('that never answers is late, and one that throws is unavailable; neither says what was asked', async () => {
    await isp.sql(`update isp_connections set limit_ms = 1000 where company = 'ours'`);
    isp.script.ask = () => new Promise<never>(() => undefined);
    expect(await isp.ask(byPhone)).toMatchObject({ ok: false, reason: 'unavailable', fault: 'timeout' });
    isp.script.ask = () => Promise.reject(new Error(`nobody has 5493415550301`));
    expect(await isp.ask(byPhone)).toMatchObject({ ok: false, reason: 'unavailable', fault: 'unavailable' });
    expect(JSON.stringify(await isp.sql('select * from isp_errors'))).not.toContain('5493415550301');
  });

  it('leaves a caller who does not wait any more, and goes on for the others', async () => {
    let answer!: (result: QueryResult) => void;
    isp.script.ask = () => new Promise((resolve) => (answer = resolve));
    const system = await isp.ours();
    const leaving = new AbortController();
    const [left, stayed] = [system.ask(byPhone, leaving.signal), system.ask(byPhone, never)];
    await waitFor('the question', () => isp.asked.length > 0);
    leaving.abort(new Error('gone'));
    await expect(left).rejects.toThrow('gone');
    answer(answers(byPhone));
    expect(await stayed).toMatchObject({ ok: true, customers: [{ name: 'Ana Gómez' }] });
    expect(isp.asked).toHaveLength(1);
  });
});

describe('what it said', () => {
  it('is said again while it is fresh, with its age, and asked again after', async () => {
    expect(await isp.ask(account)).toMatchObject({ ok: true, cached: false, asOf: '2026-11-27T15:00:00.000Z' });
    isp.now += 59_000;
    expect(await isp.ask(account)).toMatchObject({ ok: true, cached: true, asOf: '2026-11-27T15:00:00.000Z' });
    isp.now += 2_000;
    expect(await isp.ask(account)).toMatchObject({ ok: true, cached: false, asOf: '2026-11-27T15:01:01.000Z' });
    expect(isp.asked).toHaveLength(2);
  });

  it('is neither waited for nor said again where money is moved on it, and what is said then is what others hear', async () => {
    await isp.ask(account);
    const now = async () => (await isp.ours()).ask(account, never, 'now');
    expect(await now()).toMatchObject({ ok: true, cached: false });
    isp.now += 1_000;
    expect(await now()).toMatchObject({ ok: true, cached: false, asOf: '2026-11-27T15:00:01.000Z' });
    expect(await isp.ask(account)).toMatchObject({ ok: true, cached: true, asOf: '2026-11-27T15:00:01.000Z' });
    isp.fail();
    expect(await now()).toMatchObject({ ok: false, reason: 'unavailable', cached: false });
  });

  it('is sealed, and is never another company’s', async () => {
    await isp.ask(byPhone);
    expect((await isp.sql<{ answer: Buffer }>('select answer from isp_cache')).map(({ answer }) => answer.toString('latin1')).join()).not.toContain('Ana');
    await isp.ask(byPhone, 'theirs');
    expect(isp.asked).toHaveLength(2);
  });

  it('is said when the system does not answer where it is who somebody is, not where it is what they owe', async () => {
    await isp.ask(byPhone);
    await isp.ask(account);
    isp.fail();
    isp.now += 20 * 60_000;
    expect(await isp.ask(byPhone)).toMatchObject({ ok: true, cached: true, asOf: '2026-11-27T15:00:00.000Z', customers: [{ name: 'Ana Gómez' }] });
    expect(await isp.ask(account)).toMatchObject({ ok: false, reason: 'unavailable', fault: 'timeout', cached: false });
    isp.now += 25 * 3_600_000;
    expect(await isp.ask(byPhone)).toMatchObject({ ok: false, reason: 'unavailable' });
  });

  it('is not kept where it is a failure or measured now', async () => {
    isp.fail();
    await isp.ask(byPhone);
    isp.script.ask = () => Promise.resolve({ ok: false, reason: 'not-found' });
    await isp.ask(account);
    isp.script.ask = () => Promise.resolve({ ok: true, kind: 'connection', connection: { status: 'active', online: true } });
    await isp.ask({ kind: 'connection', customer: '7', service: '1' });
    expect(await isp.sql('select * from isp_cache')).toEqual([]);
  });

  it('of a customer ends with an order that changes them, also what was asked before and comes after', async () => {
    await isp.ask(account);
    await isp.ask(byPhone);
    await isp.ask({ kind: 'account', customer: '8' });
    let answer!: (result: QueryResult) => void;
    isp.script.ask = () => new Promise((resolve) => (answer = resolve));
    expect(await isp.ask(account)).toMatchObject({ cached: true });
    isp.now += 61_000;
    const before = isp.ask(account);
    await waitFor('the question', () => isp.asked.length === 4);
    expect(await (await isp.ours()).act(pay, never)).toEqual({ ok: true, done: 'now' });
    answer(answers(account));
    await before;
    isp.script.ask = (query) => Promise.resolve(answers(query));
    expect(await isp.ask(account)).toMatchObject({ cached: false });
    isp.now += 1_000;
    expect(await isp.ask(byPhone)).toMatchObject({ cached: false });
  });

  it('is asked anew after an order, also while an older question is still being answered', async () => {
    const waiting: ((result: QueryResult) => void)[] = [];
    isp.script.ask = () => new Promise((resolve) => waiting.push(resolve));
    isp.script.act = () => Promise.resolve({ ok: true, done: 'now' });
    const system = await isp.ours();
    const before = system.ask(account, never);
    await waitFor('the question', () => waiting.length === 1);
    await system.act(pay, never);
    const after = system.ask(account, never);
    await waitFor('another question', () => waiting.length === 2);
    waiting.forEach((answer) => answer(answers(account)));
    expect([(await before).ok, (await after).ok]).toEqual([true, true]);
  });

  it('gets orders about one customer one after the other, whoever gives up, and of others meanwhile', async () => {
    const begun: string[] = [];
    const finish = new Map<string, () => void>();
    isp.script.act = (order) => {
      const { reference } = order as { reference: string };
      begun.push(reference);
      return new Promise((resolve) => finish.set(reference, () => resolve({ ok: true, done: 'now' })));
    };
    const system = await isp.ours();
    const leaving = new AbortController();
    const first = system.act(pay, never);
    await waitFor('the first order', () => begun.length === 1);
    const left = system.act({ ...pay, reference: 'r2' }, leaving.signal);
    const third = system.act({ ...pay, reference: 'r3' }, never);
    const other = system.act({ ...pay, customer: '8', reference: 'r4' }, never);
    await waitFor('the other customer’s', () => begun.includes('r4'));
    leaving.abort(new Error('gone'));
    await expect(left).rejects.toThrow('gone');
    expect(begun).toEqual(['r1', 'r4']);
    finish.get('r1')!();
    await waitFor('the third', () => begun.includes('r3'));
    finish.get('r3')!();
    finish.get('r4')!();
    expect(await Promise.all([first, third, other])).toEqual(Array.from({ length: 3 }, () => ({ ok: true, done: 'now' })));
    expect(begun).toEqual(['r1', 'r4', 'r3']);
  });

  it('is asked once by many at a time', async () => {
    const system = await isp.ours();
    await Promise.all(Array.from({ length: 20 }, () => system.ask(account, never)));
    expect(isp.asked).toHaveLength(1);
  });
});

describe('its health', () => {
  it('is down after failures in a row: nobody is kept waiting, until one call tries and two have worked', async () => {
    await takeDown();
    expect((await isp.ours()).health).toMatchObject({ state: 'down', fault: 'timeout', since: '2026-11-27T15:00:00.000Z' });
    isp.script.ask = (query) => Promise.resolve(answers(query));
    expect(await isp.ask(account)).toMatchObject({ ok: false, reason: 'unavailable', fault: 'timeout' });
    expect(await (await isp.ours()).act(pay, never)).toEqual({ ok: false, reason: 'unavailable', fault: 'timeout' });
    expect(isp.asked).toEqual([]);
    isp.now += healthRule.restMs;
    expect(await isp.ask(account)).toMatchObject({ ok: true });
    expect((await isp.ours()).health).toMatchObject({ state: 'down' });
    expect(await isp.ask({ kind: 'account', customer: '8' })).toMatchObject({ ok: true });
    expect((await isp.ours()).health).toEqual({ state: 'up', since: new Date(isp.now).toISOString() });
  });

  it('lets one of many try', async () => {
    await takeDown();
    isp.now += healthRule.restMs;
    let answer!: (result: QueryResult) => void;
    isp.script.ask = () => new Promise((resolve) => (answer = resolve));
    const all = Array.from({ length: 8 }, (_, nth) => isp.ask({ kind: 'account', customer: `many-${nth}` }));
    await waitFor('one that tries', () => isp.asked.length === 1);
    answer(down);
    expect((await Promise.all(all)).every((one) => !one.ok)).toBe(true);
    expect(isp.asked).toHaveLength(1);
  });

  it('is not worse for what concerns one operation, nor for what it does not know', async () => {
    isp.fail('bad-response');
    for (let nth = 0; nth < 5; nth++) await isp.ask({ kind: 'account', customer: `bad-${nth}` });
    isp.script.ask = () => Promise.resolve({ ok: false, reason: 'not-found' });
    for (let nth = 0; nth < 5; nth++) await isp.ask({ kind: 'account', customer: `unknown-${nth}` });
    expect((await isp.ours()).health).toMatchObject({ state: 'up' });
    expect(await isp.sql('select kind, operation, fault, times from isp_errors')).toEqual([{ kind: 'fault', operation: 'account', fault: 'bad-response', times: 5 }]);
  });

  it("is each company's own, and a test that works helps it up", async () => {
    await takeDown();
    expect((await isp.systems.of('theirs')).health).toEqual({ state: 'up' });
    const system = await isp.ours();
    expect(await system.test(never)).toEqual({ ok: true, ms: 5 });
    await system.test(never);
    expect((await isp.ours()).health).toMatchObject({ state: 'up' });
  });
});
