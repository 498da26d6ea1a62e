import { expect, test } from 'vitest';
import { dayText } from './calendar-day';

test('a due date is the day that it says, wherever it is read', () => {
  expect(dayText('2026-12-01', 'es-AR')).toMatch(/^1 dic/);
  expect(dayText('2026-12-31T00:00:00.000Z', 'en')).toBe('Dec 31');
});
