import { expect, test } from 'vitest';
import { matchingCards } from './card-matching';
import { settingsCards } from './cards';
import { en } from './i18n/en';
import { es } from './i18n/es';

const found = (typed: string, words: typeof es = es) => matchingCards(settingsCards, typed, (key) => words[key]).map(({ path }) => path);

test('a card is found by its name, by what it is for and by other words for it, without accents and capitals', () => {
  expect(found('USUARIOS')).toEqual(['users']);
  expect(found('contraseña')).toEqual(['users']);
  expect(found('contrasena clave')).toEqual(['users']);
  expect(found('areas')).toEqual(['departments']);
  expect(found('stories', en)).toEqual(['statuses']);
});

test('every typed word must be there; nothing typed shows everything, and what is nowhere nothing', () => {
  expect(found('usuarios zapato')).toEqual([]);
  expect(found('  ')).toEqual(settingsCards.map(({ path }) => path));
});
