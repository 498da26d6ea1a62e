import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { actionWords } from './i18n/actions';
import { differencesOf, valueInWords } from './differences';

const words = { yes: 'sí', no: 'no' };

test('only what differs is told, as deep as it lies', () => {
  expect(differencesOf({ name: 'A', contacts: { email: 'a', web: 'w' }, same: [1] }, { name: 'B', contacts: { email: 'b', web: 'w' }, same: [1] })).toEqual([
    { path: ['name'], before: 'A', after: 'B' }, { path: ['contacts', 'email'], before: 'a', after: 'b' },
  ]);
});

test('what is new has no before, what is gone no after; nothing becomes something', () => {
  expect(differencesOf(undefined, { name: 'A' })).toEqual([{ path: ['name'], before: undefined, after: 'A' }]);
  expect(differencesOf({ name: 'A' }, undefined)).toEqual([{ path: ['name'], before: 'A', after: undefined }]);
  expect(differencesOf({ hours: null }, { hours: { week: { monday: [] } } })).toEqual([{ path: ['hours', 'week', 'monday'], before: undefined, after: [] }]);
  expect(differencesOf({ hours: {} }, { hours: null })).toEqual([{ path: ['hours'], before: {}, after: null }]);
  expect(differencesOf(undefined, undefined)).toEqual([]);
});

test('values are read as people say them', () => {
  expect([true, false, null, '', [], 0].map((value) => valueInWords(value, words))).toEqual(['sí', 'no', undefined, undefined, undefined, '0']);
  expect(valueInWords([{ to: '12:00', from: '08:00' }, { to: '20:00', from: '16:00' }], words)).toBe('08:00–12:00, 16:00–20:00');
  expect(valueInWords([{ network: 'x', name: '@litoral' }], words)).toBe('x · @litoral');
});

test('every change that the API may tell has its words, and no two the same', () => {
  const { components } = JSON.parse(readFileSync('apps/api/openapi.json', 'utf8')) as { components: { schemas: { AuditEntry: { properties: { action: { enum: string[] } } } } } };
  for (const language of ['es', 'en'] as const) {
    const said = actionWords[language];
    expect(Object.keys(said).sort()).toEqual([...components.schemas.AuditEntry.properties.action.enum].sort());
    expect(Object.values(said).filter((one) => one.trim() === '')).toEqual([]);
    expect(new Set(Object.values(said)).size).toBe(Object.keys(said).length);
  }
});
