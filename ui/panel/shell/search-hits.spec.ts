import { expect, test } from 'vitest';
import { es } from './i18n/es';
import { screenHits } from './search-hits';

const text = (key: keyof typeof es): string => es[key];
const words = (query: string, can = (_: string): boolean => true): string[] => screenHits(query, can, text).map((hit) => hit.words);

test('finds screens by a part of their name, whatever the capitals and accents', () => {
  expect(words('DEPARTÁM')).toEqual(['Departamentos']);
  expect(words('usu')).toEqual(['Usuarios']);
  expect(words('zzz')).toEqual([]);
});

test('offers every screen while nothing is typed, but only those that the role may see', () => {
  expect(words('')).toEqual(['Dashboard', 'OmniChat', 'Herramientas', 'Estados de WhatsApp', 'Ajustes Generales', 'Usuarios', 'Departamentos']);
  expect(words('', (permission) => permission === 'omnichat.use')).toEqual(['OmniChat']);
});
