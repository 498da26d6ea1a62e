import { expect, test } from 'vitest';
import { placeIn } from './place-text';

test('reads coordinates as maps copy them', () => {
  expect(placeIn('-31.7333, -60.5297')).toEqual({ lat: -31.7333, lng: -60.5297 });
  expect(placeIn(' 4 -74 ')).toEqual({ lat: 4, lng: -74 });
});

test('refuses what is no place on Earth', () => {
  for (const typed of ['', 'Paraná', '-31.7333', '91, 0', '0, 181', '1, 2, 3']) expect(placeIn(typed), typed).toBeUndefined();
});
