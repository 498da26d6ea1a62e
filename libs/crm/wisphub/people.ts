import type { CrmDeps } from '../crm-deps.js';
import { bareDocument, isPlaceholderDocument } from '../wire/documents.js';
import { phoneSought } from '../wire/phones.js';
import type { WisphubCalls } from './calls.js';
import { documentOf, peopleIn, type Person } from './map.js';
import { clientRow, type ClientRow } from './rows.js';

/** Finds people among WispHub's rows. Each row is checked against what was asked for: a filter that is ignored gives everybody. */
export interface WisphubPeople {
  byPhone(phone: string, signal: AbortSignal): Promise<Person[]>;
  byDocument(document: string, signal: AbortSignal): Promise<Person[]>;
  /** @param customer the number of any of a person's rows */
  byId(customer: string, signal: AbortSignal): Promise<Person | undefined>;
}

const LAST_DIGITS = [8, 4] as const;

export function wisphubPeople({ list }: WisphubCalls, deps: CrmDeps): WisphubPeople {
  /** The list, not `/clientes/{id}/`: that one answers with other fields, without saldo and phone. */
  const clients = (query: Record<string, string>, signal: AbortSignal): Promise<ClientRow[]> => list({ path: '/clientes/', query, signal }, clientRow);

  const rowsOfDocument = async (document: string, signal: AbortSignal): Promise<ClientRow[]> => (
    (await clients({ cedula: document }, signal)).filter((row) => documentOf(row) === bareDocument(document)));

  /** Somebody's other rows, which need not have the phone or the number that was asked for. */
  async function whole(person: Person, signal: AbortSignal): Promise<Person> {
    const [{ cedula, usuario }] = person;
    const document = documentOf(person[0]);
    const others = document === undefined
      ? usuario === undefined ? [] : (await clients({ usuario }, signal)).filter((row) => row.usuario === usuario && documentOf(row) === undefined)
      : await rowsOfDocument(cedula ?? document, signal);
    const all = new Map([...person, ...others].map((row) => [row.id_servicio, row]));
    return peopleIn([...all.values()])[0] ?? person;
  }

  return {
    /** Numbers are parts of free texts, in any spelling: the last eight digits first, and the last four for who writes "15-555-0301". */
    byPhone: async (phone, signal) => {
      const sought = phoneSought(phone, deps.defaultCountry);
      if (sought.spellings.length === 0) return [];
      for (const digits of LAST_DIGITS) {
        const rows = await clients({ telefono__contains: phone.slice(-digits) }, signal);
        const found = peopleIn(rows.filter(({ telefono }) => sought.isIn([telefono])));
        if (found.length > 0) return Promise.all(found.map((person) => whole(person, signal)));
      }
      return [];
    },
    byDocument: async (document, signal) => (isPlaceholderDocument(document) ? [] : peopleIn(await rowsOfDocument(bareDocument(document), signal))),
    byId: async (customer, signal) => {
      if (!/^\d{1,12}$/u.test(customer)) return undefined;
      const row = (await clients({ id_servicio: customer }, signal)).find(({ id_servicio: number }) => number === customer);
      return row ? whole([row], signal) : undefined;
    },
  };
}
