import { describe, expect, it } from 'vitest';
import { invoicePdf, type InvoiceFacts } from './invoice-pdf.js';

const facts: InvoiceFacts = {
  company: { name: 'Red del Litoral', lines: ['San Martín 100, Rosario', 'CUIT 30-11111111-1'] },
  customer: { name: 'Ana Gómez', number: '1001', document: '30111222', address: 'Salta 1234, Rosario' },
  number: '0001-00000042', issuedOn: '2026-11-01', dueOn: '2026-11-10', currency: 'ARS',
  lines: [{ text: 'Fibra 300 · servicio 700001 · noviembre de 2026', amount: '27900.50' }], amount: '27900.50', paid: '0.00', rest: '27900.50', state: 'open',
};
/** One red pixel. */
const logo = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==', 'base64');
const pagesOf = (bytes: Uint8Array) => Buffer.from(bytes).toString('latin1').match(/\/Type \/Page\b/gu)?.length;

describe('the document of an invoice', () => {
  it('is a PDF of one page, the same bytes for the same facts', async () => {
    const [one, other] = [await invoicePdf(facts), await invoicePdf(facts)];
    expect(Buffer.from(one).subarray(0, 5).toString()).toBe('%PDF-');
    expect(pagesOf(one)).toBe(1);
    expect(Buffer.compare(one, other)).toBe(0);
    expect(Buffer.compare(one, await invoicePdf({ ...facts, state: 'paid', paidOn: '2026-11-09', paid: '27900.50', rest: '0.00' }))).not.toBe(0);
  });

  it.each([
    ['a logo', { company: { ...facts.company, logo } }, 1],
    ['a cancelled invoice', { state: 'cancelled' as const }, 1],
    ['no line, and letters that no font of it has', { lines: [], customer: { name: '李明 Ωmega', number: '1' } }, 1],
    ['forty lines', { lines: Array.from({ length: 40 }, (_, at) => ({ text: `Cargo ${at} ${'largo '.repeat(40)}`, amount: '1.00' })) }, 3],
  ])('can be made of %s', async (_, rest, pages) => expect(pagesOf(await invoicePdf({ ...facts, ...rest }))).toBe(pages));
});
