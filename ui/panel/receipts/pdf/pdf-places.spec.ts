import { describe, expect, it } from 'vitest';
import type { Receipt } from '../../../shared/api/receipts-api';
import { type PlacedText, placesIn } from './pdf-places';

const at = (text: string, x: number, y: number, h = 0.02): PlacedText => ({ text, x, y, w: 0.1, h });
const read: NonNullable<Receipt['read']> = {
  kind: 'transfer', state: 'completed', amount: { amount: '24900.00', currency: 'ARS' }, paidAt: { on: '2026-11-08' }, payer: { name: 'GONZÁLEZ PABLO' },
  beneficiary: { name: 'Litoral Fibra', account: '*8903' }, references: [{ type: 'operation', value: '66AB1022' }], confidence: {},
};

describe('places of what was read on the pages of a PDF', () => {
  it('are found by their values, in pieces or whole, the largest of several', () => {
    const pages = [
      [at('Total 124.900,00', 0.1, 0.1), at('Importe:', 0.1, 0.2), at('$ 24.900,00', 0.3, 0.2), at('$24900', 0.1, 0.5, 0.05), at('Gonzalez', 0.1, 0.6), at('Pablo', 0.25, 0.6), at('otra cosa', 0.4, 0.6)],
      [at('8 de noviembre de 2026', 0.1, 0.3), at('66-AB 1022', 0.1, 0.4), at('****8903', 0.1, 0.45), at('LITORAL FIBRA S.R.L.', 0.1, 0.6)],
    ];
    const places = placesIn(pages, read);
    expect(places).toMatchObject({
      amount: { page: 0, y: 0.5 }, payerName: { page: 0, x: 0.1, y: 0.6 }, paidOn: { page: 1, y: 0.3 }, reference: { page: 1, y: 0.4 }, beneficiaryAccount: { page: 1, y: 0.45 },
      beneficiaryName: { page: 1, y: 0.6 },
    });
    expect(places.payerName!.w).toBeCloseTo(0.25);
  });

  it.each(['08/11/2026', '8-11-26', '2026-11-08', '08 nov 2026'])('a day as %s', (text) => {
    expect(placesIn([[at(text, 0, 0)]], read)).toHaveProperty('paidOn');
  });

  it.each(['18/11/2026', '08/12/2026', '24.900,50', '124900', '*8904'])('none of %s', (text) => {
    expect(placesIn([[at(text, 0, 0)]], read)).toEqual({});
  });
});
