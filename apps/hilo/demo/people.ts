import { wellKnown } from '../../../libs/db/seeds/demo/well-known.js';

/** Somebody to be in the simulated phone: the simulator serves this list at `/demo-people.json`. */
export interface ExamplePerson {
  /** E.164 digits. */
  number: string;
  name: string;
  /** What makes this person worth trying, in Spanish. */
  note: string;
}

/** Those of the book's well-known people that have a phone, by what the demo's flows tell apart. */
const notes = {
  upToDate: 'Al día',
  dueSoon: 'Con una factura por vencer',
  debtor: 'Con una factura vencida',
  suspended: 'Suspendido por falta de pago',
  paidButSuspended: 'Pagó y sigue suspendida',
  offline: 'Sin conexión',
  weakSignal: 'Con señal débil',
  twoServices: 'Con dos servicios',
  coupleOne: 'Comparte el teléfono con otra clienta',
} as const satisfies Partial<Record<keyof typeof wellKnown, string>>;

/** Somebody who is in no book. */
export const NEWCOMER: ExamplePerson = { number: '5493415550299', name: 'Nadia Rolón', note: 'No es clienta' };

/** One customer for each situation, and a newcomer. */
export function examplePeople(): ExamplePerson[] {
  const known = Object.entries(notes).flatMap(([key, note]) => {
    const { name, phones } = wellKnown[key as keyof typeof notes];
    return phones.map((number) => ({ number, name, note }));
  });
  return [...known, NEWCOMER];
}
