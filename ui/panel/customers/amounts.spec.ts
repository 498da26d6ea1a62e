import { expect, it } from 'vitest';
import { amountOf, typedAmount } from './amounts';

it.each([
  ['27.900,50', '27900.50'], ['27900.5', '27900.5'], ['27.900', '27900'], ['$ 1.234.567', '1234567'], ['0,01', '0.01'], ['1,005', undefined], ['', undefined], ['-5', undefined], ['mil', undefined],
])('«%s» is %s', (typed, amount) => expect(amountOf(typed)).toBe(amount));

it('is typed on with a comma', () => expect(amountOf(typedAmount('27900.50'))).toBe('27900.50'));
