import type { CustomerBook } from '../../domain/customer-book.js';
import { Faults, isVendorFault, type Fault } from './faults.js';
import type { SimulatedSystem, SystemAnswer, SystemRequest } from './system.js';
import { SystemWorld } from './world.js';

/** A call that a system got. Query, headers and bodies stay out: keys are in them. */
export interface CrmCall {
  seq: number;
  at: string;
  system: string;
  method: string;
  path: string;
  /** 0: the connection ended without an answer. */
  status: number;
}

/** What becomes of a request: an answer, after `waitMs`; or none, and the connection is cut after that time. */
export interface Reaction {
  waitMs: number;
  answer?: SystemAnswer;
}

const EMPTY: CustomerBook = { plans: [], customers: [], services: [], invoices: [] };
const CALLS_KEPT = 10_000;
const PAGE = '<!DOCTYPE html>\n<html lang="es"><head><title>Panel de clientes</title></head><body><h1>Iniciar sesión</h1></body></html>\n';

export const htmlPage = (status: number, html = PAGE): SystemAnswer =>
  ({ status, headers: { 'content-type': 'text/html; charset=utf-8' }, body: html });

/** All simulated ISP systems of one simulator. Each starts empty. */
export class CrmSimulator {
  readonly faults = new Faults();
  readonly calls: CrmCall[] = [];
  readonly #worlds = new Map<string, SystemWorld>();
  #seq = 0;

  constructor(readonly systems: readonly SimulatedSystem[], readonly now: () => number = Date.now) {
    for (const { id } of systems) this.#worlds.set(id, new SystemWorld(EMPTY, now));
  }

  /** A system's world. @throws when there is no such system */
  world(system: string): SystemWorld {
    const world = this.#worlds.get(system);
    if (!world) throw new Error(`no system ${system}`);
    return world;
  }

  /** Gives one system, or all, these customers; what was done to earlier ones is forgotten. */
  load(book: CustomerBook, system?: string): void {
    for (const { id } of this.systems) if (system === undefined || system === id) this.#worlds.set(id, new SystemWorld(book, this.now));
  }

  addFault(fault: Fault): void {
    this.faults.add(fault);
  }

  /** What a system does with a request, the fault that waits for it counted in. */
  async react(system: SimulatedSystem, request: SystemRequest): Promise<Reaction> {
    const fault = this.faults.take(system.id, request.path);
    const world = this.world(system.id);
    const answered = async () => ({ waitMs: 0, answer: await system.answer(fault && isVendorFault(fault.kind) ? { ...request, fault: fault.kind } : request, world) });
    switch (fault?.kind) {
      case 'slow':
        return { ...(await answered()), waitMs: fault.ms ?? 2_000 };
      case 'timeout':
        return { waitMs: fault.ms ?? 60_000 };
      case 'apply-then-timeout':
        await answered();
        return { waitMs: fault.ms ?? 60_000 };
      case 'drop':
        return { waitMs: 0 };
      case 'html':
        return { waitMs: 0, answer: htmlPage(200) };
      case 'unavailable':
        return { waitMs: 0, answer: htmlPage(503, '<html><body><h1>503 Service Temporarily Unavailable</h1></body></html>') };
      default:
        return answered();
    }
  }

  record(call: Omit<CrmCall, 'seq' | 'at'>): void {
    this.calls.push({ seq: (this.#seq += 1), at: new Date(this.now()).toISOString(), ...call });
    if (this.calls.length > CALLS_KEPT) this.calls.shift();
  }
}
