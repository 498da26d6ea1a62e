import { expect, test } from 'vitest';
import { maxFileBytes, problemOf, showSize, waysToSend } from './attachable';

test('an empty file and one beyond the limit are refused, one at the limit is not', () => {
  expect(problemOf({ size: 0 })).toBe('empty');
  expect(problemOf({ size: maxFileBytes })).toBeUndefined();
  expect(problemOf({ size: maxFileBytes + 1 })).toBe('too-large');
});

test('a file goes as what a phone would make of it, and always may go as a document', () => {
  const first = (type: string) => waysToSend({ type })[0];
  expect(['image/jpeg', 'image/webp', 'video/mp4', 'audio/ogg', 'application/pdf', ''].map(first)).toEqual(['image', 'sticker', 'video', 'voice', 'document', 'document']);
  for (const type of ['image/png', 'video/mp4', 'audio/ogg', 'x/y']) expect(waysToSend({ type })).toContain('document');
});

test('sizes are said as people say them', () => {
  expect([12, 850_000, 1_400_000].map((bytes) => showSize(bytes, 'es-AR'))).toEqual(['1 kB', '850 kB', '1,4 MB']);
});
