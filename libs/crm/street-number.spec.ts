import { describe, expect, it } from 'vitest';
import { streetNumber } from './street-number.js';

describe('the house number of an address', () => {
  it.each([
    ['San Martín 1234', '1234'],
    ['San Martín 1234, Rosario', '1234'],
    ['9 de Julio 2030, 2º B', '2030'],
    ['Bv. 27 de Febrero 845 piso 3 dto. 2', '845'],
    ['Calle 12 N° 450', '450'],
    ['Av. Pellegrini 1520 Depto 4', '1520'],
  ])('of "%s" is %s', (address, number) => expect(streetNumber(address)).toBe(number));

  it.each(['Ruta provincial s/n', '25 de Mayo', '', 'Mza 4 Lote 12'])('does not exist in "%s"', (address) => {
    expect(streetNumber(address)).toBeUndefined();
  });
});
