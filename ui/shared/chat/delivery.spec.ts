import { expect, test } from 'vitest';
import type { SendCause } from '../../../libs/domain/sending';
import { causeOf, tickOf } from './delivery';
import { en } from './i18n/en';

test('each state of a message has an icon and a word; one that is not known is never shown as success', () => {
  expect(['queued', 'sent', 'delivered', 'read', 'failed', 'unknown'].map((state) => tickOf(state).words)).toEqual([
    'tick.queued', 'tick.sent', 'tick.delivered', 'tick.read', 'tick.failed', 'tick.unknown',
  ]);
  expect(tickOf('teleported').tick).toBe('unknown');
});

/** The compiler holds this list to the one of the domain. */
const causes: Record<SendCause, true> = {
  'ack-463': true, 'ack-475': true, 'ack-479': true, 'ack-421': true, 'ack-429': true, 'ack-402': true, 'not-on-whatsapp': true, 'no-address': true,
  'too-large': true, 'file-refused': true, 'file-missing': true, 'file-unreachable': true, 'upload-failed': true, 'upload-given-up': true, uploading: true,
  'target-missing': true, 'kind-not-sendable': true, stopped: true, 'owner-wrote': true, 'duplicate-text': true,
  expired: true, 'no-ack': true, 'link-closed': true, 'send-failed': true, database: true, unlinked: true,
};

test('every cause that a row may name has words in each language', () => {
  for (const cause of Object.keys(causes)) {
    expect(causeOf(cause)).toEqual({ words: `cause.${cause}`, code: '' });
    expect(en[causeOf(cause).words]).not.toBe('');
  }
});

test('a refusal that nobody has explained tells the code of the network', () => {
  expect(causeOf('ack-500')).toEqual({ words: 'cause.refused-code', code: '500' });
  expect(causeOf('link-closed').words).toBe('cause.link-closed');
  expect(causeOf(undefined).words).toBe('cause.unspecified');
  expect(causeOf('sunspots').words).toBe('cause.unspecified');
});
