import { expect, test } from 'vitest';
import { matches } from './customer-search';

const marta = { name: 'Marta Giménez', number: '5493434000001' };

test('finds by part of the name without accents, and by part of the number however it is grouped', () => {
  for (const search of ['', 'gimenez', 'MARTA', '400-0001', '+54 9 343']) expect(matches(marta, search), search).toBe(true);
});

test('does not find somebody else', () => {
  for (const search of ['Hugo', '999', 'marta 9']) expect(matches(marta, search), search).toBe(false);
});
