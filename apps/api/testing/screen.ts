import type { AddressInfo } from 'node:net';
import { once } from 'node:events';
import WebSocket from 'ws';
import { waitFor } from '../../../libs/testing/wait-for.js';
import type { PushMessage } from '../push/push-socket.js';
import type { Change } from '../push/sight.js';
import type { ApiUnderTest } from './api-under-test.js';
import type { Client } from './people.js';

/** Lets an API under test listen, as sockets need a port. @returns the port */
export async function listening(api: ApiUnderTest): Promise<number> {
  await api.app.listen(0, '127.0.0.1');
  return (api.app.getHttpServer() as { address(): AddressInfo }).address().port;
}

export interface ScreenOptions {
  port: number;
  host: string;
  client: Pick<Client, 'cookie'>;
  cursor?: number;
  origin?: string;
}

/** A screen that follows the change log over its socket. */
export class Screen {
  readonly said: PushMessage[] = [];
  closedWith: number | undefined;

  private constructor(private readonly socket: WebSocket) {
    socket.on('message', (data: Buffer) => this.said.push(JSON.parse(data.toString()) as PushMessage));
    socket.on('close', (code) => (this.closedWith = code));
    socket.on('error', () => undefined);
  }

  /** Connected, and told where the log is. */
  static async open({ port, host, client, cursor, origin = `http://${host}` }: ScreenOptions): Promise<Screen> {
    const query = cursor === undefined ? '' : `?cursor=${cursor}`;
    const socket = new WebSocket(`ws://127.0.0.1:${port}/api/push${query}`, { headers: { host, origin, cookie: client.cookie } });
    const screen = new Screen(socket);
    await once(socket, 'open');
    await waitFor('the first word', () => screen.said.length > 0);
    return screen;
  }

  get cursor(): number {
    return this.said.at(-1)!.cursor;
  }

  get changes(): Change[] {
    return this.said.flatMap((message) => ('changes' in message ? message.changes : []));
  }

  get subjects(): string[] {
    return this.changes.map(({ subject }) => subject);
  }

  get wasReset(): boolean {
    return this.said.some((message) => 'reset' in message);
  }

  until(subject: string): Promise<unknown> {
    return waitFor(`a change of ${subject}`, () => this.subjects.includes(subject));
  }

  /** As when the network goes: without a word. */
  async cut(): Promise<void> {
    if (this.closedWith !== undefined) return;
    const closed = once(this.socket, 'close');
    this.socket.terminate();
    await closed;
  }
}

/** How a request for a socket was refused. */
export async function refusal({ port, host, client, origin = `http://${host}` }: ScreenOptions): Promise<number | undefined> {
  const socket = new WebSocket(`ws://127.0.0.1:${port}/api/push`, { headers: { host, origin, cookie: client.cookie } });
  socket.on('error', () => undefined);
  const [, response] = (await once(socket, 'unexpected-response')) as [unknown, { statusCode?: number; resume(): void }];
  response.resume();
  return response.statusCode;
}
