import { expect, test } from 'vitest';
import { charactersIn } from './characters';

test('counts what people see', () => {
  expect(['', 'señal', '🇦🇷🇲🇽', '👨‍👩‍👧‍👦', 'e\u0301'].map(charactersIn)).toEqual([0, 5, 2, 1, 1]);
});
