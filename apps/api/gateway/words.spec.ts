import { describe, expect, it } from 'vitest';
import { isPlaceholder, wordsOf } from './words.js';

/** Systems of all companies share a process: no text of one may keep it busy. What grows with the square of these lengths takes minutes. */
const LONG = 250_000;
const SOON_MS = 2_000;

function timed<T>(work: () => T): { result: T; ms: number } {
  const began = performance.now();
  return { result: work(), ms: performance.now() - began };
}

describe('the words of a notice', () => {
  it('are what people read', () => {
    expect(wordsOf('<p>Hola&nbsp;Ana</p>Tu saldo: <b>$&amp;nbsp;10</b>  \t\r\nGracias<br/>\\nISP')).toBe('Hola Ana\nTu saldo: $ 10\nGracias\n\nISP');
  });

  it.each([
    ['blanks within', `a${' '.repeat(LONG)}b`], ['blanks and tabs', ' \t'.repeat(LONG / 2) + 'b'], ['tags without an end', '<p '.repeat(LONG / 3)],
    ['closing tags without an end', '</p '.repeat(LONG / 4)], ['line breaks', 'a\n\n'.repeat(LONG / 3)], ['entities', '&amp;'.repeat(LONG / 5)],
  ])('take no time, whatever is written: %s', (_name, written) => {
    expect(timed(() => wordsOf(written)).ms).toBeLessThan(SOON_MS);
  });
});

describe('a name that nobody replaced', () => {
  it.each(['{destinatario}', '{{ mensaje }}', '[[numero]]', '%TELEFONO%'])('%s', (value) => expect(isPlaceholder(value)).toBe(true));
  it.each(['Hola {nombre}', '3415550100', '{', '100%'])('is none: %s', (value) => expect(isPlaceholder(value)).toBe(false));

  it.each([`{a${' '.repeat(LONG)}x`, `${' '.repeat(LONG)}x`, `[${'a'.repeat(LONG)}`])('is told at once', (value) => {
    const { result, ms } = timed(() => isPlaceholder(value));
    expect(result).toBe(false);
    expect(ms).toBeLessThan(SOON_MS);
  });
});
