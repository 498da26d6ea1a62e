import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { crmFaults, type CrmFault } from '../customers.js';
import { admits, afterCall, healthRule, isOutage, newHealth, probing, type SystemHealth } from './health.js';

const NOW = 1_000_000;
const { opensAfter, closesAfter, restMs, probeMs } = healthRule;
const failing = (times: number, fault: CrmFault = 'timeout', from = newHealth(0)): SystemHealth =>
  Array.from({ length: times }).reduce<SystemHealth>((health) => afterCall(health, fault, NOW), from);
const down = failing(opensAfter);

describe('the health of an ISP system', () => {
  it('is down after several outages in a row, with the last fault and since when', () => {
    expect(failing(opensAfter - 1)).toMatchObject({ state: 'up', failures: opensAfter - 1, fault: 'timeout' });
    expect(down).toMatchObject({ state: 'down', sinceMs: NOW, fault: 'timeout', probeAtMs: NOW + restMs });
  });

  it('is not what one operation or our own haste says of it', () => {
    const others = crmFaults.filter((fault) => !isOutage(fault));
    expect(others).toEqual(['forbidden', 'bad-response', 'rate-limited', 'quota']);
    for (const fault of others) expect(failing(20, fault)).toEqual(newHealth(0));
  });

  it('lets nobody call while it rests, then one at a time, and another when that one is overdue', () => {
    expect(admits(newHealth(0), NOW)).toBe('call');
    expect(admits(down, NOW + restMs - 1)).toBe('nothing');
    expect(admits(down, NOW + restMs)).toBe('probe');
    const tried = probing(down, NOW + restMs);
    expect(admits(tried, NOW + restMs + 1)).toBe('nothing');
    expect(admits(tried, NOW + restMs + probeMs)).toBe('probe');
  });

  it('rests again when the one that tries fails, and is up after several that do not', () => {
    const again = afterCall(probing(down, NOW + restMs), 'unavailable', NOW + restMs + 10);
    expect(again).toMatchObject({ state: 'down', sinceMs: NOW, fault: 'unavailable', probeAtMs: NOW + 2 * restMs + 10 });
    let health = down;
    for (let nth = 1; nth < closesAfter; nth++) health = afterCall(health, undefined, NOW + restMs);
    expect(health).toMatchObject({ state: 'down', successes: closesAfter - 1 });
    expect(admits(health, NOW + restMs)).toBe('probe');
    expect(afterCall(health, undefined, NOW + restMs + 5)).toEqual({ ...newHealth(NOW + restMs + 5), okAtMs: NOW + restMs + 5 });
  });

  it('does not flap: whatever ends how, it goes down only after a run of failures and comes up only after a run of successes, rested', () => {
    const ends = fc.array(fc.record({ afterMs: fc.nat(20_000), fault: fc.option(fc.constantFrom(...crmFaults), { nil: undefined }) }), { minLength: 20, maxLength: 200 });
    fc.assert(fc.property(ends, (all) => {
      let [health, now] = [newHealth(0), 0];
      let heard: (CrmFault | undefined)[] = []; // what spoke of the system, newest last
      let downSince = 0;
      for (const { afterMs, fault } of all) {
        now += afterMs;
        const admitted = admits(health, now);
        if (admitted === 'nothing') continue;
        const before = admitted === 'probe' ? probing(health, now) : health;
        if (admitted === 'probe') expect(admits(before, now)).toBe('nothing');
        health = afterCall(before, fault, now);
        if (fault === undefined || isOutage(fault)) heard = [...heard, fault];
        if (before.state === 'up' && health.state === 'down') {
          expect(heard.slice(-opensAfter).every((one) => one !== undefined)).toBe(true);
          expect(heard.length).toBeGreaterThanOrEqual(opensAfter);
          downSince = now;
        }
        if (before.state === 'down' && health.state === 'up') {
          expect(heard.slice(-closesAfter).every((one) => one === undefined)).toBe(true);
          expect(now - downSince).toBeGreaterThanOrEqual(restMs);
        }
        if (before.state !== health.state) expect(health.sinceMs).toBe(now);
      }
    }), { numRuns: 200 });
  });

  it('stays up where every other call fails', () => {
    let health = newHealth(0);
    for (let nth = 0; nth < 50; nth++) health = afterCall(health, nth % 2 ? 'timeout' : undefined, nth);
    expect(health.state).toBe('up');
  });
});
