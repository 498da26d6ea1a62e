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

/** What people have to know of a service whose customer paid: why it stays off, or that it is back although its company would not have it so. */
export const serviceNotes = {
  some: 'Queda deuda vencida: el servicio sigue suspendido.',
  unknown: 'No se sabe si queda deuda vencida: el servicio quedó como estaba. Miralo y, si corresponde, reactivalo a mano.',
  untold: 'El sistema no dice si el servicio está suspendido: quedó como estaba.',
  asked: 'El sistema no dice si el servicio está suspendido: se le pide que lo reactive con el pago.',
  byItself: 'El servicio volvió con el pago, por el sistema mismo, aunque queda deuda vencida.',
} as const;

/** What a number's group hears of a payment. `note`: of `serviceNotes`. */
export const settledLine = ({ amount, customer, method }: SettlementLine, isReactivated: boolean, note?: string): string =>
  `💰 *Pago registrado*: ${amount} de ${customer} (${method}).${note !== undefined ? ` ${note}` : isReactivated ? ' Servicio reactivado.' : ''}`;

/** And of one that was refused afterwards. */
export const refusedLine = ({ amount, customer, method }: SettlementLine, cause: ReversalCause, isTakenBack: boolean): string =>
  `⚠️ *Pago rechazado*: ${amount} de ${customer} (${method}), ${reversalWords[cause]}. ${isTakenBack ? 'Quedó anulado en el sistema.' : 'Hay que verlo a mano, en Comprobantes.'}`;
