import type { ReversalCause } from './settlement.js';

/** Why a payment was taken back, as a customer and the ISP's system are told. What a person wrote about it stays inside. */
export const reversalWords: Readonly<Record<ReversalCause, string>> = {
  person: 'al revisarlo no se pudo confirmar', refunded: 'el importe fue devuelto', 'charged-back': 'el banco lo desconoció', statement: 'no figura en la cuenta',
};

export interface SettlementLine {
  /** As the company writes it. */
  amount: string;
  customer: string;
  method: string;
}

/** What a number's group hears of a payment. */
export const settledLine = ({ amount, customer, method }: SettlementLine, isReactivated: boolean): string =>
  `💰 *Pago registrado*: ${amount} de ${customer} (${method}).${isReactivated ? ' Servicio reactivado.' : ''}`;

/** And of one that was refused afterwards. */
export const refusedLine = ({ amount, customer, method }: SettlementLine, cause: ReversalCause, isTakenBack: boolean): string =>
  `⚠️ *Pago rechazado*: ${amount} de ${customer} (${method}), ${reversalWords[cause]}. ${isTakenBack ? 'Quedó anulado en el sistema.' : 'Hay que verlo a mano, en Comprobantes.'}`;
