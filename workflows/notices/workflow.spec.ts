import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { NoticeCommandKind } from '../../libs/domain/notices/notice.js';
import { waitFor } from '../../libs/testing/wait-for.js';
import { ScriptedWorld } from '../conversation/scripted-world.js';
import { wakeCallbacks } from '../notice-callbacks/client.js';
import { startOf as callbacksStartOf } from '../notice-callbacks/contract.js';
import { orderNotices, wakeNotices } from './client.js';
import { workflowId } from './contract.js';

const company = 'acme';
let world: ScriptedWorld;
let days = 0;

beforeAll(async () => {
  world = await ScriptedWorld.start(company);
});
afterAll(() => world.stop());

const notices = () => world.activities.notices;
const newDay = () => new Date(Date.UTC(2026, 0, ++days)).toISOString().slice(0, 10);
const ref = (day: string) => ({ company, channel: world.channel, day });
const client = () => world.environment.client.workflow;
const handle = (day: string) => client().getHandle(workflowId(ref(day)));
const isEnded = (day: string) => waitFor('its end', async () => (await handle(day).describe()).status.name === 'COMPLETED');
const order = (day: string, kind: NoticeCommandKind, notice?: string) =>
  orderNotices(client(), ref(day), kind, { command: randomUUID(), actor: randomUUID(), ...(notice === undefined ? {} : { notice }) });
const did = (day: string, entry: string) => waitFor(entry, () => notices().of(day).did.includes(entry));

describe('the workflow of a number’s day of notices', { timeout: 120_000 }, () => {
  it('looks until nothing is left, fetches files before what waits for them, and ends', async () => {
    const day = newDay();
    Object.assign(notices().of(day), { waiting: 3, files: 2 });
    await wakeNotices(client(), ref(day));
    await world.environment.sleep('2m');
    await isEnded(day);
    expect(notices().of(day).did).toEqual(['look running 3', 'fetch', 'look running 3', 'fetch', 'look running 3', 'look running 2', 'look running 1']);
    expect((await handle(day).describe()).searchAttributes).toMatchObject({ HiloCompany: [company], HiloState: ['ended'] });
  });

  it('looks at once when it hears of rows, and begins again after its end', async () => {
    const day = newDay();
    Object.assign(notices().of(day), { waiting: 2, forMs: 3_600_000 });
    await wakeNotices(client(), ref(day));
    await did(day, 'look running 2');
    await wakeNotices(client(), ref(day));
    await isEnded(day);
    notices().of(day).waiting = 1;
    await wakeNotices(client(), ref(day));
    await waitFor('the new run', () => notices().of(day).waiting === 0);
    await isEnded(day);
  });

  it('does what it is asked, at once and in turn, and looks after it', async () => {
    const day = newDay();
    Object.assign(notices().of(day), { waiting: 50, forMs: 3_600_000 });
    await wakeNotices(client(), ref(day));
    expect(await order(day, 'pause')).toEqual({ ok: true, state: 'paused' });
    await did(day, 'look paused 49');
    expect((await handle(day).describe()).searchAttributes).toMatchObject({ HiloState: ['paused'] });
    expect(await order(day, 'cancel-one', '12')).toEqual({ ok: false, reason: 'settled' });
    expect(await order(day, 'resume')).toEqual({ ok: true, state: 'running' });
    expect(await order(day, 'cancel')).toEqual({ ok: true, state: 'running' });
    await isEnded(day);
    await expect(order(day, 'resend', 'not an id')).rejects.toThrow();
  });

  it('continues as new on a long day, and loses nothing of it', async () => {
    const day = newDay();
    Object.assign(notices().of(day), { waiting: 200, forMs: 60_000 });
    await wakeNotices(client(), ref(day));
    const first = await handle(day).describe();
    await world.environment.sleep('4h');
    await isEnded(day);
    expect(notices().of(day).did.filter((entry) => entry.startsWith('look'))).toHaveLength(200);
    expect((await handle(day).describe()).runId).not.toBe(first.runId);
    expect((await handle(day).fetchHistory()).events!.length).toBeLessThan(600);
  });
});

describe('the workflow of a company’s callbacks', { timeout: 120_000 }, () => {
  const callbacks = () => client().getHandle(callbacksStartOf({ company }).workflowId);

  it('tells until nothing is due, waits as the rows say, and tells at once what comes meanwhile', async () => {
    notices().callbackWaits.push(0, 3_600_000);
    await wakeCallbacks(client(), { company });
    await waitFor('it waits', () => notices().told === 2);
    notices().callbackWaits.push(60_000);
    await wakeCallbacks(client(), { company });
    await waitFor('it is told at once', () => notices().told === 3);
    await world.environment.sleep('2m');
    await waitFor('its end', async () => (await callbacks().describe()).status.name === 'COMPLETED');
    expect(notices().told).toBe(4);
  });
});
