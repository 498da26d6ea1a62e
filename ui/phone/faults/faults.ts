import type { IconName } from '../../shared/icons/icon-names';
import type { Fault, FaultKind } from '../simulator/types';

/** What a fault strikes: the panel shows one of these at a time. */
export type FaultGroup = 'connection' | 'messages' | 'files';

/** A fault that the panel offers: how it looks and what it asks of the network, in this order. */
export interface OfferedFault {
  readonly name: FaultKind;
  readonly group: FaultGroup;
  readonly icon: IconName;
  readonly causes: readonly Omit<Fault, 'account'>[];
  /** How long it lasts once pressed; undefined for what happens at once or waits for the next messages. */
  readonly lastsMs?: number;
}

const cut = { kind: 'drop-connection', times: 1 } as const;

export const offeredFaults: readonly OfferedFault[] = [
  { name: 'drop-connection', group: 'connection', icon: 'wifioff', causes: [cut] },
  // Refusing alone would not touch a connection that is open.
  { name: 'refuse-connection', group: 'connection', icon: 'plug', causes: [{ kind: 'refuse-connection', ms: 20_000 }, cut], lastsMs: 20_000 },
  { name: 'freeze', group: 'connection', icon: 'pause', causes: [{ kind: 'freeze', ms: 10_000 }], lastsMs: 10_000 },
  { name: 'stream-error', group: 'connection', icon: 'alert', causes: [{ kind: 'stream-error', code: 503 }] },
  { name: 'replaced', group: 'connection', icon: 'transfer', causes: [{ kind: 'replaced' }] },
  { name: 'logout', group: 'connection', icon: 'power', causes: [{ kind: 'logout' }] },
  { name: 'ban', group: 'connection', icon: 'slash', causes: [{ kind: 'ban' }] },
  { name: 'duplicate', group: 'messages', icon: 'copy', causes: [{ kind: 'duplicate', times: 3 }] },
  { name: 'reorder', group: 'messages', icon: 'shuffle', causes: [{ kind: 'reorder', ms: 5_000 }] },
  { name: 'delay', group: 'messages', icon: 'clock', causes: [{ kind: 'delay', times: 3, ms: 5_000 }] },
  { name: 'lose-receipt', group: 'messages', icon: 'checks', causes: [{ kind: 'lose-receipt', times: 3 }] },
  // The client asks for another copy, at most five times.
  { name: 'garble', group: 'messages', icon: 'eyeoff', causes: [{ kind: 'garble', times: 6 }] },
  { name: 'expire-media', group: 'files', icon: 'clock', causes: [{ kind: 'expire-media' }] },
  { name: 'lose-media', group: 'files', icon: 'trash', causes: [{ kind: 'expire-media' }, { kind: 'lose-media' }] },
];
