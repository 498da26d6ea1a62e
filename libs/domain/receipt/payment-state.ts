import { normalize } from '../text/normalize.js';
import type { PaymentState } from './receipt.js';

const says: readonly (readonly [PaymentState, RegExp])[] = [
  ['failed', /\b(?:rechazad[ao]|fallid[ao]|no se pudo|cancelad[ao]|anulad[ao]|devuelt[ao]|revertid[ao]|no realizad[ao])\b/u],
  ['scheduled', /\b(?:programad[ao]|agendad[ao]|se realizara el|se hara el|a realizarse)\b/u],
  ['pending', /\b(?:en proceso|pendiente|procesando|en revision|en curso|por confirmar|a la espera)\b/u],
  [
    'completed',
    /\b(?:exitos[ao]|exito|realizad[ao]|aprobad[ao]|acreditad[ao]|confirmad[ao]|completad[ao]|enviaste|transferiste|yapeaste|pagaste|liquidado|enviad[ao]|efectuad[ao]|comprobante de (?:transferencia|pago|deposito|operacion)|plineaste|envio realizado|listo)\b/u,
  ],
];

/**
 * What a receipt says of the payment. Bad news counts before good: "Transferencia programada … se realizará con éxito" is not money.
 * What it says in the line of the concept is the payer's own words, so callers leave that out.
 */
export function paymentStateIn(lines: readonly string[]): PaymentState {
  const texts = lines.map(normalize);
  return says.find(([, pattern]) => texts.some((text) => pattern.test(text)))?.[0] ?? 'unknown';
}
