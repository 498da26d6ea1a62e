import { expect, it } from 'vitest';
import { linkMessage } from './link-words.js';

it('a link says for what it is, where it is paid and until when, as the company writes money and days', () => {
  const link = { invoiceNumber: '0001-42', amount: { amount: '18900.50', currency: 'ARS' }, url: 'https://pagos.example/1', expiresAt: '2026-12-08T02:30:00.000Z' };
  const manner = { timeZone: 'America/Argentina/Buenos_Aires', locale: 'es-AR', currency: 'ARS' };
  expect(linkMessage(link, Date.parse('2026-11-27T12:00:00Z'), manner)).toBe(
    '💳 *Factura N.º 0001-42*: $ 18.900,50\nPagala desde acá: https://pagos.example/1\nEl enlace vale hasta el 7 de diciembre. El pago se registra solo cuando se acredita.');
});
