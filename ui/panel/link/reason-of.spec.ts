import { expect, test } from 'vitest';
import { en } from './i18n/en';
import { es } from './i18n/es';
import { reasonOf } from './reason-of';

const now = Date.parse('2026-03-02T12:00:00Z');
const later = '2026-03-02T13:00:00Z';
const linked = { state: 'linked', stateReason: null } as const;

test.each([
  [{ state: 'logged-out', stateReason: 'logged-out' }, 'reason.logged-out'],
  [{ state: 'logged-out', stateReason: 'banned' }, 'reason.banned'],
  [{ state: 'refused', stateReason: 'ordinary-whatsapp' }, 'reason.refused'],
  [{ state: 'connecting', stateReason: 'replaced' }, 'reason.replaced'],
  [{ state: 'connecting', stateReason: 'refused-for-now' }, 'reason.refused-for-now'],
  [{ state: 'connecting', stateReason: null }, undefined],
  [{ state: 'waiting', stateReason: null }, undefined],
  [linked, undefined],
  [{ ...linked, restriction: { stops: 'first-contacts', signal: 'reachout-lock', until: later } }, 'restricted.first-contacts'],
  [{ ...linked, restriction: { stops: 'everything', signal: 'temporary-ban', until: later } }, 'restricted.everything'],
  [{ ...linked, restriction: { stops: 'bulk', signal: 'too-fast', until: '2026-03-02T11:59:59Z' } }, undefined],
] as const)('%o says %s, in both languages', (channel, title) => {
  const reason = reasonOf(channel, now);
  expect(reason?.title).toBe(title);
  if (reason) for (const words of [es, en]) expect(words[reason.title] && words[reason.what]).toBeTruthy();
});
