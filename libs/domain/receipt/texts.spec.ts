import { describe, expect, it } from 'vitest';
import { receiptTexts, receiptVariables, tellingOf, unknownVariables } from './texts.js';

describe('what customers are told of receipts', () => {
  it('fills in what is known and leaves no trace of what is not', () => {
    expect(tellingOf('accepted', {}, { nombre: 'Ana', importe: '$ 24.900,00' })).toBe('✅ ¡Listo, Ana! Registramos tu pago de $ 24.900,00. ¡Gracias!');
    expect(tellingOf('accepted', { accepted: 'Gracias {{ nombre }}, {{otro}}va.' }, {})).toBe('Gracias, va.');
  });

  it('an empty text of the company is not told', () => {
    expect(tellingOf('review', { review: '  ' }, {})).toBe('');
  });

  it('names only variables that there are', () => {
    for (const text of Object.values(receiptTexts)) expect(unknownVariables(text)).toEqual([]);
    expect(unknownVariables('{{ nombre }}, {{nombe}} {{toString}}')).toEqual(['nombe', 'toString']);
    expect(Object.keys(receiptVariables)).toContain('importe');
  });
});
