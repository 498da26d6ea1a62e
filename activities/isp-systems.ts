import type { ConnectionTest, CrmCapability } from '../libs/crm/crm.js';
import type { TriedOperation } from '../libs/crm/generic/tryout.js';
import { outsideSystems, type CrmSystemId, type OutsideSystemId } from '../libs/crm/registry.js';
import type { MikroORM } from '../libs/db/orm.js';
import type { CrmFault, CustomerOrder, CustomerQuery, OrderResult, QueryResult } from '../libs/domain/customers.js';
import type { ConnectionLimits } from '../libs/domain/isp/connection.js';
import type { SystemHealth } from '../libs/domain/isp/health.js';
import { HttpFailure, type HttpClient, type TlsTrust } from '../libs/http/http-client.js';
import type { Vault } from '../libs/vault/vault.js';
import { customerBookQueries, type CustomerBookQueries } from './customer-book.js';
import { AnswerCache } from './isp/answer-cache.js';
import { activeConnection, companyFacts, type Active, type CompanyFacts, type Connection } from './isp/connections.js';
import { tryDescribed, type TryRequest } from './isp/describing.js';
import { EmbeddedSystem } from './isp/embedded-system.js';
import { limited } from './isp/limited.js';
import { openCrm, type OutsideSystems } from './isp/opening.js';
import { callInHand, newCall, outgoing } from './isp/outgoing.js';
import { OutsideSystem } from './isp/outside-system.js';
import { Pace } from './isp/pace.js';
import { SystemRecords } from './isp/records.js';
import { UnopenedSystem } from './isp/unopened-system.js';

/** What the system said, and how old that is. A failure is never kept, so it is always of now. */
export type Answer = QueryResult & {
  /** When the system was asked what it then said: ISO instant. */
  asOf: string;
  /** Nobody was asked just now: said again, because it is fresh or because the system does not answer. */
  cached: boolean;
};

export interface IspHealth {
  state: 'up' | 'down';
  /** When this state began: ISO instant; absent while it was never called. */
  since?: string;
  /** What went wrong last, while it has not answered since. */
  fault?: CrmFault;
}

/**
 * A company's ISP system as everybody uses it. It never throws because the system fails: that is an answer, `unavailable` with its fault.
 */
export interface IspSystem {
  system: CrmSystemId;
  capabilities: ReadonlySet<CrmCapability>;
  /** As of when the system was opened. */
  health: IspHealth;
  /**
   * @param age now: what was said before does not do, also while the system does not answer; money is moved on it
   * @throws the signal's reason, once it is aborted: the caller does not wait any more
   */
  ask(query: CustomerQuery, signal: AbortSignal, age?: 'kept' | 'now'): Promise<Answer>;
  /** A result that is `unknown` may have had its effect. @throws the signal's reason, once it is aborted; it may have had its effect then, too */
  act(order: CustomerOrder, signal: AbortSignal): Promise<OrderResult>;
  /** Calls the system even while it counts as down. @throws the signal's reason, once it is aborted */
  test(signal: AbortSignal): Promise<ConnectionTest>;
}

/** A connection that need not be saved. */
export interface ConnectionDraft extends Pick<ConnectionLimits, 'limitMs' | 'perSecond' | 'atOnce'> {
  system: string;
  /** Secrets among them. */
  settings: Readonly<Record<string, unknown>>;
  tls: TlsTrust;
}

export interface IspSystems {
  /** The company's active system: the embedded book where no other was activated. */
  of(company: string): Promise<IspSystem>;
  /** Tries settings that nobody uses yet. @throws ZodError where they are not what the system takes */
  tryOut(company: string, draft: ConnectionDraft, signal: AbortSignal): Promise<ConnectionTest>;
  /** Tries one operation of a description that nobody uses yet. @throws SecretOfAnotherAddress */
  tryDescribed(company: string, request: TryRequest, signal: AbortSignal): Promise<TriedOperation>;
}

export interface IspSystemsDeps {
  orm: MikroORM;
  vault: Vault;
  /** The guarded client, for one company: what its operator allows and no more. Without one nobody is called. */
  http?(company: string): HttpClient;
  /** Milliseconds since 1970. */
  now(): number;
  customerBook?: CustomerBookQueries;
  /** How long the embedded book may take, in milliseconds; the others have their own limit. */
  bookLimitMs?: number;
  systems?: OutsideSystems;
}

const BOOK_LIMIT_MS = 8_000;

const closed: HttpClient = () => Promise.reject(new HttpFailure('address', 'This process calls nobody', false));

interface Opened {
  system: string;
  version: number;
  asked: OutsideSystem;
}

const healthFacts = (health: SystemHealth | undefined): IspHealth =>
  health === undefined ? { state: 'up' } : { state: health.state, since: new Date(health.sinceMs).toISOString(), ...(health.fault ? { fault: health.fault } : {}) };

/** Keeps what is open as it is saved. @returns undefined for what cannot be opened; what is saved anew is tried anew */
function openedOnce(open: (company: string, connection: Connection, facts: CompanyFacts) => OutsideSystem): (company: string, active: Active) => OutsideSystem | undefined {
  const opened = new Map<string, Opened>();
  return (company, { connection, facts }) => {
    if (!connection) return undefined;
    const { system, version } = connection;
    const known = opened.get(company);
    if (known?.system === system && known.version === version) return known.asked;
    try {
      const asked = open(company, connection, facts);
      opened.set(company, { system, version, asked });
      return asked;
    } catch {
      return undefined; // ZodError, or a system that this build does not have
    }
  };
}

/** The ISP systems of all companies: the one way to them, for activities and the API alike. One a process. */
export function ispSystems(deps: IspSystemsDeps): IspSystems {
  const { orm, vault, now, systems = outsideSystems, customerBook = customerBookQueries(orm), bookLimitMs = BOOK_LIMIT_MS } = deps;
  const httpFor = (company: string): HttpClient => deps.http?.(company) ?? closed;
  const openedFor = openedOnce((company, connection, facts) => {
    const records = new SystemRecords({ orm, now }, company, connection.system);
    const take = (enforced: boolean) => records.takeRequest(connection, facts.timeZone, enforced);
    const http = outgoing({ http: httpFor(company), connection, pace: new Pace(connection.perSecond, connection.atOnce), take });
    const { crm, capabilities } = openCrm(systems, connection, facts, { http, now });
    return new OutsideSystem({ crm, capabilities, cache: new AnswerCache(deps, company, connection.system), records, limitMs: connection.limitMs, now });
  });

  return {
    of: async (company) => {
      const active = await activeConnection(orm, vault, company);
      if (!active) return new EmbeddedSystem(customerBook(company), bookLimitMs, now);
      const asked = openedFor(company, active);
      const system = active.system as CrmSystemId;
      if (!asked) return new UnopenedSystem(system, new Set(systems[active.system as OutsideSystemId]?.capabilities), now);
      return {
        system, capabilities: asked.capabilities, health: healthFacts(active.health),
        ask: (query, signal, age) => asked.ask(query, signal, age), act: (order, signal) => asked.act(order, signal), test: (signal) => asked.test(signal),
      };
    },

    tryDescribed: (company, request, signal) => tryDescribed({ orm, vault, now, http: httpFor(company) }, company, request, signal),

    tryOut: async (company, draft, signal) => {
      const facts = await companyFacts(orm, company);
      const http = outgoing({ http: httpFor(company), connection: draft, pace: new Pace(draft.perSecond, draft.atOnce), take: () => Promise.resolve(true) });
      const { crm } = openCrm(systems, draft, facts, { http, now });
      const began = now();
      const got = await callInHand.run(newCall(false), () => limited((either) => crm.test(either), 2 * draft.limitMs, signal));
      if ('came' in got) return got.came;
      return { ok: false, ms: now() - began, fault: got.failed === 'late' ? 'timeout' : 'unavailable' };
    },
  };
}
