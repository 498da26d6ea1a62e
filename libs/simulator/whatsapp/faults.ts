export const FAULT_KINDS = [
  'drop-connection',
  'refuse-connection',
  'stream-error',
  'replaced',
  'logout',
  'ban',
  'duplicate',
  'reorder',
  'delay',
  'lose-receipt',
  'freeze',
  'expire-media',
  'lose-media',
  'garble',
] as const;
export type FaultKind = (typeof FAULT_KINDS)[number];

/** Faults that end connections: open ones at once, else the next logins. */
export const ENDINGS: ReadonlySet<FaultKind> = new Set(['drop-connection', 'stream-error', 'replaced', 'logout', 'ban'] as const);

export interface Fault {
  kind: FaultKind;
  /** Number of the business it hits; without it, every one. */
  account?: string;
  /** How often it still happens; undefined: as often as it can until it ends. */
  times?: number;
  /** For `delay` the delay, for `reorder` how long a message waits for the next one; for the others their duration. */
  ms?: number;
  /** Of a `stream-error`; 503 without it. */
  code?: number;
}

interface ActiveFault extends Fault {
  endsAt: number;
}

/** Faults that wait to happen. They are not kept over a restart. */
export class Faults {
  private active: ActiveFault[] = [];

  constructor(private readonly now: () => number = Date.now) {}

  add(fault: Fault): void {
    const lasts = fault.kind !== 'delay' && fault.kind !== 'reorder' && fault.ms !== undefined;
    this.active.push({ ...fault, endsAt: lasts ? this.now() + (fault.ms ?? 0) : Infinity });
  }

  /** Lets a fault of that kind happen to that account once, if one is due; returns it. */
  take(kind: FaultKind, account?: string): Fault | undefined {
    const fault = this.find(kind, account);
    if (fault?.times !== undefined && --fault.times <= 0) this.active = this.active.filter((other) => other !== fault);
    return fault;
  }

  /** Whether such a fault is on, without using it up. */
  isOn(kind: FaultKind, account?: string): boolean {
    return this.find(kind, account) !== undefined;
  }

  list(): Fault[] {
    return this.active.filter(({ endsAt }) => endsAt > this.now()).map(({ endsAt: _endsAt, ...fault }) => fault);
  }

  clear(): void {
    this.active = [];
  }

  /** Faults for all accounts hit connections whose account is not known yet, too. */
  private find(kind: FaultKind, account?: string): ActiveFault | undefined {
    const due = (fault: ActiveFault) => fault.kind === kind && fault.endsAt > this.now();
    return this.active.find((fault) => due(fault) && (!fault.account || fault.account === account));
  }
}
