import { describe, expect, it } from 'vitest';
import { standingOfAck, standingOfCap, standingOfLock } from './restrictions.js';

describe('what the network says about a number', () => {
  it('is a lock on starting chats until it says so', () => {
    const until = new Date('2026-03-02T15:00:00Z');
    expect(standingOfLock({ isActive: true, timeEnforcementEnds: until })).toEqual([
      { kind: 'restricted', signal: 'reachout-lock', untilMs: until.getTime() }, { kind: 'lifted', signals: ['no-new-chats'] }]);
    expect(standingOfLock({ isActive: true })).toMatchObject([{ kind: 'restricted', signal: 'reachout-lock' }, { kind: 'lifted' }]);
    expect(standingOfLock({ isActive: false })).toEqual([{ kind: 'lifted', signals: ['reachout-lock'] }]);
  });

  it.each([
    [{ capping_status: 'CAPPED', cycle_end_timestamp: '1772463600' }, { kind: 'restricted', signal: 'message-cap', untilMs: 1_772_463_600_000 }],
    [{ capping_status: 'CAPPED' }, { kind: 'restricted', signal: 'message-cap' }],
    [{ capping_status: 'SECOND_WARNING' }, { kind: 'lifted', signals: ['message-cap', 'new-chat-quota'] }],
    [{ capping_status: 'NONE' }, { kind: 'lifted', signals: ['message-cap', 'new-chat-quota'] }],
    [{ total_quota: 100, used_quota: 100 }, undefined],
  ])('of its quota of new chats: %o', (cap, standing) => expect(standingOfCap(cap as Parameters<typeof standingOfCap>[0])).toEqual(standing));

  it.each([
    ['463', 'no-new-chats'], ['475', 'new-chat-quota'], ['429', 'too-fast'], ['402', 'temporary-ban'], ['479', undefined], ['421', undefined], [undefined, undefined],
  ])('in an ack with %s', (error, signal) => {
    const attrs = { id: '3EB0', class: 'message', from: '1@lid', ...(error ? { error } : {}) };
    expect(standingOfAck({ tag: 'ack', attrs })).toEqual(signal && { kind: 'restricted', signal });
  });
});
