import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { waitFor } from '../../testing/wait-for.js';
import { Discarded, Session } from './session.js';

const turn = () => new Promise<void>((resolve) => setImmediate(resolve));
const sessionWithSocket = () => {
  const session = new Session(1);
  const closed: Error[] = [];
  session.attach({ end: (error) => void (error && closed.push(error)) });
  return { session, closed };
};

describe('a session', () => {
  it('runs store operations in the order they were asked for', async () => {
    const { session } = sessionWithSocket();
    const log: number[] = [];
    await Promise.all([3, 1, 2].map((turns, index) => session.inOrder(async () => {
      for (let i = 0; i < turns; i++) await turn();
      log.push(index);
    })));
    expect(log).toEqual([0, 1, 2]);
  });

  it('closes its socket before anybody hears of a failed commit', async () => {
    const { session, closed } = sessionWithSocket();
    const seen = session.inOrder(() => Promise.reject(new Error('no database'))).catch(() => closed.length);
    await expect(seen).resolves.toBe(1);
    expect((await session.ended).message).toBe('no database');
  });

  it('refuses what waited behind a failed commit, and everything later', async () => {
    const { session } = sessionWithSocket();
    let ran = false;
    const failed = session.inOrder(() => Promise.reject(new Error('no database')));
    const waiting = session.inOrder(async () => void (ran = true));
    await expect(failed).rejects.toThrow('no database');
    await expect(waiting).rejects.toThrow(Discarded);
    await expect(session.alongside(async () => void (ran = true))).rejects.toThrow(Discarded);
    expect(ran).toBe(false);
  });

  it('has settled once what was begun before its end has ended, well or not', async () => {
    const { session } = sessionWithSocket();
    const log: string[] = [];
    let [commit, fail] = [() => undefined as void, () => undefined as void];
    const kept = session.inOrder(() => new Promise<void>((resolve) => (commit = resolve)));
    const lost = session.alongside(() => new Promise<void>((_, reject) => (fail = () => reject(new Error('no database'))))).catch(() => undefined);
    await turn();
    session.die(new Error('logged out'));
    const settled = session.settled().then(() => log.push('settled'));
    await turn();
    fail();
    await lost;
    await turn();
    expect(log).toEqual([]);
    commit();
    await Promise.all([kept, settled]);
    expect(log).toEqual(['settled']);
  });

  it('ends once, for the first reason', async () => {
    const { session, closed } = sessionWithSocket();
    session.die(new Error('first'));
    session.die(new Error('second'));
    expect((await session.ended).message).toBe('first');
    expect(closed).toHaveLength(1);
  });

  it('waits for work, its own end or a limit, whichever comes first', async () => {
    const { session } = sessionWithSocket();
    const never = new Promise<string>(() => undefined);
    await expect(session.firstOf(Promise.resolve('done'), (why) => why, 60_000)).resolves.toBe('done');
    await expect(session.firstOf(Promise.reject(new Error('no')), (why) => why)).rejects.toThrow('no');
    await expect(session.firstOf(never, (why) => why, 1)).resolves.toBe('limit');
    const waiting = session.firstOf(never, (why) => why, 60_000);
    session.die(new Error('closed'));
    await expect(waiting).resolves.toBe('ended');
    await expect(session.firstOf(never, (why) => why)).resolves.toBe('ended');
  });

  it('keeps nothing of what has been waited for', async () => {
    setFlagsFromString('--expose-gc');
    const collect = runInNewContext('gc') as () => void;
    const { session } = sessionWithSocket();
    let gone = 0;
    const registry = new FinalizationRegistry<number>(() => gone++);
    const send = async (nth: number) => {
      const message = { bytes: new Uint8Array(1_000) };
      registry.register(message, nth);
      await session.firstOf(Promise.resolve(message), () => message);
    };
    for (let nth = 0; nth < 50; nth++) await send(nth);
    await waitFor('all of it to be collected', async () => {
      collect();
      await turn();
      return gone === 50;
    });
    expect(session.dead).toBeUndefined();
  });

  it('closes a socket that came too late', () => {
    const session = new Session(1);
    session.die(new Error('lease lost'));
    const closed: unknown[] = [];
    session.attach({ end: (error) => void closed.push(error) });
    expect(closed).toHaveLength(1);
  });
});
