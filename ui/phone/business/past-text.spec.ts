import { expect, test } from 'vitest';
import { pastMessages } from './past-text';

const now = Date.UTC(2026, 10, 20, 12);

test('each line is a message, the business says those behind >, the last one is that many days old', () => {
  expect(pastMessages('hola\n\n> Buenas\n>\n gracias ', 2, now)).toEqual([
    { from: 'person', text: 'hola', at: '2026-11-18T11:58:00.000Z' },
    { from: 'account', text: 'Buenas', at: '2026-11-18T11:59:00.000Z' },
    { from: 'person', text: 'gracias', at: '2026-11-18T12:00:00.000Z' },
  ]);
});
