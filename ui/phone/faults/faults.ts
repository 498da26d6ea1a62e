import type { IconName } from '../../shared/icons/icon-names';
import type { Fault, FaultKind } from '../simulator/types';

/** A fault that the panel offers: how it looks and what it asks the network to do. */
export interface OfferedFault {
  readonly kind: FaultKind;
  readonly icon: IconName;
  readonly strength: Pick<Fault, 'times' | 'ms'>;
  /** How long it lasts once pressed; undefined for what happens at once or waits for the next messages. */
  readonly lastsMs?: number;
}

export const offeredFaults: readonly OfferedFault[] = [
  { kind: 'drop-connection', icon: 'wifioff', strength: { times: 1 } },
  { kind: 'refuse-connection', icon: 'plug', strength: { ms: 20_000 }, lastsMs: 20_000 },
  { kind: 'duplicate', icon: 'copy', strength: { times: 3 } },
  { kind: 'delay', icon: 'clock', strength: { times: 3, ms: 5_000 } },
  { kind: 'lose-receipt', icon: 'checks', strength: { times: 3 } },
  { kind: 'freeze', icon: 'pause', strength: { ms: 10_000 }, lastsMs: 10_000 },
];
