import type { ReceiptCountry, ReferenceType } from '../../libs/domain/receipt/receipt.js';
import type { Chance, TrueReceipt } from './true-receipt.js';

/**
 * Receipts as the apps of research/external-apis.md, 11.1, draw them: our own drawings in their words, arrangement and manner of writing
 * amounts and dates, with invented people.
 */
export interface Layout {
  id: string;
  issuer: string;
  country: ReceiptCountry;
  /** Kept away from whoever tunes the reader: it is measured on it. */
  unseen?: true;
  references(chance: Chance): { type: ReferenceType; value: string }[];
  /** Fields that this layout does not show. */
  hides: readonly ('payerName' | 'beneficiaryName' | 'beneficiaryAccount' | 'beneficiaryDocument')[];
  body(receipt: TrueReceipt): string;
  style: string;
}

const comma = (amount: string): string => {
  const [whole = '', cents = '00'] = amount.split('.');
  return `${whole.replace(/\B(?=(\d{3})+$)/gu, '.')},${cents}`;
};
const point = (amount: string): string => {
  const [whole = '', cents = '00'] = amount.split('.');
  return `${whole.replace(/\B(?=(\d{3})+$)/gu, ',')}.${cents}`;
};
const whole = (printed: string): string => printed.replace(/[.,]00$/u, '');

const long = new Intl.DateTimeFormat('es', { month: 'long', timeZone: 'UTC' });
const weekday = new Intl.DateTimeFormat('es', { weekday: 'long', timeZone: 'UTC' });
const short = ['ene', 'feb', 'mar', 'abr', 'may', 'jun', 'jul', 'ago', 'sep', 'oct', 'nov', 'dic'];
const parts = ({ on }: TrueReceipt) => ({ year: on.slice(0, 4), month: on.slice(5, 7), day: on.slice(8), name: long.format(new Date(on)), short: short[Number(on.slice(5, 7)) - 1]!, weekday: weekday.format(new Date(on)) });
const slashed = (receipt: TrueReceipt) => (({ day, month, year }) => `${day}/${month}/${year}`)(parts(receipt));
const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
const twelve = ({ at }: TrueReceipt, am: string, pm: string): string => {
  const hour = Number(at.slice(0, 2));
  return `${hour % 12 === 0 ? 12 : hour % 12}:${at.slice(3)} ${hour < 12 ? am : pm}`;
};
const cuit = (digits: string) => `${digits.slice(0, 2)}-${digits.slice(2, 10)}-${digits.slice(10)}`;
const rut = (text: string) => `${text.slice(0, -7)}.${text.slice(-7, -4)}.${text.slice(-4, -1)}-${text.slice(-1)}`;
const masked = (account: string) => `****${account.slice(-4)}`;
const refOf = ({ references }: TrueReceipt, type: ReferenceType) => references.find((one) => one.type === type)?.value ?? '';

/** Label and value at the two edges of a row. */
const row = (label: string, value: string) => `<div class="row"><span>${label}</span><b>${value}</b></div>`;
/** Label above its value. */
const stack = (label: string, value: string) => `<div class="stack"><span>${label}</span><b>${value}</b></div>`;
const party = (label: string, lines: string[]) => `<div class="party"><span>${label}</span>${lines.map((line, i) => (i === 0 ? `<b>${line}</b>` : `<i>${line}</i>`)).join('')}</div>`;

export const layouts: readonly Layout[] = [
  {
    id: 'ar-mercadopago', issuer: 'mercadopago', country: 'AR', hides: [],
    references: (chance) => [{ type: 'operation', value: `1${chance.digits(10)}` }, { type: 'coelsa', value: `L${chance.digits(1)}${chance.letters(20)}` }],
    style: 'body{background:#fff}h1{font-size:21px;color:#009ee3}.amount{font-size:34px}',
    body: (r) => `<h1>mercado pago</h1><h2>Comprobante de transferencia</h2><p>${capital(parts(r).weekday)} ${parts(r).day} de ${parts(r).name} de ${parts(r).year} a las ${r.at} hs</p>
<div class="amount">$ ${whole(comma(r.amount))}</div><p>Motivo: ${r.concept}</p>
${party('De', [r.payer.name, `CUIT/CUIL: ${cuit(r.payer.document)}`, 'Mercado Pago', `CVU: ${r.payer.account}`])}
${party('Para', [r.beneficiary.name, `CUIT/CUIL: ${cuit(r.beneficiary.document)}`, r.beneficiary.bank, `CBU: ${r.beneficiary.account}`])}
${stack('Número de operación de Mercado Pago', refOf(r, 'operation'))}${stack('Código de identificación', refOf(r, 'coelsa'))}`,
  },
  {
    id: 'ar-uala', issuer: 'uala', country: 'AR', hides: ['beneficiaryDocument'],
    references: (chance) => [{ type: 'coelsa', value: `Y${chance.digits(1)}${chance.letters(20)}` }],
    style: 'body{background:#f4f6ff}h1{color:#3a4ad9}.amount{font-size:30px;text-align:center}',
    body: (r) => `<h1>ualá</h1><h2>Comprobante de transferencia</h2><div class="amount">$${comma(r.amount)}</div>
${row('Fecha y hora', `${slashed(r)} ${r.at}`)}${row('Nombre remitente', r.payer.name)}${row('Destinatario', r.beneficiary.name)}${row('CBU destino', r.beneficiary.account)}${row('Alias', r.beneficiary.alias)}${row('Concepto', r.concept)}${stack('Id Op.', refOf(r, 'coelsa'))}`,
  },
  {
    id: 'ar-brubank', issuer: 'brubank', country: 'AR', hides: [],
    references: (chance) => [{ type: 'operation', value: chance.digits(8) }],
    style: 'h1{color:#6b3fd4}.row{border-bottom:1px solid #ddd;padding:10px 0}',
    body: (r) => `<h1>Brubank</h1><h2>Comprobante de transferencia</h2>${row('Monto', `$ ${comma(r.amount)}`)}${row('Fecha', `${slashed(r)} ${r.at}`)}
${row('Origen', r.payer.name)}${row('CUIL', cuit(r.payer.document))}${row('Destinatario', r.beneficiary.name.toUpperCase())}${row('CUIT', cuit(r.beneficiary.document))}${row('CBU', r.beneficiary.account)}${row('Banco', r.beneficiary.bank)}${row('Nro. de operación', refOf(r, 'operation'))}`,
  },
  {
    id: 'ar-bna', issuer: 'bna', country: 'AR', hides: ['payerName'],
    references: (chance) => [{ type: 'operation', value: chance.digits(9) }],
    style: 'h1{background:#0b6a75;color:#fff;padding:14px}.stack{padding:8px 0}',
    body: (r) => `<h1>BNA+</h1><h2>Transferencia realizada con éxito</h2>${stack('Importe', `$ ${comma(r.amount)}`)}${stack('Fecha de operación', `${slashed(r)} - ${r.at} hs`)}
${stack('Cuenta débito', masked(r.payer.account))}${stack('Beneficiario', r.beneficiary.name)}${stack('CUIT', cuit(r.beneficiary.document))}${stack('CBU/CVU destino', r.beneficiary.account)}${stack('Concepto', r.concept)}${stack('Comprobante N°', refOf(r, 'operation'))}`,
  },
  {
    id: 'ar-naranjax', issuer: 'naranjax', country: 'AR', hides: [],
    references: (chance) => [{ type: 'coelsa', value: `N${chance.digits(1)}${chance.letters(20)}` }],
    style: 'body{background:#fff7f0}h1{color:#fe5000}.amount{font-size:36px}',
    body: (r) => `<h1>Naranja X</h1><p>Enviaste</p><div class="amount">$ ${comma(r.amount)}</div><p>${parts(r).day} ${parts(r).short} ${parts(r).year}, ${r.at} h</p>
${party('Para', [r.beneficiary.name, `CUIT ${cuit(r.beneficiary.document)}`, `CBU ${r.beneficiary.account}`])}${party('Desde', [r.payer.name, `CUIL ${cuit(r.payer.document)}`, `CVU ${r.payer.account}`])}${stack('COELSA ID', refOf(r, 'coelsa'))}`,
  },
  {
    id: 'mx-bbva', issuer: 'bbva', country: 'MX', hides: ['payerName', 'beneficiaryDocument'],
    references: (chance) => [{ type: 'rastreo', value: `MBAN0100${chance.digits(16)}` }, { type: 'numeric-ref', value: chance.digits(7) }, { type: 'operation', value: chance.digits(10) }],
    style: 'h1{background:#072146;color:#fff;padding:14px}.amount{font-size:32px}',
    body: (r) => `<h1>BBVA</h1><h2>Transferencia exitosa</h2><div class="amount">$${point(r.amount)}</div>${row('Comisión', '$0.00')}${row('Fecha de operación', `${parts(r).day} ${parts(r).short} ${parts(r).year}, ${r.at} h`)}
${row('Cuenta origen', masked(r.payer.account))}${row('Beneficiario', r.beneficiary.name)}${row('Banco receptor', r.beneficiary.bank)}${row('Cuenta CLABE', r.beneficiary.account)}${row('Concepto', r.concept)}${stack('Clave de rastreo', refOf(r, 'rastreo'))}${row('Referencia numérica', refOf(r, 'numeric-ref'))}${row('Folio', refOf(r, 'operation'))}`,
  },
  {
    id: 'mx-banorte', issuer: 'banorte', country: 'MX', unseen: true, hides: ['beneficiaryDocument'],
    references: (chance) => [{ type: 'rastreo', value: `8846CAP${chance.digits(17)}` }, { type: 'auth', value: chance.digits(6) }],
    style: 'h1{color:#eb0029}.stack{border-left:3px solid #eb0029;padding:4px 12px;margin:8px 0}',
    body: (r) => `<h1>Banorte</h1><h2>Comprobante de operación</h2><p>Transferencia exitosa</p>${stack('Importe', `$ ${point(r.amount)} MXN`)}${stack('Fecha de aplicación', slashed(r))}${stack('Hora', `${r.at} hrs`)}${stack('Ordenante', r.payer.name.toUpperCase())}${stack('Nombre del beneficiario', r.beneficiary.name.toUpperCase())}${stack('Banco destino', r.beneficiary.bank)}${stack('CLABE interbancaria destino', r.beneficiary.account)}${stack('Concepto de pago', r.concept)}${stack('Clave de rastreo', refOf(r, 'rastreo'))}${stack('Número de autorización', refOf(r, 'auth'))}`,
  },
  {
    id: 'mx-inbursa', issuer: 'inbursa', country: 'MX', hides: ['beneficiaryDocument'],
    references: (chance) => [{ type: 'rastreo', value: `INBU${chance.digits(14)}` }, { type: 'operation', value: chance.digits(8) }],
    style: 'h1{color:#0a3a6b}table{width:100%;border-collapse:collapse}td,th{border:1px solid #aaa;padding:6px;text-align:left;font-size:14px}',
    body: (r) => `<h1>Inbursa</h1><h2>Transferencia SPEI realizada</h2><table><tr><th colspan=2>ORIGEN</th></tr><tr><td>Ordenante</td><td>${r.payer.name}</td></tr><tr><td>Cuenta de cargo</td><td>${masked(r.payer.account)}</td></tr><tr><th colspan=2>DESTINO</th></tr><tr><td>Beneficiario</td><td>${r.beneficiary.name}</td></tr><tr><td>Banco receptor</td><td>${r.beneficiary.bank}</td></tr><tr><td>CLABE</td><td>${r.beneficiary.account}</td></tr><tr><td>Monto</td><td>$${point(r.amount)}</td></tr><tr><td>Fecha y hora</td><td>${slashed(r)} ${r.at}</td></tr><tr><td>Clave de rastreo</td><td>${refOf(r, 'rastreo')}</td></tr><tr><td>Folio</td><td>${refOf(r, 'operation')}</td></tr></table>`,
  },
  {
    id: 'pe-yape', issuer: 'yape', country: 'PE', hides: ['payerName', 'beneficiaryAccount', 'beneficiaryDocument'],
    references: (chance) => [{ type: 'operation', value: chance.digits(8) }],
    style: 'body{background:#742284}main{background:#fff;border-radius:16px;padding:24px}h1{color:#742284}.amount{font-size:40px}',
    body: (r) => `<h1>¡Yapeaste!</h1><div class="amount">S/ ${whole(point(r.amount))}</div><h2>${r.beneficiary.name.split(' ').slice(0, 2).join(' ').slice(0, -1)}*</h2><p>${parts(r).day} ${parts(r).short}. ${parts(r).year} | ${twelve(r, 'a.m.', 'p.m.')}</p>${row('CÓDIGO DE SEGURIDAD', '7 1 9')}<h3>DATOS DE LA TRANSACCIÓN</h3>${row('Nro. de celular', '*** *** 123')}${row('Destino', 'Yape')}${row('Nro. de operación', refOf(r, 'operation'))}`,
  },
  {
    id: 'pe-plin', issuer: 'plin', country: 'PE', hides: ['payerName', 'beneficiaryAccount', 'beneficiaryDocument'],
    references: (chance) => [{ type: 'operation', value: chance.digits(7) }],
    style: 'h1{color:#00a19b}.amount{font-size:36px}',
    body: (r) => `<h1>¡Pago realizado!</h1><p>Plin</p><div class="amount">S/ ${point(r.amount)}</div>${stack('Enviado a', r.beneficiary.name)}${stack('Fecha y hora', `${parts(r).day} ${capital(parts(r).short)} ${parts(r).year} - ${twelve(r, 'AM', 'PM')}`)}${stack('Destino', 'BCP')}${stack('Cód. operación', refOf(r, 'operation'))}`,
  },
  {
    id: 'co-nequi', issuer: 'nequi', country: 'CO', hides: ['payerName', 'beneficiaryDocument'],
    references: (chance) => [{ type: 'operation', value: `M${chance.digits(8)}` }],
    style: 'body{background:#200020}main{background:#fff;padding:24px;border-radius:8px}.stack{padding:6px 0}',
    body: (r) => `<h2>Envío realizado</h2><p>¡Escanea este QR con Nequi para verificar tu envío al instante!</p>${stack('Para', r.beneficiary.name.toUpperCase())}${stack('¿Cuánto?', `$ ${comma(r.amount)}`)}${stack('Número Nequi', r.beneficiary.account.replace(/(\d{3})(\d{3})(\d{4})/u, '$1 $2 $3'))}${stack('Fecha', `${parts(r).day} de ${parts(r).name} de ${parts(r).year} a las ${twelve(r, 'a. m.', 'p. m.').padStart(11, '0')}`)}${stack('Referencia', refOf(r, 'operation'))}`,
  },
  {
    id: 'co-bancolombia', issuer: 'bancolombia', country: 'CO', hides: ['payerName', 'beneficiaryDocument', 'beneficiaryAccount'],
    references: (chance) => [{ type: 'operation', value: chance.digits(10) }],
    style: 'h1{background:#fdda24;padding:12px}.row{padding:8px 0}',
    body: (r) => `<h1>Bancolombia</h1><h2>¡Transferencia exitosa!</h2>${row('Comprobante No.', refOf(r, 'operation'))}<p>${parts(r).day} ${capital(parts(r).short)} ${parts(r).year} - ${twelve(r, 'a. m.', 'p. m.')}</p>${row('Valor de la transferencia', `$ ${comma(r.amount)}`)}${row('Costo de la transferencia', '$ 0,00')}${row('Producto origen', `Ahorros *${r.payer.account.slice(-4)}`)}${row('Producto destino', `*${r.beneficiary.account.slice(-4)}`)}${row('Nombre del beneficiario', r.beneficiary.name)}`,
  },
  {
    id: 'ec-pichincha', issuer: 'pichincha', country: 'EC', hides: ['payerName', 'beneficiaryDocument'],
    references: (chance) => [{ type: 'operation', value: chance.digits(8) }],
    style: 'h1{color:#0f265c;border-bottom:6px solid #ffdd00}.amount{font-size:32px}',
    body: (r) => `<h1>Banco Pichincha</h1><h2>Transferencia exitosa</h2><div class="amount">$${point(r.amount)}</div><p>${parts(r).day} ${parts(r).short} ${parts(r).year} ${r.at}</p>${stack('Cuenta de origen', `******${r.payer.account.slice(-4)}`)}${stack('Beneficiario', r.beneficiary.name.toUpperCase())}${stack('Cuenta de destino', r.beneficiary.account)}${stack('Comprobante', refOf(r, 'operation'))}`,
  },
  {
    id: 'ec-produbanco', issuer: 'produbanco', country: 'EC', unseen: true, hides: ['beneficiaryDocument'],
    references: (chance) => [{ type: 'operation', value: `${chance.digits(9)}` }],
    style: 'h1{background:#00693c;color:#fff;padding:12px}.row{padding:9px 0;border-bottom:1px dotted #999}',
    body: (r) => `<h1>Produbanco</h1><h2>Transferencia realizada</h2>${row('Valor transferido', `USD ${point(r.amount)}`)}${row('Fecha de transacción', `${slashed(r)} ${r.at}`)}${row('Nombre ordenante', r.payer.name)}${row('Nombre beneficiario', r.beneficiary.name)}${row('Cuenta beneficiario', r.beneficiary.account)}${row('Concepto', r.concept)}${row('Nro. de control', refOf(r, 'operation'))}`,
  },
  {
    id: 'cl-bancoestado', issuer: 'bancoestado', country: 'CL', hides: ['payerName'],
    references: (chance) => [{ type: 'operation', value: chance.digits(9) }],
    style: 'h1{background:#f47b20;color:#fff;padding:12px}.stack{padding:6px 0}',
    body: (r) => `<h1>BancoEstado</h1><h2>Transferencia exitosa</h2>${stack('Monto', `$${whole(comma(r.amount))}`)}${stack('Fecha y hora', `${slashed(r)} ${r.at}`)}${stack('Nombre destinatario', r.beneficiary.name)}${stack('RUT destinatario', rut(r.beneficiary.document))}${stack('Banco destino', r.beneficiary.bank)}${stack('Tipo de cuenta', 'Cuenta Vista')}${stack('N° de cuenta', r.beneficiary.account)}${stack('N° Operación', refOf(r, 'operation'))}`,
  },
  {
    id: 'cl-tenpo', issuer: 'tenpo', country: 'CL', hides: [],
    references: (chance) => [{ type: 'operation', value: chance.digits(12) }],
    style: 'h1{color:#00b894}.amount{font-size:34px}',
    body: (r) => `<h1>tenpo</h1><p>Transferencia enviada</p><div class="amount">$${whole(comma(r.amount))}</div>${row('Fecha', `${parts(r).day} ${parts(r).short} ${parts(r).year} ${r.at}`)}${row('Desde', r.payer.name)}${row('Para', r.beneficiary.name)}${row('RUT', rut(r.beneficiary.document))}${row('Banco', r.beneficiary.bank)}${row('Cuenta', r.beneficiary.account)}${row('ID transacción', refOf(r, 'operation'))}`,
  },
];
