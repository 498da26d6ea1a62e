import { expect, test } from 'vitest';
import { es as settingsWords } from '../settings/i18n/es';
import { destinations } from './destinations';
import { es } from './i18n/es';
import { screenHits, settingsHits } from './search-hits';

const text = (key: keyof typeof es): string => es[key];
const words = (query: string, can = (_: string): boolean => true): string[] => screenHits(query, can, text).map((hit) => hit.words);

test('finds screens by a part of their name, whatever the capitals and accents', () => {
  expect(words('DEPARTÁM')).toEqual(['Departamentos']);
  expect(words('usu')).toEqual(['Usuarios']);
  expect(words('zzz')).toEqual([]);
});

test('offers every screen while nothing is typed, but only those that the role may see', () => {
  expect(words('')).toEqual(destinations.map(({ name }) => es[name]));
  expect(words('', (permission) => permission === 'omnichat.use')).toEqual(['OmniChat']);
});

test('finds cards of the settings by other words for them, without those that are screens of the navigation already', () => {
  const cards = (query: string, can = (_: string): boolean => true): string[] => settingsHits(query, can, (key) => settingsWords[key]).map(({ url }) => url);
  expect(cards('feriados')).toEqual(['/settings/company']);
  expect(cards('contraseña')).toEqual([]);
  expect(cards('')).toEqual([]);
  expect(cards('feriados', (permission) => permission === 'omnichat.use')).toEqual([]);
});
