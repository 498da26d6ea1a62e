import { isCbu, isCedulaEc, isClabe, isCuit, isRut } from '../../libs/domain/receipt/check-digits.js';
import type { ReceiptCountry } from '../../libs/domain/receipt/receipt.js';
import type { Chance, TrueReceipt } from './true-receipt.js';

const firstNames = ['Ana', 'Hugo', 'Marta', 'Carla', 'Diego', 'Natalia', 'Ernesto', 'Lucía', 'Joaquín', 'Valentina', 'Rubén', 'Sofía', 'Martín', 'Jimena', 'Óscar'];
const lastNames = ['Gómez', 'Ledesma', 'Giménez', 'Benítez', 'Paz', 'Vega', 'Ríos', 'Peralta', 'Núñez', 'Quiroga', 'Salas', 'Ibáñez', 'Correa', 'Medina', 'Aguirre'];
const companies: Readonly<Record<ReceiptCountry, { name: string; bank: string; alias: string }>> = {
  AR: { name: 'Litoral Fibra S.R.L.', bank: 'Banco Galicia', alias: 'litoral.fibra.pagos' },
  MX: { name: 'Fibra del Norte SA de CV', bank: 'Santander', alias: 'fibradelnorte' },
  PE: { name: 'Fibra Lima SAC', bank: 'BCP', alias: 'fibralima' },
  CO: { name: 'Fibra del Valle SAS', bank: 'Bancolombia', alias: 'fibradelvalle' },
  EC: { name: 'Fibra Andina Cia Ltda', bank: 'Banco Pichincha', alias: 'fibraandina' },
  CL: { name: 'Fibra Sur SpA', bank: 'Banco de Chile', alias: 'fibrasur' },
};

/** Tries endings until the check digits fit. */
function checked(make: () => string, isValid: (text: string) => boolean): string {
  for (;;) {
    const text = make();
    if (isValid(text)) return text;
  }
}

const documentOf: Readonly<Record<ReceiptCountry, (chance: Chance, isCompany: boolean) => string>> = {
  AR: (chance, isCompany) => checked(() => `${isCompany ? '30' : chance.one(['20', '27'])}${chance.digits(9)}`, isCuit),
  MX: (chance) => `FNO${chance.digits(6)}AB${chance.digits(1)}`,
  PE: (chance, isCompany) => (isCompany ? `20${chance.digits(9)}` : chance.digits(8)),
  CO: (chance) => `9${chance.digits(9)}`,
  EC: (chance, isCompany) => (isCompany ? `17${chance.digits(8)}001` : checked(() => `17${chance.digits(8)}`, isCedulaEc)),
  CL: (chance) => checked(() => `${chance.one(['1', '7'])}${chance.digits(7)}${chance.one([...'0123456789'])}`, isRut),
};
const accountOf: Readonly<Record<ReceiptCountry, (chance: Chance) => string>> = {
  AR: (chance) => checked(() => `${chance.one(['0070', '2850', '0000'])}${chance.digits(18)}`, isCbu),
  MX: (chance) => checked(() => `${chance.one(['014', '072', '012'])}${chance.digits(15)}`, isClabe),
  PE: (chance) => `9${chance.digits(8)}`,
  CO: (chance) => `3${chance.digits(9)}`,
  EC: (chance) => `22${chance.digits(8)}`,
  CL: (chance) => `00${chance.digits(9)}`,
};

export function payerOf(chance: Chance, country: ReceiptCountry): TrueReceipt['payer'] {
  return { name: `${chance.one(firstNames)} ${chance.one(lastNames)}`, document: documentOf[country](chance, false), account: accountOf[country](chance) };
}

/** The company that is paid, always the same for a seed. */
export const companyOf = (chance: Chance, country: ReceiptCountry): TrueReceipt['beneficiary'] =>
  ({ ...companies[country], document: documentOf[country](chance, true), account: accountOf[country](chance) });

/** Somebody else's company. */
export const strangerOf = (chance: Chance, country: ReceiptCountry): TrueReceipt['beneficiary'] =>
  ({ name: `Distribuidora ${chance.one(lastNames)}`, bank: 'Banco Ribera', alias: 'otra.cuenta.cobros', document: documentOf[country](chance, true), account: accountOf[country](chance) });
