import { expect, test } from 'vitest';
import { destinationOf } from './destination';

test('goes back to where the person was, query and all', () => {
  expect(destinationOf('?to=%2Fomnichat%3Fticket%3D7')).toBe('/omnichat?ticket=7');
});

test('goes home without a place to go back to, and rather than to the login again', () => {
  expect(destinationOf('')).toBe('/');
  expect(destinationOf('?to=%2Flogin%2F')).toBe('/');
});

test.each(['//evil.example', '/\\evil.example', 'https://evil.example', '/\t/evil.example', 'javascript:alert(1)'])('never leaves this site: %s', (to) => {
  expect(destinationOf(`?to=${encodeURIComponent(to)}`)).toBe('/');
});
