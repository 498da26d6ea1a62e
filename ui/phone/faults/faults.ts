import type { IconName } from '../../shared/icons/icon-names';
import type { Fault, FaultKind } from '../simulator/types';

/** A fault that the panel offers: how it looks and what it asks of the network, in this order. */
export interface OfferedFault {
  readonly name: FaultKind;
  readonly icon: IconName;
  readonly causes: readonly Omit<Fault, 'account'>[];
  /** How long it lasts once pressed; undefined for what happens at once or waits for the next messages. */
  readonly lastsMs?: number;
}

const cut = { kind: 'drop-connection', times: 1 } as const;

export const offeredFaults: readonly OfferedFault[] = [
  { name: 'drop-connection', icon: 'wifioff', causes: [cut] },
  // Refusing alone would not touch a connection that is open.
  { name: 'refuse-connection', icon: 'plug', causes: [{ kind: 'refuse-connection', ms: 20_000 }, cut], lastsMs: 20_000 },
  { name: 'duplicate', icon: 'copy', causes: [{ kind: 'duplicate', times: 3 }] },
  { name: 'delay', icon: 'clock', causes: [{ kind: 'delay', times: 3, ms: 5_000 }] },
  { name: 'lose-receipt', icon: 'checks', causes: [{ kind: 'lose-receipt', times: 3 }] },
  { name: 'freeze', icon: 'pause', causes: [{ kind: 'freeze', ms: 10_000 }], lastsMs: 10_000 },
];
