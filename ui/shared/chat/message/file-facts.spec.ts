import { expect, test } from 'vitest';
import { lengthWords, sizeParts, thumbnailSize, whyNoFile } from './file-facts';

test.each([[0, '0:00'], [23.9, '0:23'], [725, '12:05'], [3_723, '1:02:03'], [-1, '0:00']])('%d s read %s', (seconds, words) => {
  expect(lengthWords(seconds)).toBe(words);
});

test.each([[0, '0 byte'], [999, '999 byte'], [182_400, '182 kilobyte'], [1_250_000, '1.3 megabyte'], [64_000_000, '64 megabyte']])('%d bytes read %s', (bytes, words) => {
  const { value, unit } = sizeParts(bytes);
  expect(`${value} ${unit}`).toBe(words);
});

test.each([
  ['a photo of a phone', { width: 4_000, height: 3_000 }, { width: 280, height: 210 }],
  ['one held upright', { width: 3_000, height: 4_000 }, { width: 240, height: 320 }],
  ['a dot', { width: 2, height: 2 }, { width: 96, height: 72 }],
  ['a size that nobody told', {}, { width: 240, height: 180 }],
  ['nonsense', { width: -5, height: 100 }, { width: 240, height: 180 }],
])('room for %s', (_, media, size) => {
  expect(thumbnailSize(media)).toEqual(size);
});

test('a reason is told in words; one that is not known as unknown', () => {
  expect(whyNoFile('too-large')).toBe('file.why.too-large');
  expect(whyNoFile('gremlins')).toBe('file.why.unknown');
  expect(whyNoFile(undefined)).toBe('file.why.unknown');
});
