import { describe, expect, it } from 'vitest';
import { adviceFor, sendCauses } from './sending.js';

describe('advice about a message that did not go out', () => {
  it.each([
    ['ack-463', 'another-way'], ['ack-475', 'later'], ['ack-479', 'again'], ['ack-421', 'again'], ['not-on-whatsapp', 'check-number'],
    ['too-large', 'change'], ['file-missing', 'change'], ['file-refused', 'change'], ['no-ack', 'wait'], ['expired', 'again'],
  ] as const)('of %s is %s', (cause, advice) => expect(adviceFor(cause)).toBe(advice));

  it('is to write again after a refusal that nobody has explained, and to wait where nothing is known', () => {
    expect([adviceFor('ack-500'), adviceFor('sunspots'), adviceFor('toString')]).toEqual(['again', 'wait', 'wait']);
  });

  it('names each cause in the form that rows have', () => {
    for (const cause of Object.keys(sendCauses)) expect(cause).toMatch(/^(ack-\d{3}|[a-z]+(-[a-z]+)*)$/);
  });
});
