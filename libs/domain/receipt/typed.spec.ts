import { describe, expect, it } from 'vitest';
import { typedAmount, typedSearch } from './typed.js';

describe('what is typed to find a receipt', () => {
  it.each([
    ['$ 24.900', '24900.00'], ['24.900,50', '24900.50'], ['24,900.5', '24900.50'], ['24900', '24900.00'], ['ARS 1.234.567,89', '1234567.89'], ['0,5', '0.50'],
    ['6610229844716610', undefined], ['Ana', undefined], ['12-34', undefined], ['', undefined],
  ])('the amount in %j is %j', (text, amount) => expect(typedAmount(text)).toBe(amount));

  it('is a number with or without its spaces, once it has digits enough', () => {
    expect(typedSearch('6610 2298-4471')).toEqual({ words: ['6610', '2298-4471'], number: '661022984471' });
    expect(typedSearch('Ana 12')).toEqual({ words: ['Ana', '12'] });
  });
});
