import type { CustomerOrder, CustomerQuery, QueryResult } from '../customers.js';

/** How long an answer may be said again, in milliseconds. */
export interface Keeping {
  /** Without asking. */
  freshMs: number;
  /** Where the system does not answer, with its age. */
  keptMs: number;
}

const SECOND = 1_000;
const HOUR = 3_600 * SECOND;
const DAY = 24 * HOUR;

/**
 * Who somebody is and what is on sale change slowly: an old answer is better than none. What is owed and whether the line is up are not
 * said when they may be wrong. Times: research/external-apis.md §0.2 (look-ups 60–300 s, catalogues 24 h).
 */
const keepings: Partial<Record<CustomerQuery['kind'], Keeping>> = {
  'by-phone': { freshMs: 300 * SECOND, keptMs: DAY },
  'by-document': { freshMs: 300 * SECOND, keptMs: DAY },
  account: { freshMs: 60 * SECOND, keptMs: 60 * SECOND },
  profile: { freshMs: 60 * SECOND, keptMs: 60 * SECOND },
  invoices: { freshMs: 60 * SECOND, keptMs: 60 * SECOND },
  plans: { freshMs: DAY, keptMs: 7 * DAY },
};

/** Nobody with this phone or document: they may be entered any minute, so it is asked again soon, and never said without asking. */
const nobody: Keeping = { freshMs: 60 * SECOND, keptMs: 60 * SECOND };

/** Whether answers of this kind are ever said again. What is measured now, and files, are not. */
export const mayBeKept = ({ kind }: CustomerQuery): boolean => keepings[kind] !== undefined;

/** How long this answer may be said again; undefined: not at all. A failure is no knowledge. */
export function keepingOf(query: CustomerQuery, answer: QueryResult): Keeping | undefined {
  if (!answer.ok) return undefined;
  return answer.kind === 'customers' && answer.customers.length === 0 ? nobody : keepings[query.kind];
}

/** Whose data an answer is: a change to one of them makes it old. */
export function customersOf(query: CustomerQuery, answer: QueryResult): string[] {
  if (answer.ok && answer.kind === 'customers') return answer.customers.map(({ id }) => id);
  return 'customer' in query ? [query.customer] : [];
}

/** Whose data an order changes. */
export const changedBy = (order: CustomerOrder): string | undefined => ('customer' in order ? order.customer : undefined);
