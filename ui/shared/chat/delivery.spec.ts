import { expect, test } from 'vitest';
import { causeOf, tickOf } from './delivery';

test('each state of a message has an icon and a word; one that is not known is never shown as success', () => {
  expect(['queued', 'sent', 'delivered', 'read', 'failed', 'unknown'].map((state) => tickOf(state).words)).toEqual([
    'tick.queued', 'tick.sent', 'tick.delivered', 'tick.read', 'tick.failed', 'tick.unknown',
  ]);
  expect(tickOf('teleported').tick).toBe('unknown');
});

test('a refusal tells the code of the network; other causes have words of their own', () => {
  expect(causeOf('ack-463')).toEqual({ words: 'cause.refused-code', code: '463' });
  expect(causeOf('link-closed').words).toBe('cause.link-closed');
  expect(causeOf(undefined).words).toBe('cause.unspecified');
  expect(causeOf('sunspots').words).toBe('cause.unspecified');
});
