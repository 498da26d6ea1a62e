import { expect, test } from 'vitest';
import { fill } from './fill';

test('puts each value in its place, as often as it is named', () => {
  expect(fill('{name} escribió {count} mensajes. {name}!', { name: 'Marta', count: 2 })).toBe('Marta escribió 2 mensajes. Marta!');
});

test('leaves a place without a value visible', () => {
  expect(fill('Hola {name}', {})).toBe('Hola {name}');
});
