import { expect, test } from 'vitest';
import { timeZones, zoneName } from './time-zones';

test('offers each zone once, the near ones first, and always the one that is set', () => {
  const { near, others } = timeZones('Etc/Nowhere', ['Europe/Madrid', 'America/Montevideo', 'Africa/Lagos']);
  expect(near).toContain('America/Montevideo');
  expect(others).toEqual(['Africa/Lagos', 'Etc/Nowhere', 'Europe/Madrid']);
});

test('names a zone by its city, with where it is', () => {
  expect(zoneName('America/Argentina/Buenos_Aires')).toBe('Buenos Aires (America, Argentina)');
  expect(zoneName('UTC')).toBe('UTC');
});
