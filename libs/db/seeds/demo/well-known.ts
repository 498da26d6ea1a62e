import type { Profile } from './profile.js';

/**
 * The demo's people that stories, screens and guides name. Their numbers lie in 341 555 02xx, which nobody else in the
 * book has; they are the first customers of the book, in this order.
 */
export const wellKnown = {
  upToDate: person('Ana María Gómez', '30123456', '5493415550201', { debt: 'none' }),
  dueSoon: person('Bruno Ferreyra', '28456789', '5493415550202', { debt: 'due' }),
  debtor: person('Carla Benítez', '33987654', '5493415550203', { debt: 'overdue' }),
  suspended: person('Diego Acosta', '25741852', '5493415550204', { debt: 'suspended' }),
  twoServices: person('Elena Sosa', '20369258', '5493415550205', { services: 2 }),
  /** These two share a phone. */
  coupleOne: person('Fabián Ledesma', '29147258', '5493415550206', {}),
  coupleTwo: person('Graciela Ríos', '31258369', '5493415550206', { debt: 'due' }),
  /** Without light at the modem. */
  offline: person('Hugo Maidana', '17852963', '5493415550208', { link: 'offline' }),
  weakSignal: person('Irene Vallejos', '35159357', '5493415550209', { link: 'weak' }),
  /** Identifies with the document and the service number only. */
  withoutPhone: person('Julio Cabrera', '12357951', undefined, { debt: 'due' }),
  /** Paid, and still cut off: what a system does that missed the payment. */
  paidButSuspended: person('Karina Duarte', '27486159', '5493415550211', { debt: 'paid-suspended' }),
} as const satisfies Record<string, Profile>;

type Phones<Phone> = Phone extends string ? [string] : [];

function person<Phone extends string | undefined>(
  name: string,
  document: string,
  phone: Phone,
  rest: Partial<Omit<Profile, 'phones'>>,
): Profile & { phones: Phones<Phone> } {
  const phones = (phone === undefined ? [] : [phone]) as Phones<Phone>;
  return { name, document, services: 1, debt: 'none', link: 'online', ...rest, phones };
}
