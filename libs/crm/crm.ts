import type { CrmFault, CustomerOrder, CustomerQuery, OrderResult, QueryResult } from '../domain/customers.js';

/**
 * The port to an ISP's system. One adapter a vendor; each passes `adapter-suite.ts`.
 *
 * What an adapter promises:
 * - It answers with `QueryResult` values: a customer that the system does not know is `not-found`, a question that it cannot answer
 *   is `unsupported`. Nothing of the vendor (numeric kinds, floats, local dates) comes through.
 * - `by-phone` and `by-document` answer `customers` with an empty list where nobody fits: that is knowledge, no failure.
 * - It sees one company only: it was opened with that company's access, and never takes a company as an argument.
 * - It tries once. Temporal is the only one who tries again.
 */
export interface Crm {
  /** Less than the registry says of the system, where its settings leave something out. */
  readonly capabilities?: readonly CrmCapability[];

  /**
   * @param signal aborted when nobody waits for the answer any more; the adapter stops its calls
   * @throws anything when the system cannot be reached or talks nonsense: the caller makes `unavailable` of it
   */
  ask(query: CustomerQuery, signal: AbortSignal): Promise<QueryResult>;

  /**
   * Changes something, once for each reference however often it is called.
   * @returns `unknown` where the call may have had an effect and reading again did not settle it
   */
  act(order: CustomerOrder, signal: AbortSignal): Promise<OrderResult>;

  /** "Probar conexión": really calls the system, and says what is wrong. */
  test(signal: AbortSignal): Promise<ConnectionTest>;
}

export type ConnectionTest =
  | { ok: true; ms: number; /** As the system names it. */ version?: string; /** Settings that were found out (the host that works). */ found?: Record<string, string> }
  /** `detail`: for a person who looks after the system; never a key. */
  | { ok: false; ms: number; fault: CrmFault; detail?: string };

/** What a system can be asked or told; menus hide what the active one cannot answer. */
export type CrmCapability = CustomerQuery['kind'] | CustomerOrder['kind'];
