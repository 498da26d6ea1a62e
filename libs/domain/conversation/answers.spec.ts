import { describe, expect, it } from 'vitest';
import { shapeAnswer } from './answers.js';

describe('a document in an answer', () => {
  it.each([
    ['30123456', '30123456'],
    ['30.123.456', '30123456'],
    ['mi dni es 5.123.456', '5123456'],
    ['CUIT 20-30123456-7, gracias', '20301234567'],
    ['es el 30123456', '30123456'],
    ['12.345.678-K', '12345678K'],
  ])('is read from "%s"', (text, document) => {
    expect(shapeAnswer('document', text)).toBe(document);
  });

  it.each(['hola', '1234', 'no lo sé', '12345678901234567890', ''])('is not found in "%s"', (text) => {
    expect(shapeAnswer('document', text)).toBeUndefined();
  });
});

describe('a second fact in an answer', () => {
  it.each([
    ['0201', '0201'],
    ['termina en 0201', '0201'],
    ['servicio 100 201', '100201'],
    ['N° 100-201', '100201'],
  ])('is read from "%s"', (text, fact) => {
    expect(shapeAnswer('fact', text)).toBe(fact);
  });

  it.each(['no sé', '', '0201 o 0202', '7'])('is not found in "%s", which would be several tries or none', (text) => {
    expect(shapeAnswer('fact', text)).toBeUndefined();
  });
});

describe('a name and a free answer', () => {
  it('are taken as they are, within reason', () => {
    expect(shapeAnswer('name', ' María José O’Higgins ')).toBe('María José O’Higgins');
    expect(shapeAnswer('name', '12345')).toBeUndefined();
    expect(shapeAnswer('text', 'x'.repeat(900))).toHaveLength(500);
    expect(shapeAnswer('text', '  ')).toBeUndefined();
  });
});
