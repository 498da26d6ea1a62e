import { describe, expect, it } from 'vitest';
import { OrdinaryWhatsApp } from '../../libs/channels/whatsapp/pairing.js';
import { Reconnecting, RestartAsked } from './reconnecting.js';

const boom = (statusCode: number) => Object.assign(new Error('closed'), { output: { statusCode } });
const stood = { stoodMs: 60_000, wasLinked: true };
const failed = { stoodMs: 0, wasLinked: true };
/** Draws the longest waits. */
const slow = () => new Reconnecting(() => 1);

describe('after a session', () => {
  it.each([
    ['the phone logged it out', boom(401), { kind: 'over', state: 'logged-out', reason: 'logged-out' }],
    ['WhatsApp blocked the number', boom(403), { kind: 'over', state: 'logged-out', reason: 'banned' }],
    ['the phone has ordinary WhatsApp', new OrdinaryWhatsApp('no'), { kind: 'over', state: 'refused', reason: 'ordinary-whatsapp' }],
    ['somebody asked for a restart', new RestartAsked('asked'), { kind: 'again', waitMs: 0 }],
    ['the connection was lost', boom(428), { kind: 'again', waitMs: 1_000 }],
    ['the network sent a stream error', boom(515), { kind: 'again', waitMs: 1_000 }],
    ['another connection took over', boom(440), { kind: 'again', waitMs: 4_000 }],
    ['the network turns the login away', boom(503), { kind: 'again', waitMs: 4_000 }],
  ])('that ended because %s', (_why, error, next) => expect(slow().after(error, stood)).toEqual(next));

  it('of pairing, the next one begins at once, and a 401 there logs nobody out', () => {
    expect(slow().after(boom(515), { stoodMs: 0, wasLinked: false })).toEqual({ kind: 'again', waitMs: 0 });
    expect(slow().after(boom(401), { stoodMs: 0, wasLinked: false })).toMatchObject({ kind: 'again' });
  });

  it('that failed, waits grow up to 5 s, and to a minute where the network says no', () => {
    const waits = (error: Error) => {
      const reconnecting = slow();
      return Array.from({ length: 6 }, () => reconnecting.after(error, failed)).map((next) => (next.kind === 'again' ? next.waitMs : next.kind));
    };
    expect(waits(boom(408))).toEqual([1_000, 2_000, 4_000, 5_000, 5_000, 5_000]);
    expect(waits(boom(429))).toEqual([4_000, 8_000, 16_000, 32_000, 60_000, 60_000]);
  });

  it('that stood, waits begin anew; and who looks at the number is told what the trouble is', () => {
    const reconnecting = slow();
    for (let nth = 0; nth < 4; nth++) reconnecting.after(boom(503), failed);
    expect(reconnecting.trouble).toBe('refused-for-now');
    expect(reconnecting.after(boom(440), stood)).toEqual({ kind: 'again', waitMs: 4_000 });
    expect(reconnecting.trouble).toBe('replaced');
    reconnecting.after(boom(428), failed);
    expect(reconnecting.trouble).toBeUndefined();
  });
});
