import { describe, expect, it } from 'vitest';
import { previewOf, strangers } from './mentions';

describe('a text to customers', () => {
  it('is shown filled in, and what is no variable stays', () => {
    expect(previewOf('Hola {{ nombre }}: {{importe}} {{impote}}')).toBe('Hola Marta: $ 24.900,00 {{impote}}');
    expect(strangers('{{nombre}} {{impote}}', [{ name: 'nombre' }])).toEqual(['impote']);
  });
});
