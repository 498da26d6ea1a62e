import type { ReadReceipt } from './receipt.js';

/** Texts in the layouts of research/external-apis.md, 11.1, with invented people, and what somebody who reads them knows. */
export interface WrittenReceipt {
  name: string;
  usual: 'AR' | 'MX' | 'PE' | 'CO' | 'EC' | 'CL';
  text: string;
  read: Partial<Omit<ReadReceipt, 'confidence'>>;
}

const written = (name: string, usual: WrittenReceipt['usual'], text: string, read: WrittenReceipt['read']): WrittenReceipt => ({ name, usual, text, read });

export const writtenReceipts: readonly WrittenReceipt[] = [
  written('Mercado Pago (AR)', 'AR', `mercado pago
Comprobante de transferencia
Lunes 02 de marzo de 2026 a las 18:44 hs
$ 24.900
Motivo: Varios
De
Ana Gómez
CUIT/CUIL: 20-12345678-6
Mercado Pago
CVU: 0000003100012345678903
Para
Litoral Fibra S.R.L.
CUIT/CUIL: 30-71234567-1
Banco Galicia
CBU: 2850590940090418135201
Número de operación de Mercado Pago
12345678901
Código de identificación
L6KX9ZN2QW8RT4YV1MPB07`, {
    isReceipt: true, country: 'AR', issuer: 'mercadopago', kind: 'wallet', state: 'completed', amount: { amount: '24900.00', currency: 'ARS' },
    paidAt: { on: '2026-03-02', at: '18:44' }, concept: 'Varios',
    payer: { name: 'Ana Gómez', document: '20123456786' },
    beneficiary: { name: 'Litoral Fibra S.R.L.', document: '30712345671', account: '2850590940090418135201' },
    references: [{ type: 'operation', value: '12345678901' }, { type: 'coelsa', value: 'L6KX9ZN2QW8RT4YV1MPB07' }],
  }),
  written('Brubank', 'AR', `Brubank
Comprobante de transferencia
Monto $ 18.500,00
Fecha 18/11/2026 20:47
Origen Hugo Ledesma
CUIL 20-12345678-6
Destinatario LITORAL FIBRA SRL
CUIT 30-71234567-1
CBU 2850590940090418135201
Nro. de operación 66102298`, {
    isReceipt: true, issuer: 'brubank', state: 'completed', amount: { amount: '18500.00', currency: 'ARS' }, paidAt: { on: '2026-11-18', at: '20:47' },
    payer: { name: 'Hugo Ledesma', document: '20123456786' },
    beneficiary: { name: 'LITORAL FIBRA SRL', document: '30712345671', account: '2850590940090418135201' }, references: [{ type: 'operation', value: '66102298' }],
  }),
  written('BBVA (MX)', 'MX', `BBVA
Transferencia exitosa
$1,234.56
Comisión $0.00
Fecha de operación 18 nov 2026, 10:15 h
Cuenta origen ****1234
Beneficiario Fibra del Norte SA de CV
Banco receptor Santander
Cuenta CLABE 032180000118359719
Concepto Internet noviembre
Clave de rastreo MBAN01002611180012345678
Referencia numérica 1811260
Folio 0051234567`, {
    isReceipt: true, country: 'MX', issuer: 'bbva', state: 'completed', amount: { amount: '1234.56', currency: 'MXN' }, paidAt: { on: '2026-11-18', at: '10:15' },
    payer: { account: '****1234' }, concept: 'Internet noviembre',
    beneficiary: { name: 'Fibra del Norte SA de CV', bank: 'Santander', account: '032180000118359719' },
    references: [{ type: 'rastreo', value: 'MBAN01002611180012345678' }, { type: 'numeric-ref', value: '1811260' }, { type: 'operation', value: '0051234567' }],
  }),
  written('Yape', 'PE', `¡Yapeaste!
S/ 90
Fibra Lim*
02 mar. 2026 | 3:23 a.m.
CÓDIGO DE SEGURIDAD 7 1 9
DATOS DE LA TRANSACCIÓN
Nro. de celular *** *** 123
Destino Plin
Nro. de operación 01234567`, {
    isReceipt: true, country: 'PE', issuer: 'yape', kind: 'wallet', state: 'completed', amount: { amount: '90.00', currency: 'PEN' },
    paidAt: { on: '2026-03-02', at: '03:23' }, references: [{ type: 'operation', value: '01234567' }],
  }),
  written('Nequi', 'CO', `Envío realizado
¡Escanea este QR con Nequi para verificar tu envío al instante!
Para
FIBRA DEL VALLE SAS
¿Cuánto?
$ 70.000,00
Número Nequi
300 123 4567
Fecha
02 de agosto de 2026 a las 06:00 p. m.
Referencia
M12345678`, {
    isReceipt: true, country: 'CO', issuer: 'nequi', state: 'completed', amount: { amount: '70000.00', currency: 'COP' }, paidAt: { on: '2026-08-02', at: '18:00' },
    beneficiary: { name: 'FIBRA DEL VALLE SAS', account: '3001234567' }, references: [{ type: 'operation', value: 'M12345678' }],
  }),
  written('Pichincha', 'EC', `Banco Pichincha
Transferencia exitosa
$25.80
13 sep 2026
Cuenta de origen
******4321
Beneficiario
FIBRA ANDINA CIA LTDA
Cuenta de destino
2100987654
Comprobante
48213377`, {
    isReceipt: true, country: 'EC', issuer: 'pichincha', state: 'completed', amount: { amount: '25.80', currency: 'USD' }, paidAt: { on: '2026-09-13' },
    payer: { account: '******4321' }, beneficiary: { name: 'FIBRA ANDINA CIA LTDA', account: '2100987654' }, references: [{ type: 'operation', value: '48213377' }],
  }),
  written('BancoEstado', 'CL', `BancoEstado
Transferencia exitosa
Monto
$14.990
Fecha y hora
18/11/2026 09:05
Nombre destinatario
Fibra Sur SpA
RUT destinatario
12.345.678-5
Banco destino
Banco de Chile
Tipo de cuenta
Cuenta Vista
N° de cuenta
00012345678
N° Operación
987654321`, {
    isReceipt: true, country: 'CL', issuer: 'bancoestado', state: 'completed', amount: { amount: '14990.00', currency: 'CLP' }, paidAt: { on: '2026-11-18', at: '09:05' },
    beneficiary: { name: 'Fibra Sur SpA', document: '123456785', bank: 'Banco de Chile', account: '00012345678' }, references: [{ type: 'operation', value: '987654321' }],
  }),
];

/** What customers also send, and no money. */
export const writtenOthers: readonly { name: string; text: string }[] = [
  { name: 'an invoice', text: 'Litoral Fibra S.R.L.\nFactura B 0003-00018842\nFecha 01/11/2026\nVencimiento 10/11/2026\nTotal a pagar $ 24.900,00' },
  { name: 'a code to be paid with', text: 'Mercado Pago\nEscaneá el código para pagar\nEscanea para pagar\nLitoral Fibra\n$ 24.900' },
  { name: 'a balance', text: 'Hola, Ana\nSaldo disponible\n$ 154.201,33\nÚltimos movimientos\n18/11/2026 Transferencia $ 1.000,00' },
  { name: 'a shopping cart', text: 'Tu carrito\nRouter WiFi 6 $ 89.999\nTotal $ 89.999\nFinalizar compra' },
  { name: 'the lights of a modem', text: 'PON LOS LAN1 LAN2 WIFI' },
  { name: 'nothing', text: '' },
];
