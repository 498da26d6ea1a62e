import type { LinkedDevice } from './users.js';

interface Waiting {
  send(): void;
  timer: NodeJS.Timeout;
}

/** Messages that wait until the next one of their device has overtaken them. */
export class Reordering {
  private readonly waiting = new Map<LinkedDevice, Waiting>();

  isWaiting(device: LinkedDevice): boolean {
    return this.waiting.has(device);
  }

  /** @param ms it waits no longer than that, whether another one comes or not */
  hold(device: LinkedDevice, ms: number, send: () => void): void {
    const timer = setTimeout(() => this.release(device), ms);
    timer.unref();
    this.waiting.set(device, { send, timer });
  }

  /** Sends what waits for that device, if anything does. */
  release(device: LinkedDevice): void {
    this.forget(device)?.send();
  }

  /** What waits for that device is sent otherwise. */
  forget(device: LinkedDevice): Waiting | undefined {
    const waiting = this.waiting.get(device);
    clearTimeout(waiting?.timer);
    this.waiting.delete(device);
    return waiting;
  }
}
