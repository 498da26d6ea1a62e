import type { Connection } from './connection.js';
import type { Delivery } from './delivery.js';
import { ENDINGS, type Fault, type Faults } from './faults.js';
import type { Login } from './login.js';
import type { World } from './world.js';

/** Starts and ends faults; those that hit open connections do so at once. */
export class FaultControl {
  constructor(
    private readonly faults: Faults,
    private readonly world: World,
    private readonly connections: ReadonlySet<Connection>,
    private readonly delivery: Delivery,
    private readonly login: Login,
  ) {}

  add(fault: Fault): void {
    this.faults.add(fault);
    if (ENDINGS.has(fault.kind)) this.endOpen(fault);
    if (fault.kind === 'freeze') setTimeout(() => this.thaw(), (fault.ms ?? 0) + 1).unref();
  }

  clear(): void {
    this.faults.clear();
    this.thaw();
  }

  /** Ends what is open; if nothing is, the next login is hit. */
  private endOpen({ kind }: Fault): void {
    const numberOf = ({ device }: Connection) => device?.account.number;
    const isHit = (one: Connection) => one.isOpen && (kind === 'drop-connection' || one.device) && this.faults.isOn(kind, numberOf(one));
    const hit = [...this.connections].filter(isHit);
    const fault = hit[0] && this.faults.take(kind, numberOf(hit[0]));
    if (fault) for (const connection of hit) this.login.end(connection, fault);
  }

  private thaw(): void {
    for (const device of this.world.devices) if (device.ready) this.delivery.resume(device);
  }
}
