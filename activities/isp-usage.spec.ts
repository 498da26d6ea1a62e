import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { CrmDeps } from '../libs/crm/crm-deps.js';
import type { CustomerOrder, CustomerQuery } from '../libs/domain/customers.js';
import { answers, never, ScriptedIsp } from './testing/scripted-isp.js';

const byPhone: CustomerQuery = { kind: 'by-phone', phone: '5493415550301' };
const account: CustomerQuery = { kind: 'account', customer: '7' };
const pay: CustomerOrder = {
  kind: 'pay', customer: '7', amount: { amount: '100.00', currency: 'ARS' }, method: 'cash', reference: 'r1', paidAt: '2026-11-27T15:00:00Z', reactivate: true,
};
/** One request, as an adapter makes it. */
const request = (deps: CrmDeps, signal?: AbortSignal) => deps.http({ url: 'https://isp.example/api', ...(signal ? { signal } : {}) });

let isp: ScriptedIsp;

beforeAll(async () => {
  isp = await ScriptedIsp.start();
});
afterAll(() => isp.stop());
beforeEach(() => isp.reset());

describe('what asking costs', () => {
  beforeEach(() => {
    isp.script.ask = async (query, deps, signal) => {
      await request(deps, signal);
      await request(deps, signal);
      return answers(query);
    };
  });
  const usage = async () => (await isp.sql<{ day: string; requests: number }>(`select day::text, requests from isp_usage where company = 'ours' order by day`));
  const different = (nth: number): CustomerQuery => ({ kind: 'account', customer: `c${nth}` });

  it('is counted by the request and by the day of the company', async () => {
    await isp.ask(different(1));
    isp.now = Date.parse('2026-11-28T02:59:00Z'); // still the 27th in Buenos Aires
    await isp.ask(different(2));
    isp.now += 120_000;
    await isp.ask(different(3));
    expect(await usage()).toEqual([{ day: '2026-11-27', requests: 4 }, { day: '2026-11-28', requests: 2 }]);
  });

  it('stops at the budget of the day, exactly, and says so; the system is not to blame', async () => {
    await isp.sql(`update isp_connections set budget_day = 5 where company = 'ours'`);
    const all = await Promise.all([1, 2, 3, 4, 5].map((nth) => isp.ask(different(nth))));
    expect(all.filter((one) => one.ok).length).toBeLessThanOrEqual(2);
    expect(all.filter((one) => !one.ok)).toEqual(all.filter((one) => !one.ok).map(() => expect.objectContaining({ reason: 'unavailable', fault: 'quota' }) as unknown));
    expect(isp.requests).toHaveLength(5);
    expect((await isp.ours()).health).toMatchObject({ state: 'up' });
    isp.now += 86_400_000;
    expect(await isp.ask(different(9))).toMatchObject({ ok: true });
  });

  it('stops at the budget of a month that begins when the vendor’s does', async () => {
    await isp.sql(`update isp_connections set budget_month = 4, month_starts_on = 28 where company = 'ours'`);
    await isp.ask(different(1));
    await isp.ask(different(2));
    expect(await isp.ask(different(3))).toMatchObject({ ok: false, fault: 'quota' });
    isp.now += 86_400_000; // the 28th
    expect(await isp.ask(different(4))).toMatchObject({ ok: true });
  });

  it('does not stop what changes something', async () => {
    await isp.sql(`update isp_connections set budget_day = 1 where company = 'ours'`);
    isp.script.act = async (_, deps) => {
      for (let nth = 0; nth < 3; nth++) await request(deps);
      return { ok: true, done: 'now' };
    };
    expect(await (await isp.ours()).act(pay, never)).toEqual({ ok: true, done: 'now' });
    expect(await usage()).toMatchObject([{ requests: 3 }]);
  });

  it('is spread over time: no more at once, and no more a second, than the connection says', async () => {
    await isp.sql(`update isp_connections set per_second = 10, at_once = 2 where company = 'ours'`);
    let [running, most] = [0, 0];
    const sentAt: number[] = [];
    const slow = isp.over(async ({ url }) => {
      [running, most] = [running + 1, Math.max(most, running + 1)];
      sentAt.push(performance.now());
      await new Promise((resolve) => setTimeout(resolve, 5));
      running -= 1;
      return { status: 200, headers: {}, body: new Uint8Array(), url };
    });
    const system = await slow.of('ours');
    await Promise.all(Array.from({ length: 7 }, (_, nth) => system.ask(different(nth), never)));
    expect(most).toBeLessThanOrEqual(2);
    // A second's worth at once, the rest a tenth of a second apart.
    expect(sentAt).toHaveLength(14);
    expect(sentAt.at(-1)! - sentAt[0]!).toBeGreaterThanOrEqual(250);
  });
});

describe('what is written of it', () => {
  it('has names of unknown fields once, errors counted, and the newest fifty', async () => {
    isp.script.ask = (query, deps) => {
      deps.report?.({ operation: 'GetClientsDetails', fields: ['ppp_new', 'zona2'] });
      return Promise.resolve(answers(query));
    };
    await isp.ask(account);
    await isp.ask(byPhone);
    expect(await isp.sql('select kind, operation, detail, times from isp_errors')).toEqual([{ kind: 'unmapped', operation: 'GetClientsDetails', detail: 'ppp_new, zona2', times: 2 }]);
    for (let nth = 0; nth < 60; nth++) {
      isp.now += 1_000;
      isp.script.test = () => Promise.resolve({ ok: false, ms: 1, fault: 'html', detail: `page ${nth}` });
      await (await isp.ours()).test(never);
    }
    const all = await isp.sql<{ detail: string }>('select detail from isp_errors order by last_at desc');
    expect([all.length, all[0]!.detail]).toEqual([50, 'page 59']);
  });
});

describe('settings that are not saved', () => {
  const draft = { system: 'mikrowisp', settings: { url: 'https://typed.example', token: 'typed' }, tls: { mode: 'system' as const }, limitMs: 1_000, perSecond: 10, atOnce: 2 };

  it('are tried as typed, and nothing is written of it', async () => {
    isp.script.test = async (deps) => {
      await request(deps);
      return { ok: false, ms: 3, fault: 'auth' };
    };
    expect(await isp.systems.tryOut('ours', draft, never)).toEqual({ ok: false, ms: 3, fault: 'auth' });
    expect(isp.opened).toMatchObject([{ settings: { url: 'https://typed.example', token: 'typed' } }]);
    expect([...await isp.sql('select * from isp_errors'), ...await isp.sql('select * from isp_usage')]).toEqual([]);
  });

  it('that are not what the system takes are refused', async () => {
    await expect(isp.systems.tryOut('ours', { ...draft, settings: { url: 'no' } }, never)).rejects.toThrow();
  });
});
