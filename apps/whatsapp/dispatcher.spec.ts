import { describe, expect, it } from 'vitest';
import { Dispatcher, type Arrived } from './dispatcher.js';

const arrived = (conversation: string, upTo: number): Arrived => ({ company: 'alfa', channel: 'c', conversation, upTo, debounceMs: 0 });

/** Temporal, answering each signal when it is told to. */
class Temporal {
  readonly signals: string[] = [];
  private readonly held: ((error?: Error) => void)[] = [];
  readonly failures: unknown[] = [];
  nowMs = 0;
  readonly dispatcher = new Dispatcher(
    ({ conversation, upTo }) => {
      this.signals.push(`${conversation} ${upTo}`);
      return new Promise((resolve, reject) => this.held.push((error) => (error ? reject(error) : resolve())));
    },
    { failed: (error) => this.failures.push(error), took: () => undefined },
    () => this.nowMs,
  );
  async answer(error?: Error): Promise<void> {
    for (const resolve of this.held.splice(0)) resolve(error);
    await new Promise((resolve) => setImmediate(resolve));
  }
  get open(): number {
    return this.held.length;
  }
}

describe('dispatch', () => {
  it('tells a conversation the highest number once, however many messages came meanwhile', async () => {
    const temporal = new Temporal();
    for (const upTo of [1, 2, 3, 4]) temporal.dispatcher.tell(arrived('a', upTo));
    expect(temporal.signals).toEqual(['a 1']);
    await temporal.answer();
    expect(temporal.signals).toEqual(['a 1', 'a 4']);
    await temporal.answer();
    await temporal.dispatcher.settled();
    expect(temporal.signals).toHaveLength(2);
  });

  it('never goes back to a lower number', async () => {
    const temporal = new Temporal();
    temporal.dispatcher.tell(arrived('a', 1));
    temporal.dispatcher.tell(arrived('a', 5));
    temporal.dispatcher.tell(arrived('a', 4));
    await temporal.answer();
    expect(temporal.signals).toEqual(['a 1', 'a 5']);
    await temporal.answer();
  });

  it('keeps other conversations going while one hangs', () => {
    const temporal = new Temporal();
    temporal.dispatcher.tell(arrived('a', 1));
    temporal.dispatcher.tell(arrived('b', 1));
    expect(temporal.signals).toEqual(['a 1', 'b 1']);
  });

  it('bounds what is under way, and works off the rest', async () => {
    const temporal = new Temporal();
    for (let i = 0; i < 120; i++) temporal.dispatcher.tell(arrived(`c${i}`, 1));
    expect(temporal.open).toBe(50);
    while (temporal.open) await temporal.answer();
    expect(new Set(temporal.signals).size).toBe(120);
  });

  it('survives Temporal being away, and reports it', async () => {
    const temporal = new Temporal();
    temporal.dispatcher.tell(arrived('a', 1));
    await temporal.answer(new Error('unavailable'));
    expect(temporal.failures).toHaveLength(1);
    temporal.dispatcher.tell(arrived('a', 1));
    await temporal.answer();
    await temporal.dispatcher.settled();
    expect(temporal.signals).toEqual(['a 1', 'a 1']);
  });

  it('repeats what Temporal took ever more rarely, while nobody works it off', async () => {
    const temporal = new Temporal();
    for (let second = 0; second < 600; second += 2) {
      temporal.nowMs = second * 1_000;
      temporal.dispatcher.tell(arrived('a', 1));
      await temporal.answer();
    }
    expect(temporal.signals.length).toBeGreaterThan(5);
    expect(temporal.signals.length).toBeLessThan(12);
  });

  it('tells a new message at once, however often the one before was repeated', async () => {
    const temporal = new Temporal();
    temporal.dispatcher.tell(arrived('a', 1));
    await temporal.answer();
    temporal.dispatcher.tell(arrived('a', 1));
    expect(temporal.open).toBe(0);
    temporal.dispatcher.tell(arrived('a', 2));
    await temporal.answer();
    expect(temporal.signals).toEqual(['a 1', 'a 2']);
  });
});
