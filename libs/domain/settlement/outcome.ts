import type { CrmFault, OrderResult } from '../customers.js';
import type { StepState } from './settlement.js';

/** What became of a step, for its row. */
export interface Outcome {
  state: StepState;
  fault?: CrmFault;
  /** For people, in Spanish. */
  note?: string;
}

/** What the order was to do, as a person is told who has to do it: "registrar el pago". */
export interface OrderWords {
  /** "Registralo" */
  byHand: string;
}

/** What an ISP system's answer to an order makes of a step: nothing but its word counts as done. */
export function outcomeOf(result: OrderResult, { byHand }: OrderWords): Outcome {
  if (result.ok) return { state: result.done === 'already' ? 'already' : 'done' };
  switch (result.reason) {
    case 'unavailable':
      return { state: 'waiting', ...(result.fault ? { fault: result.fault } : {}), note: 'El sistema no responde: se vuelve a intentar.' };
    case 'unknown':
      return { state: 'unknown', ...(result.fault ? { fault: result.fault } : {}), note: 'No se sabe si se hizo: miralo en el sistema antes de repetirlo.' };
    case 'not-found':
      return { state: 'failed', note: `El sistema no encuentra al cliente o la factura. ${byHand} a mano.` };
    case 'unsupported':
      return { state: 'failed', note: `El sistema no lo permite. ${byHand} a mano.` };
    case 'rejected':
      return { state: 'failed', note: `El sistema lo rechazó: ${result.why}` };
  }
}

/** The company uses another system by now: nothing is ordered there of what belongs to the former one, and a person decides. Names as administrators see them. */
export const movedAway = ({ from, to }: { from: string; to: string }, { byHand }: OrderWords): Outcome => (
  { state: 'failed', note: `Este pago es de ${from}, y ahora usás ${to}: mirá en ${from} si está registrado. ${byHand} a mano, o volvé a intentarlo cuando uses ${from} otra vez.` });
