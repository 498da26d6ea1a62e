import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rowsOf, type Word } from './rows.js';

const word = (text: string, left: number, top: number, more: Partial<Word> = {}): Word =>
  ({ text, left, top, right: left + text.length * 10, bottom: top + 20, confidence: 0.9, ...more });

describe('rows', () => {
  it('join a label and its value at the other edge, top to bottom, left to right', () => {
    const words = [word('24.900', 600, 52), word('Monto', 10, 50), word('$', 580, 51), word('Fecha', 10, 100), word('18/11/2026', 600, 98)];
    expect(rowsOf(words).map(({ text }) => text)).toEqual(['Monto $ 24.900', 'Fecha 18/11/2026']);
  });

  it('are as sure as their least sure digits, and know what is large', () => {
    const [row, other] = rowsOf([word('Monto', 10, 50, { confidence: 0.3 }), word('24', 90, 50, { confidence: 0.6 }), word('900', 130, 50), word('$1', 10, 100, { bottom: 150 }), word('x', 1, 200)]);
    expect(row!.confidence).toBe(0.6);
    expect(other!.scale).toBe(2.5);
  });

  it('keep every word that is no speck, once', () => {
    const some = fc.record({ text: fc.constantFrom('a', 'b1', '·', '$'), left: fc.nat(1000), top: fc.nat(2000), confidence: fc.double({ min: 0, max: 1, noNaN: true }) });
    fc.assert(
      fc.property(fc.array(some), (all) => {
        const words = all.map(({ text, left, top, confidence }) => word(text, left, top, { confidence }));
        const kept = words.filter(({ text, confidence }) => confidence >= 0.25 && text !== '·').map(({ text }) => text);
        expect(rowsOf(words).flatMap(({ text }) => text.split(' ')).sort()).toEqual(kept.sort());
      }),
    );
  });
});
