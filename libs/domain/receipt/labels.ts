import { normalize } from '../text/normalize.js';
import { editDistance } from '../text/similarity.js';
import type { ReferenceType } from './receipt.js';

/** What a label announces; `title` nothing, although it begins like one. `payer` and `beneficiary` also open that party's part of the receipt. */
export type Announced =
  | { what: 'amount' | 'date' | 'time' | 'name' | 'document' | 'account' | 'alias' | 'bank' | 'concept' | 'fee' | 'ignored' | 'title' }
  | { what: 'payer' | 'beneficiary'; then?: 'name' | 'account' | 'bank' | 'document' }
  | { what: 'reference'; type: ReferenceType };

const table: readonly (readonly [Announced, string])[] = [
  [{ what: 'amount' }, 'monto|importe|total|valor|cuanto|monto transferido|monto enviado|importe transferido|importe enviado|valor transferido|valor enviado|monto total|total pagado|total transferido|monto de la operacion|importe de la operacion|valor de la transaccion|monto pagado|importe total|valor pagado|cantidad|monto depositado|monto de la transferencia|transferiste|enviaste|pagaste|yapeaste|monto del envio'],
  [{ what: 'fee' }, 'comision|costo|cargo|iva|impuesto|saldo|saldo disponible|nuevo saldo|costo de la transaccion|valor comision|costo del envio|costo de la transferencia|itf'],
  [{ what: 'date' }, 'fecha|fecha y hora|fecha de operacion|fecha de la operacion|fecha operacion|fecha de pago|fecha de transaccion|fecha de la transaccion|fecha de aplicacion|fecha de la transferencia|fecha de transferencia|dia y hora|fecha de ejecucion|fecha y hora de operacion|fecha contable|fecha de envio'],
  [{ what: 'time' }, 'hora|hora de operacion|hora de la operacion|horario'],
  [{ what: 'payer', then: 'name' }, 'de|desde|origen|nombre remitente|nombre del remitente|ordenante|remitente|enviado por|enviada por|titular cuenta origen|nombre del ordenante|pagador|quien envia|quien envio|titular origen|enviado desde|nombre ordenante|datos del ordenante|datos de origen|transferido por|depositante|emisor|cliente ordenante|nombre del originador|originador'],
  [{ what: 'payer', then: 'account' }, 'cuenta origen|cuenta de origen|cuenta debito|cuenta de debito|cuenta de retiro|cuenta debitada|producto origen|cuenta ordenante|cuenta de cargo|cuenta del ordenante|clabe asociada|cbu origen|cvu origen|cuenta cargo|cuenta de salida'],
  [{ what: 'payer', then: 'bank' }, 'banco emisor|banco origen|banco de origen|banco ordenante|institucion emisora|entidad origen|institucion ordenante'],
  [{ what: 'payer', then: 'document' }, 'cuit origen|documento ordenante|rut origen|cuil origen|cuit cuil origen|cedula ordenante|rut ordenante'],
  [{ what: 'beneficiary', then: 'name' }, 'para|destinatario|beneficiario|destino|hacia|recibe|nombre beneficiario|nombre del beneficiario|nombre del destinatario|nombre destinatario|titular cuenta destino|titular destino|enviado a|enviada a|a nombre de|quien recibe|titular|receptor|datos del destinatario|datos del beneficiario|datos de destino|nombre titular|titular de la cuenta|pagado a|transferiste a|contacto|comercio|nombre receptor|acreditado a|depositado a'],
  [{ what: 'beneficiary', then: 'account' }, 'cuenta destino|cuenta de destino|cuenta credito|cuenta de credito|cuenta destinataria|producto destino|cuenta beneficiario|cuenta del beneficiario|cuenta de deposito|cbu destino|cvu destino|clabe destino|cuenta clabe destino|cbu cvu destino|cuenta abono|cuenta de abono|cuenta acreditada|cuenta destinatario|numero de cuenta|n de cuenta|nro de cuenta|no de cuenta|clabe beneficiario|cuenta beneficiaria|numero nequi|nro de celular|numero de celular|celular|telefono destino|clabe interbancaria destino|cbu cvu del destinatario'],
  [{ what: 'beneficiary', then: 'bank' }, 'banco destino|banco de destino|banco receptor|banco beneficiario|institucion receptora|entidad destino|banco del beneficiario|banco destinatario'],
  [{ what: 'beneficiary', then: 'document' }, 'cuit destino|rut destinatario|cuit cuil destino|documento beneficiario|cuit beneficiario|rut destino|cuit del destinatario|cuit destinatario|rfc beneficiario|ruc beneficiario'],
  [{ what: 'name' }, 'nombre|razon social|nombre completo|nombre y apellido|denominacion'],
  [{ what: 'document' }, 'cuit|cuil|cuit cuil|cuil cuit|cuit cuil cdi|rut|rfc|ruc|dni|cedula|documento|nit|ci|cuit dni|identificacion'],
  [{ what: 'account' }, 'cbu|cvu|cbu cvu|cvu cbu|clabe|cuenta|clabe interbancaria|cuenta clabe|n cuenta|cuenta corriente|cuenta vista|caja de ahorro|cuenta rut|cuenta de ahorros|cuenta ahorros|tarjeta|clabe destinatario'],
  [{ what: 'alias' }, 'alias|alias cbu|alias cvu'],
  [{ what: 'bank' }, 'banco|entidad|institucion|entidad bancaria|entidad financiera'],
  [{ what: 'concept' }, 'motivo|concepto|descripcion|mensaje|glosa|asunto|detalle|concepto de pago|motivo de pago|motivo de la transferencia|comentario|nota|observaciones|concepto del pago'],
  [{ what: 'title' }, 'comprobante de transferencia|comprobante de pago|comprobante de deposito|comprobante de operacion|comprobante digital|operacion exitosa|operacion realizada|transaccion exitosa'],
  [{ what: 'ignored' }, 'tipo de cuenta|tipo de operacion|email|correo|correo electronico|codigo de seguridad|datos de la transaccion|estado|moneda|canal|plazo|tipo de transferencia|sucursal|forma de pago|medio de pago|metodo de pago|telefono|tipo de envio|tipo'],
  [{ what: 'reference', type: 'coelsa' }, 'coelsa id|id coelsa|codigo de identificacion|codigo coelsa|identificador coelsa'],
  [{ what: 'reference', type: 'rastreo' }, 'clave de rastreo|clave rastreo|clave de rastreo spei'],
  [{ what: 'reference', type: 'numeric-ref' }, 'referencia numerica|numero de referencia|ref numerica|no de referencia|n de referencia|nro de referencia'],
  [{ what: 'reference', type: 'auth' }, 'autorizacion|numero de autorizacion|codigo de autorizacion|no de autorizacion|folio de autorizacion|nro de autorizacion|n de autorizacion'],
  [{ what: 'reference', type: 'operation' }, 'numero de operacion|n operacion|no operacion|n transaccion|nro de operacion|n de operacion|no de operacion|id op|id operacion|id de operacion|numero operacion|nro operacion|operacion|operacion n|cod operacion|codigo de operacion|codigo operacion|folio|folio de operacion|numero de folio|numero de transaccion|id transaccion|id de transaccion|id de la transaccion|transaccion|nro de transaccion|n de transaccion|comprobante|comprobante n|comprobante no|comprobante nro|numero de comprobante|n de comprobante|nro de comprobante|nro comprobante|no de comprobante|referencia|documento n|documento no|numero de documento|nro de documento|control|secuencial|n de control|numero de control|ticket|nro de ticket|id de la operacion|nro|cod de operacion|numero de movimiento|codigo de transaccion|nro de control|id de pago'],
];

interface Label {
  words: string[];
  announced: Announced;
}

/** Longest first: "cuenta destino" before "cuenta". */
const labels: readonly Label[] = table
  .flatMap(([announced, all]) => all.split('|').map((text) => ({ words: text.split(' '), announced })))
  .sort((one, other) => other.words.length - one.words.length || other.words.join('').length - one.words.join('').length);

/** Letters that readers of characters take for others, in words that we look for. */
const folded = (word: string): string => word.replace(/0/gu, 'o').replace(/[1|]/gu, 'i').replace(/5/gu, 's').replace(/8/gu, 'b');

function resembles(seen: string, wanted: string): boolean {
  if (seen === wanted) return true;
  const word = folded(seen);
  if (word === wanted) return true;
  const limit = wanted.length >= 9 ? 2 : wanted.length >= 5 ? 1 : 0;
  return limit > 0 && editDistance(word, wanted, limit) <= limit;
}

export interface LabelledLine {
  announced: Announced;
  /** What stands behind the label in the same line; empty when the value is in the next one. */
  value: string;
}

const word = /[\p{L}\p{N}º°|]+/gu;

/** The label that a line begins with. Short ones ("de", "para", "no") count only before a colon or at a line's end, or before a capital. */
export function labelOf(line: string): LabelledLine | undefined {
  const seen = [...line.matchAll(word)].slice(0, 8).map((match) => ({ text: normalize(match[0]).replace(/^n[s°]$/u, 'n'), end: match.index + match[0].length }));
  for (const { words, announced } of labels) {
    if (words.length > seen.length || !words.every((wanted, i) => resembles(seen[i]!.text, wanted))) continue;
    const rest = line.slice(seen[words.length - 1]!.end);
    const value = rest.replace(/^[\s:.?¿#\-–—º°]+/u, '').trim();
    const isShort = words.join('').length < 5;
    if (isShort && value !== '' && !/^\s*[:.?#]|^\s+[\p{Lu}\d*$]/u.test(rest)) continue;
    return { announced, value };
  }
  return undefined;
}
