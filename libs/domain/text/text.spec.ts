import { describe, expect, it } from 'vitest';
import { normalize, numberIn } from './normalize.js';
import { editDistance, fingerprint, nearEqual, sameWord } from './similarity.js';

describe('normalize', () => {
  it.each([
    ['¡Menú, por favor!', 'menu por favor'],
    ['  ÑANDÚ   ', 'nandu'],
    ['1️⃣', '1'],
    ['🔟', '10'],
    ['Año 2026 🎉', 'ano 2026'],
    ['👍', ''],
  ])('makes "%s" into "%s"', (text, normal) => {
    expect(normalize(text)).toBe(normal);
  });
});

describe('numberIn', () => {
  it.each([
    ['3', 3],
    ['3️⃣', 3],
    ['*3*', 3],
    ['opción 3 por favor', 3],
    ['la tercera', 3],
    ['el tercero', 3],
    ['tres', 3],
    ['cero', 0],
    ['12', 12],
  ])('reads "%s" as %i', (text, number) => {
    expect(numberIn(text)).toBe(number);
  });

  it.each(['30123456', '3 meses sin internet', 'internet', '', 'tres veces llamé', '1 2'])('finds none in "%s"', (text) => {
    expect(numberIn(text)).toBeUndefined();
  });
});

describe('sameWord', () => {
  it.each([
    ['saldo', 'sado'],
    ['saldo', 'slado'],
    ['conexion', 'conecion'],
    ['vencimiento', 'bensimiento'],
  ])('forgives the slip from %s to %s', (a, b) => {
    expect(sameWord(a, b)).toBe(true);
    expect(sameWord(b, a)).toBe(true);
  });

  it.each([
    ['plan', 'plaza'],
    ['si', 'no'],
    ['100201', '100202'],
    ['saldo', 'sueldos'],
    ['mora', 'hora'],
  ])('tells %s from %s', (a, b) => {
    expect(sameWord(a, b)).toBe(false);
  });

  it('stops counting beyond the limit', () => {
    expect(editDistance('abcdefgh', 'hgfedcba', 2)).toBe(3);
    expect(editDistance('ab', 'abcdef', 2)).toBe(3);
    expect(editDistance('abcd', 'abdc', 2)).toBe(1);
  });
});

describe('nearEqual', () => {
  const auto = 'Gracias por comunicarte con nosotros. Tu turno es el 14, a las 10:30.';

  it('takes texts that differ in numbers, a word or punctuation for the same', () => {
    const other = 'gracias por comunicarte con nosotros!! Tu turno es el 15 a las 11:45';
    expect(nearEqual(fingerprint(auto), fingerprint(other))).toBe(true);
    expect(nearEqual(fingerprint(auto), fingerprint(`${auto} Hola`))).toBe(true);
  });

  it('tells different sentences apart', () => {
    expect(nearEqual(fingerprint(auto), fingerprint('Quiero saber por qué me llegó esta factura con dos meses'))).toBe(false);
  });

  it('keeps what has no letters apart by itself', () => {
    expect(nearEqual(fingerprint('👍'), fingerprint('🙏'))).toBe(false);
  });
});
