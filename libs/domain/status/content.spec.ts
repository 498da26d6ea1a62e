import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { STATUS_TEXT_MOST, charactersIn, refusalOfContent } from './content.js';
import { statusColourNames, statusColours } from './status.js';

const text = (words: string) => refusalOfContent({ kind: 'text', text: words, colour: 'green' });

describe('what a status shows', () => {
  it.each([['hola', 4], ['👨‍👩‍👧‍👦', 1], ['🇦🇷🇲🇽', 2], ['e\u0301', 1], ['', 0], ['a\r\nb', 3]])('%j has %i characters', (words, count) => {
    expect(charactersIn(words)).toBe(count);
  });

  it('has 700 characters at most, whatever each is made of', () => {
    for (const one of ['a', 'ñ', '👨‍👩‍👧‍👦', '🇦🇷', 'e\u0301']) {
      expect(text(one.repeat(STATUS_TEXT_MOST)), one).toBeUndefined();
      expect(text(one.repeat(STATUS_TEXT_MOST + 1)), one).toBe('too-long');
    }
    expect(text('a'.repeat(1_000_000))).toBe('too-long');
    expect(text(`a${'\u0301'.repeat(1_000_000)}`)).toBe('too-long');
  });

  it('is a text that can be stored, and empty only as an image’s caption', () => {
    expect(text('   ')).toBe('empty');
    expect(text('a\0')).toBe('not-text');
    expect(text('\ud83d')).toBe('not-text');
    expect(refusalOfContent({ kind: 'image', text: '', image: 'sha' })).toBeUndefined();
    fc.assert(fc.property(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 700 }), (words) => {
      fc.pre(words.trim() !== '' && !/[\0\p{Surrogate}]/u.test(words));
      expect(text(words)).toBeUndefined();
    }));
  });

  it('is white on a colour on which everybody can read it', () => {
    for (const name of statusColourNames) {
      const channels = [1, 3, 5].map((from) => parseInt(statusColours[name].slice(from, from + 2), 16) / 255);
      const [r, g, b] = channels.map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4)) as [number, number, number];
      expect(1.05 / (0.2126 * r + 0.7152 * g + 0.0722 * b + 0.05), name).toBeGreaterThanOrEqual(4.5);
    }
  });
});
