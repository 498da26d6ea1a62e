import type { ReceiptCountry } from '../receipt/receipt.js';
import type { StatementMapping } from './statement.js';

/**
 * Files in the shapes of banks' exports, all names and numbers made up. The shapes are assumptions from what their users describe: no bank
 * specifies them, and each changes them at will.
 */
export interface ScriptedStatement {
  name: string;
  country: ReceiptCountry;
  text: string;
  mapping: StatementMapping;
  /** on, amount, payer, document, references. */
  lines: (readonly [on: string, amount: string, payerName?: string, payerDocument?: string, ...references: string[]])[];
  debits: number;
  problems?: string[];
}

export const scriptedStatements: readonly ScriptedStatement[] = [
  {
    name: 'AR: lines above, one signed amount, the payer in the text', country: 'AR',
    text: `Banco de la Ribera S.A.;;;;
Cuenta: CC $ 201-004567/8;;CUIT 30-71234567-1;;
Movimientos desde 01/11/2026 hasta 05/11/2026;;;;

Fecha;Concepto;Nro. Comprobante;Importe;Saldo
02/11/2026;TRANSF DE 20-12345678-6 PEREZ JUAN;00012345678;24.900,00;124.900,00
03/11/2026;COMISION MANTENIMIENTO;;-1.210,50;123.689,50
04/11/2026;TRANSFERENCIA RECIBIDA DE GOMEZ ANA MARIA REF 99887766;;18.900,00;142.589,50
05/11/2026;INTERESES GANADOS;;0,00;142.589,50
Saldo final;;;;142.589,50`,
    mapping: { header: 3, columns: { on: 0, description: 1, reference: 2, amount: 3 }, days: 'day-first', decimal: ',' },
    lines: [
      ['2026-11-02', '24900.00', 'PEREZ JUAN', '20123456786', '00012345678', '12345678'],
      ['2026-11-04', '18900.00', 'GOMEZ ANA MARIA', undefined, '99887766'],
    ],
    debits: 1, problems: ['amount-missing'],
  },
  {
    name: 'AR: two columns of amounts, a second text', country: 'AR',
    text: `Fecha\tDescripción\tInformación complementaria\tDébitos ($)\tCréditos ($)\tSaldo
02/11/26\tTransf. inmediata recibida\tOrdenante: LOPEZ CARLA CUIT 27-23456789-1\t\t$ 24.900,00\t$ 90.000,00
02/11/26\tTransf. inmediata recibida\tOrdenante: LOPEZ CARLA CUIT 27-23456789-1\t\t$ 24.900,00\t$ 114.900,00
03/11/26\tDEVOLUCION TRANSFERENCIA\tOperación 55667788\t$ 24.900,00\t$ -\t$ 90.000,00`,
    mapping: { header: 0, columns: { on: 0, description: 1, detail: 2, debit: 3, credit: 4 }, days: 'day-first', decimal: ',' },
    lines: [['2026-11-02', '24900.00', 'LOPEZ CARLA', '27234567891'], ['2026-11-02', '24900.00', 'LOPEZ CARLA', '27234567891']],
    debits: 1,
  },
  {
    name: 'MX: deposits and withdrawals, SPEI with its tracking key', country: 'MX',
    text: `Cuenta,012180001234567897,Periodo,NOV 2026
FECHA,REFERENCIA,DESCRIPCION,DEPOSITOS,RETIROS,SALDO
02/11/2026,MBAN01002611020012345678,SPEI RECIBIDO DE MARIA HERNANDEZ RUIZ,"1,250.00",,"9,250.00"
03/11/2026,0,PAGO DE NOMINA,,"5,000.00","4,250.00"
04/11/2026,7654321,DEPOSITO EN EFECTIVO,450.5,,"4,700.50"`,
    mapping: { header: 1, columns: { on: 0, reference: 1, description: 2, credit: 3, debit: 4 }, days: 'day-first', decimal: '.' },
    lines: [['2026-11-02', '1250.00', 'MARIA HERNANDEZ RUIZ', undefined, 'MBAN01002611020012345678'], ['2026-11-04', '450.50', undefined, undefined, '7654321']],
    debits: 1,
  },
  {
    name: 'PE: the sign in a column of its own', country: 'PE',
    text: `Fecha de operación|Tipo|Mensaje|Monto|Moneda
05-NOV-2026|Abono|Yape de ROSA QUISPE MAMANI|S/ 79.00|PEN
05-NOV-2026|Cargo|Pago de servicio|S/ 120.00|PEN
06-NOV-2026|Abono|Transferencia|20.00|Dólares`,
    mapping: { header: 0, columns: { on: 0, kind: 1, detail: 2, amount: 3, currency: 4 }, days: 'day-first', decimal: '.' },
    lines: [['2026-11-05', '79.00', 'ROSA QUISPE MAMANI']],
    debits: 1, problems: ['other-currency'],
  },
  {
    name: 'CO: no year, no header, thousands without cents', country: 'CO',
    text: `05/11,TRANSFERENCIA DESDE NEQUI 3001234567,89.900
05/11,ABONO INTERESES AHORROS,12
06/11,PAGO PSE EMPRESA,-45.000
06/11,TRANSF DE CARLOS RESTREPO MEJIA,89.900`,
    mapping: { header: -1, columns: { on: 0, description: 1, amount: 2 }, days: 'day-first', decimal: ',' },
    lines: [['2026-11-05', '89900.00'], ['2026-11-05', '12.00'], ['2026-11-06', '89900.00', 'CARLOS RESTREPO MEJIA']],
    debits: 1,
  },
  {
    name: 'EC: debit or credit in one letter, minus behind', country: 'EC',
    text: `Fecha,Concepto,Documento,Tipo,Monto,Saldo
2026-11-02,TRANSFERENCIA INTERNET,45678901,C,25.00,300.00
2026-11-03,RETIRO CAJERO,45678902,D,20.00,280.00
2026-11-04,REVERSA TRANSFERENCIA,45678901,D,25.00,255.00`,
    mapping: { header: 0, columns: { on: 0, description: 1, reference: 2, kind: 3, amount: 4 }, days: 'day-first', decimal: '.' },
    lines: [['2026-11-02', '25.00', undefined, undefined, '45678901']],
    debits: 2,
  },
  {
    name: 'CL: debits and credits, a RUT, days of a spreadsheet', country: 'CL',
    text: `Cartola;;;;
Fecha;Descripción;N° Documento;Cheques y Cargos;Depósitos y Abonos
46328;Transferencia de Terceros 12.345.678-5 SOTO DIAZ PEDRO;;;19.990
46329;Comisión;;1.190;
sin fecha;Abono;;;5.000`,
    mapping: { header: 1, columns: { on: 0, description: 1, reference: 2, debit: 3, credit: 4 }, days: 'day-first', decimal: ',' },
    lines: [['2026-11-02', '19990.00', 'SOTO DIAZ PEDRO', '123456785']],
    debits: 1, problems: ['on-unreadable'],
  },
];
