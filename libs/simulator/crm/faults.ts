import { vendorFaults, type VendorFault } from './system.js';

/**
 * slow: `ms` late · timeout: nothing done, no answer · apply-then-timeout: done, but no answer · html: a web page instead of data ·
 * unavailable: 503 · drop: the connection is cut, nothing done; the others are the vendor's (`vendorFaults`).
 */
export const frameFaults = ['slow', 'timeout', 'apply-then-timeout', 'html', 'unavailable', 'drop'] as const;
export const faultKinds = [...frameFaults, ...vendorFaults] as const;
export type FaultKind = (typeof faultKinds)[number];

export interface Fault {
  system: string;
  kind: FaultKind;
  /** How many requests it hits: 1. */
  times?: number;
  /** slow: how late (2,000). Timeouts: how long the connection stays open without an answer (60,000). */
  ms?: number;
  /** Only requests whose path has this part, upper and lower case alike. */
  path?: string;
}

/** The faults that are still to come; of two that fit a request, the older one hits it. */
export class Faults {
  #waiting: (Fault & { left: number })[] = [];

  add(fault: Fault): void {
    this.#waiting.push({ ...fault, left: fault.times ?? 1 });
  }

  clear(system?: string): void {
    this.#waiting = this.#waiting.filter((one) => system !== undefined && one.system !== system);
  }

  take(system: string, path: string): Fault | undefined {
    const fits = (one: Fault) => one.system === system && path.toLowerCase().includes((one.path ?? '').toLowerCase());
    const found = this.#waiting.find(fits);
    if (!found) return undefined;
    found.left -= 1;
    this.#waiting = this.#waiting.filter(({ left }) => left > 0);
    return found;
  }
}

export const isVendorFault = (kind: FaultKind): kind is VendorFault => (vendorFaults as readonly string[]).includes(kind);
