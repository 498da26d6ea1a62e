import { describe, expect, it } from 'vitest';
import { parseReceipt } from './parse.js';
import { placesOf } from './places.js';
import type { ReadLine } from './receipt.js';

/** Words of ten hundredths of the picture's width a letter apart, a line every tenth of its height. */
function linesOf(...texts: string[]): ReadLine[] {
  return texts.map((text, row) => {
    let x = 0;
    const words = text.split(' ').map((word) => {
      const place = { x: x / 100, y: row / 10, w: word.length / 100, h: 0.05 };
      x += word.length + 1;
      return { text: word, place };
    });
    return { text, confidence: 1, scale: row === 1 ? 2 : 1, words };
  });
}

const lines = linesOf('Comprobante de transferencia', '$ 24.900,00', 'Fecha 18/11/2026', 'De Pérez Juan Carlos', 'Para LITORAL FIBRA SRL', 'CBU 2850590940090418135201', 'Número de operación 66102298', 'Total $ 24.900,00');

describe('places of what was read', () => {
  const read = parseReceipt(lines, { usual: 'AR', today: '2026-11-20' });
  const places = placesOf(lines, read);

  it('are those of the values, without their labels', () => {
    expect(places.reference).toMatchObject({ x: 0.2, y: 0.6, w: expect.closeTo(0.08) as number });
    expect(places.beneficiaryAccount).toMatchObject({ x: 0.04, y: 0.5, w: expect.closeTo(0.22) as number });
    expect(places.payerName).toMatchObject({ x: 0.03, y: 0.3 });
    expect(places.paidAt).toMatchObject({ x: 0.06, y: 0.2 });
  });

  it('of an amount that is said twice, where it is printed largest', () => {
    expect(places.amount).toMatchObject({ y: 0.1 });
  });

  it('are none where nobody knows where the words stand, or what was read is not there', () => {
    expect(placesOf(lines.map(({ text, confidence }) => ({ text, confidence })), read)).toEqual({});
    expect(placesOf(linesOf('nada'), read)).toEqual({});
  });
});
