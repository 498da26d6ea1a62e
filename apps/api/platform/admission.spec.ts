import { once } from 'node:events';
import { connect } from 'node:net';
import { Controller, Get, Module, Post } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { waitFor } from '../../../libs/testing/wait-for.js';
import { admitAFewAtATime } from './admission.js';

let working = 0;
let most = 0;
let releases: (() => void)[] = [];

@Controller()
class SlowController {
  @Get('slow')
  async slow(): Promise<string> {
    most = Math.max(most, (working += 1));
    await new Promise<void>((resolve) => releases.push(resolve));
    working -= 1;
    return 'done';
  }

  @Post('said')
  said(): string {
    return 'heard';
  }

  @Get('health')
  health(): string {
    return 'fit';
  }
}

@Module({ controllers: [SlowController] })
class SlowModule {}

let app: NestFastifyApplication;
beforeEach(async () => {
  [working, most, releases] = [0, 0, []];
  app = await NestFactory.create<NestFastifyApplication>(SlowModule, new FastifyAdapter(), { logger: false });
  admitAFewAtATime(app, 3);
  await app.listen(0, '127.0.0.1');
});
afterEach(async () => {
  for (const release of releases.splice(0)) release();
  await app.close();
});

const base = () => `http://127.0.0.1:${(app.getHttpServer().address() as { port: number }).port}`;

describe('a burst of requests', () => {
  it('is worked on a few at a time, and all of it is answered; health does not wait', async () => {
    const all = Promise.all(Array.from({ length: 20 }, async () => (await fetch(`${base()}/slow`)).text()));
    await waitFor('the first few', () => working === 3);
    expect(await (await fetch(`${base()}/health`)).text()).toBe('fit');
    const releasing = setInterval(() => releases.splice(0).forEach((release) => release()), 5);
    expect(await all).toEqual(Array.from({ length: 20 }, () => 'done'));
    clearInterval(releasing);
    expect(most).toBe(3);
  });

  it('gives the place of a client that went away to the next', async () => {
    const { port, hostname } = new URL(base());
    const gone = [1, 2, 3].map(() => connect(Number(port), hostname));
    for (const socket of gone) socket.write('GET /slow HTTP/1.1\r\nhost: x\r\n\r\n');
    await waitFor('the place to be full', () => working === 3);
    for (const socket of gone) socket.destroy();
    await Promise.all(gone.map((socket) => once(socket, 'close')));
    const next = fetch(`${base()}/slow`);
    await waitFor('the next one', () => working === 4);
    for (const release of releases.splice(0)) release();
    expect((await next).status).toBe(200);
  });

  it('is not kept out by clients that never send their bodies', async () => {
    const { port, hostname } = new URL(base());
    const slow = Array.from({ length: 5 }, () => connect(Number(port), hostname));
    for (const socket of slow) socket.write('POST /said HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 100\r\n\r\n{');
    await Promise.all(slow.map((socket) => once(socket, 'ready')));
    const answer = await fetch(`${base()}/said`, { method: 'POST', signal: AbortSignal.timeout(10_000) });
    expect([answer.status, await answer.text()]).toEqual([201, 'heard']);
    for (const socket of slow) socket.destroy();
  });
});
