import { EventEmitter } from 'node:events';
import { describe, expect, it } from 'vitest';
import type { WebSocket } from 'ws';
import { waitFor } from '../../../libs/testing/wait-for.js';
import type { LoggedChange } from './change-log.js';
import { PushSocket, type PushMessage } from './push-socket.js';

/** A client that reads nothing until it is told to. */
class SlowClient extends EventEmitter {
  readonly OPEN = 1;
  readyState = 1;
  bufferedAmount = 0;
  pings = 0;
  readonly said: PushMessage[] = [];
  send = (text: string) => {
    this.said.push(JSON.parse(text) as PushMessage);
    this.bufferedAmount += text.length;
  };
  ping = () => void (this.pings += 1);
  terminate = () => void (this.readyState = 3);
  close = () => void (this.readyState = 2);
}

const stretch = (cursor: number) => ({
  cursor, reset: false, withheld: false,
  changes: Array.from({ length: 400 }, (_, i): LoggedChange => ({ topic: 'department', subject: `${cursor}-${i}`, before: [] })),
});

function follow(client: SlowClient): PushSocket {
  const person = { id: 'me', role: 'operator', departments: [] } as const;
  return new PushSocket({ socket: client as unknown as WebSocket, session: 's', person, look: () => Promise.resolve(person) });
}

describe('a client that is too slow', () => {
  it('has no more than a bounded amount waiting for it, and is told to read again once it has caught up', async () => {
    const client = new SlowClient();
    const screen = follow(client);
    for (let cursor = 1; cursor <= 200; cursor++) screen.tell(stretch(cursor));
    await waitFor('the last stretch to pass', () => client.said.length > 0 && client.bufferedAmount > 256 * 1024);
    const waiting = client.said.length;
    expect(waiting).toBeLessThan(40);
    client.bufferedAmount = 0;
    await waitFor('the word', () => client.said.length > waiting);
    expect(client.said.at(-1)).toEqual({ cursor: 200, reset: true });
    screen.tell(stretch(201));
    await waitFor('the next change', () => client.said.at(-1)!.cursor === 201);
    expect(client.said.at(-1)).toHaveProperty('changes.length', 400);
  });
});

describe('a client that gives no sign of life', () => {
  it('is ended at the second beat, one that answers is not', () => {
    const [dead, alive] = [new SlowClient(), new SlowClient()];
    const [one, other] = [follow(dead), follow(alive)];
    for (const screen of [one, other]) screen.beat();
    alive.emit('pong');
    for (const screen of [one, other]) screen.beat();
    expect([dead.readyState, alive.readyState]).toEqual([3, 1]);
    expect(alive.pings).toBe(2);
  });
});
