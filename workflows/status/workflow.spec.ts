import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { waitFor } from '../../libs/testing/wait-for.js';
import { missedPolicies, ON_TIME_MS, STATUS_LIVES_MS, type MissedPolicy } from '../../libs/domain/status/status.js';
import { ScriptedWorld } from '../conversation/scripted-world.js';
import { orderStatus } from './client.js';
import { workflowId, type StatusOrderKind } from './contract.js';

const company = 'acme';
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
let world: ScriptedWorld;

beforeAll(async () => {
  world = await ScriptedWorld.start(company);
});
afterAll(() => world.stop());

const statuses = () => world.activities.statuses;
const now = () => world.environment.currentTimeMs();
const order = (id: string, kind: StatusOrderKind, command: string = randomUUID()) =>
  orderStatus(world.environment.client.workflow, { company, status: id, channel: world.channel }, kind, { command, actor: randomUUID() });
const handle = (id: string) => world.environment.client.workflow.getHandle(workflowId(company, id));
const runState = async (id: string) => (await handle(id).describe()).status.name;

/** A status that is to be published in so many ms. */
async function planned(inMs: number, policy: MissedPolicy = 'ask'): Promise<string> {
  const { id, command } = statuses().draft((await now()) + inMs, policy);
  expect(await order(id, 'create', command)).toEqual({ ok: true, state: 'scheduled' });
  return id;
}
const stateOf = (id: string) => statuses().of(id).state;
const until = (id: string, state: string) => waitFor(`it is ${state}`, () => stateOf(id) === state);

describe('the status workflow', { timeout: 120_000 }, () => {
  it('waits for its time, publishes once, and ends a day later', async () => {
    const id = await planned(2 * HOUR);
    const { publishAtMs, sent } = statuses().of(id);
    await world.environment.sleep('119m');
    expect(stateOf(id)).toBe('scheduled');
    await world.environment.sleep('2m');
    await until(id, 'published');
    expect(sent).toHaveLength(1);
    expect(sent[0]! - publishAtMs!).toBeLessThan(MINUTE);
    await world.environment.sleep('23h');
    expect(await runState(id)).toBe('RUNNING');
    await world.environment.sleep('1h');
    await until(id, 'expired');
    await waitFor('its end', async () => (await runState(id)) === 'COMPLETED');
    expect((await handle(id).describe()).searchAttributes).toMatchObject({ HiloCompany: [company], HiloState: ['expired'] });
  });

  it('can be moved and cancelled before, is refused both in words afterwards, and is taken back from everybody', async () => {
    const [moved, cancelled] = [await planned(HOUR), await planned(HOUR)];
    const command = randomUUID();
    const later = (await now()) + 3 * HOUR;
    statuses().of(moved).drafts.set(command, later);
    expect(await order(moved, 'edit', command)).toEqual({ ok: true, state: 'scheduled' });
    expect(await order(cancelled, 'cancel')).toEqual({ ok: true, state: 'cancelled' });
    await world.environment.sleep('2h');
    expect([stateOf(moved), stateOf(cancelled)]).toEqual(['scheduled', 'cancelled']);
    await world.environment.sleep('62m');
    await until(moved, 'published');
    expect(statuses().of(moved).sent[0]).toBeGreaterThanOrEqual(later);
    expect(await order(moved, 'cancel')).toEqual({ ok: false, reason: 'published' });
    expect(await order(cancelled, 'publish')).toEqual({ ok: false, reason: 'ended' });
    expect(await order(moved, 'remove')).toEqual({ ok: true, state: 'removing' });
    await until(moved, 'removed');
    expect(await order(moved, 'remove')).toEqual({ ok: false, reason: 'ended' });
  });

  it('says that the network refused it, and goes out again only when somebody wants that', async () => {
    const { id, command } = statuses().draft(await now());
    statuses().of(id).answers.push({ state: 'failed', cause: 'ack-479' });
    await order(id, 'create', command);
    await until(id, 'failed');
    await waitFor('its end', async () => (await runState(id)) === 'COMPLETED');
    expect(statuses().of(id)).toMatchObject({ cause: 'ack-479', sent: [expect.any(Number)] });
    expect(await order(id, 'retry')).toEqual({ ok: true, state: 'scheduled' });
    await until(id, 'published');
    expect(statuses().of(id).sent).toHaveLength(2);
  });

  it('asks three times when the network says nothing, then it is unknown; a day later it ends', async () => {
    const { id, command } = statuses().draft(await now());
    for (let time = 0; time < 5; time++) statuses().of(id).answers.push({ state: 'unknown', cause: 'no-ack' });
    await order(id, 'create', command);
    await world.environment.sleep('4m');
    await until(id, 'unknown');
    expect(statuses().of(id)).toMatchObject({ cause: 'no-ack' });
    expect(statuses().of(id).sent).toHaveLength(3);
    await world.environment.sleep('25h');
    await waitFor('its end', async () => (await runState(id)) === 'COMPLETED');
    expect(stateOf(id)).toBe('unknown');
  });

  it('can be cancelled while it waits for its number, and then does not go out when the number is back', async () => {
    const at = await now();
    statuses().offline = { fromMs: at, untilMs: at + 3 * HOUR };
    const id = await planned(0, 'late');
    await world.environment.sleep('30m');
    expect(await order(id, 'cancel')).toEqual({ ok: true, state: 'cancelled' });
    await world.environment.sleep('4h');
    expect(statuses().of(id)).toMatchObject({ state: 'cancelled', sent: [] });
    statuses().offline = undefined;
  });

  it('is not made of a command that nothing was accepted under', async () => {
    await expect(order(randomUUID(), 'create')).rejects.toThrow();
    await expect(order(randomUUID(), 'cancel', 'no id')).rejects.toThrow();
  });
});

/** Where the due time lies within the outage that lasts from 0 to 3 hours, in ms. */
const moments = [-10 * MINUTE, 0, 1, 90 * MINUTE, 3 * HOUR - ON_TIME_MS - MINUTE, 3 * HOUR - ON_TIME_MS + MINUTE, 3 * HOUR, 3 * HOUR + 10 * MINUTE];

/** What has become of each, when the outage is over and nobody has said anything. */
function expected(dueMs: number, policy: MissedPolicy): 'published' | 'failed' | 'missed' {
  const isOnTime = dueMs < 0 || dueMs + ON_TIME_MS > 3 * HOUR;
  if (isOnTime || policy === 'late') return 'published';
  return policy === 'skip' ? 'failed' : 'missed';
}

describe('an outage of the number', () => {
  it('at each moment around the due time ends once, as the company wants it', { timeout: 180_000 }, async () => {
    const startsMs = (await now()) + HOUR;
    const plans = missedPolicies.flatMap((policy) => moments.map((dueMs) => ({ policy, dueMs })));
    const ids = await Promise.all(plans.map(({ policy, dueMs }) => planned(HOUR + dueMs, policy)));
    statuses().offline = { fromMs: startsMs, untilMs: startsMs + 3 * HOUR };
    await world.environment.sleep(startsMs - (await now()) + 3 * HOUR + 30 * MINUTE);
    for (const [index, { policy, dueMs }] of plans.entries()) {
      const where = `${policy}, due ${dueMs / MINUTE} min after the beginning`;
      await waitFor(where, () => stateOf(ids[index]!) !== 'scheduled');
      expect(`${where}: ${stateOf(ids[index]!)}`).toBe(`${where}: ${expected(dueMs, policy)}`);
      expect(statuses().of(ids[index]!).sent, where).toHaveLength(expected(dueMs, policy) === 'published' ? 1 : 0);
    }
    const asked = ids.filter((id) => stateOf(id) === 'missed');
    expect(await order(asked[0]!, 'publish')).toEqual({ ok: true, state: 'scheduled' });
    await until(asked[0]!, 'published');
    await world.environment.sleep(STATUS_LIVES_MS);
    for (const id of asked.slice(1)) await until(id, 'failed');
  });
});

/** Without a worker nothing is looked at: the first look, at the end of the outage, finds a time that has passed. */
describe('an outage of every worker', () => {
  it.each([
    [ON_TIME_MS - MINUTE, { late: 'published', skip: 'published', ask: 'published' }],
    [ON_TIME_MS + 1, { late: 'published', skip: 'failed', ask: 'missed' }],
    [STATUS_LIVES_MS - HOUR, { late: 'published', skip: 'failed', ask: 'missed' }],
    [STATUS_LIVES_MS + 1, { late: 'failed', skip: 'failed', ask: 'failed' }],
  ] as const)('that ends %i ms after the due time', async (lateMs, outcome) => {
    for (const policy of missedPolicies) {
      const id = await planned(-lateMs, policy);
      await until(id, outcome[policy]);
      expect(statuses().of(id).sent).toHaveLength(outcome[policy] === 'published' ? 1 : 0);
    }
  });
});
