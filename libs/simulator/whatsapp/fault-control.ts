import type { Connection } from './connection.js';
import type { Delivery } from './delivery.js';
import type { Fault, Faults } from './faults.js';
import type { World } from './world.js';

/** Starts and ends faults; those that hit open connections do so at once. */
export class FaultControl {
  constructor(
    private readonly faults: Faults,
    private readonly world: World,
    private readonly connections: ReadonlySet<Connection>,
    private readonly delivery: Delivery,
  ) {}

  add(fault: Fault): void {
    this.faults.add(fault);
    if (fault.kind === 'drop-connection') this.dropConnections();
    if (fault.kind === 'freeze') setTimeout(() => this.thaw(), (fault.ms ?? 0) + 1).unref();
  }

  clear(): void {
    this.faults.clear();
    this.thaw();
  }

  /** Cuts what is open; if nothing is, the next login. */
  private dropConnections(): void {
    const numberOf = ({ device }: Connection) => device?.account.number;
    const hit = [...this.connections].filter((one) => one.isOpen && this.faults.isOn('drop-connection', numberOf(one)));
    if (hit[0]) this.faults.take('drop-connection', numberOf(hit[0]));
    for (const connection of hit) connection.cut();
  }

  private thaw(): void {
    for (const device of this.world.devices) if (device.ready) this.delivery.resume(device);
  }
}
