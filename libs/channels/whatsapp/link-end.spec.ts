import { describe, expect, it } from 'vitest';
import { banEndsMs, endOf, type LinkEnd } from './link-end.js';
import { Fenced } from './store.js';

const boom = (statusCode: number) => Object.assign(new Error('closed'), { output: { statusCode } });

describe('the end of a session', () => {
  it.each<[number, LinkEnd]>([
    [515, 'restart'],
    [440, 'replaced'],
    [401, 'logged-out'],
    [419, 'logged-out'],
    [403, 'banned'],
    [402, 'lost'],
    [428, 'lost'],
    [408, 'lost'],
    [500, 'lost'],
    [503, 'lost'],
  ])('with %i is %s', (status, expected) => expect(endOf(boom(status), true)).toBe(expected));

  it('by a lost lease is fenced', () => expect(endOf(new Fenced('epoch 3'), true)).toBe('fenced'));

  it('without a status is a loss to recover from', () => {
    expect(endOf(new Error('write ECONNRESET'), true)).toBe('lost');
    expect(endOf('odd', true)).toBe('lost');
  });

  it('while pairing is never a log-out, as there is nothing to be logged out of', () => {
    expect(endOf(boom(401), false)).toBe('lost');
  });

  it('by a temporary ban says until when, if the network did', () => {
    expect(banEndsMs(Object.assign(boom(402), { data: { expire: '3600' } }), 1_000)).toBe(3_601_000);
    expect(banEndsMs(Object.assign(boom(402), { data: {} }), 1_000)).toBeUndefined();
    expect(banEndsMs(Object.assign(boom(403), { data: { expire: '3600' } }), 1_000)).toBeUndefined();
  });
});
