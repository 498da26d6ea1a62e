import { normalize } from '../text/normalize.js';
import type { ReadReceipt } from './receipt.js';

/** What receipts say of themselves. */
const words = /\b(?:comprobante|transferencia|transferiste|transaccion|deposito|envio|enviaste|pago|pagaste|yapeaste|operacion|recibo|constancia)\b/u;
/** What asks for money instead of proving that it was sent, or shows what somebody has. */
const otherwise = /\b(?:a pagar|total a abonar|escanea para pagar|escanea el codigo para pagar|vence el|vencimiento|agregar al carrito|carrito|finalizar compra|saldo disponible|ultimos movimientos|movimientos|resumen de cuenta|estado de cuenta|cotizacion|presupuesto|factura [abc])\b/u;

const ENOUGH = 3.5;

/** Whether a text is a receipt at all. Something is one when it names an amount and most of: when, under which number, between whom. */
export function resemblesReceipt(lines: readonly string[], read: Omit<ReadReceipt, 'isReceipt'>): boolean {
  if (!read.amount) return false;
  const texts = lines.map(normalize);
  const against = texts.filter((text) => otherwise.test(text)).length;
  const points =
    1 + (read.paidAt ? 1 : 0) + (read.references.length > 0 ? 1 : 0) + (read.state === 'unknown' ? 0 : 1) + (read.issuer === undefined ? 0 : 0.5) +
    (texts.some((text) => words.test(text)) ? 0.5 : 0) + (read.beneficiary.name ?? read.beneficiary.account ?? read.payer.name ? 1 : 0);
  return points - Math.min(3, against * 1.5) >= ENOUGH;
}
