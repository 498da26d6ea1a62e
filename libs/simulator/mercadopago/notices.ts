import { createHmac, randomUUID } from 'node:crypto';
import { request as httpRequest } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { MercadoPagoWorld, Payment } from './world.js';

/** send: at once, and again until it is taken · hold: kept until they are released, in any order · lose: never. */
export const noticeModes = ['send', 'hold', 'lose'] as const;
export type NoticeMode = (typeof noticeModes)[number];

/** How one notice looks; by default as MercadoPago sends it. */
export interface NoticeShape {
  /** The unit of `ts`. */
  ts?: 's' | 'ms' | undefined;
  /** bad: of another secret · none: no header. */
  signature?: 'good' | 'bad' | 'none' | undefined;
  /** The older form: `?topic=payment&id=`, without signature and body. */
  ipn?: boolean | undefined;
  /** The time that is signed, relative to now. */
  ageSeconds?: number | undefined;
  /** Another id than the payment's: what a forger writes. */
  dataId?: string | undefined;
}

export interface SentNotice {
  at: string;
  payment: number;
  status: string;
  /** 0: nobody answered. */
  answer: number;
}

/** Until somebody answers 2xx; MercadoPago itself takes a quarter of an hour. */
const AGAIN_AFTER_MS = 3_000;
const MOST_TRIES = 60;
const LIMIT_MS = 22_000;

/** Any name under `localhost` is this machine, as browsers have it; resolvers know only the bare one. */
const hostOf = (url: URL) => (url.hostname.endsWith('.localhost') ? '127.0.0.1' : url.hostname);

function post(address: string, headers: Record<string, string>, body: string): Promise<number> {
  const url = new URL(address);
  return new Promise((resolve) => {
    const call = httpRequest({ host: hostOf(url), port: url.port || 80, path: `${url.pathname}${url.search}`, method: 'POST', timeout: LIMIT_MS, headers: { ...headers, host: url.host } }, (response) => {
      response.resume();
      response.once('end', () => resolve(response.statusCode ?? 0));
      response.once('error', () => resolve(0));
    });
    call.once('timeout', () => call.destroy());
    call.once('error', () => resolve(0));
    call.end(body);
  });
}

/** The webhooks of a simulated MercadoPago. */
export class Notices {
  mode: NoticeMode = 'send';
  readonly sent: SentNotice[] = [];
  /** What `hold` keeps, oldest first. */
  held: { payment: Payment; created: boolean }[] = [];
  #stopped = false;

  constructor(private readonly world: MercadoPagoWorld) {}

  /** A payment was made or has changed. */
  tell(payment: Payment, created: boolean): void {
    if (this.mode === 'lose') return;
    if (this.mode === 'hold') this.held.push({ payment, created });
    else void this.#untilTaken(payment, created);
  }

  /** Lets what is held go, one after the other. */
  async release({ reversed = false, times = 1 }: { reversed?: boolean; times?: number }): Promise<number[]> {
    const going = Array.from({ length: times }, () => (reversed ? this.held.toReversed() : this.held)).flat();
    this.held = [];
    const answers: number[] = [];
    for (const { payment, created } of going) answers.push(await this.send(payment, {}, created));
    return answers;
  }

  /** Sends one, once. @returns the status of the answer; 0: none, or the payment's link names no address */
  async send(payment: Payment, { ts = 's', signature = 'good', ipn = false, ageSeconds = 0, dataId = String(payment.id) }: NoticeShape = {}, created = false): Promise<number> {
    const to = payment.notification_url;
    if (to === undefined) return 0;
    const query = ipn ? `topic=payment&id=${dataId}` : `data.id=${dataId}&type=payment`;
    const moment = String(Math.floor((this.world.now() - ageSeconds * 1_000) / (ts === 'ms' ? 1 : 1_000)));
    const requestId = randomUUID();
    const secret = signature === 'bad' ? 'otro-secreto' : this.world.account.secret;
    const v1 = createHmac('sha256', secret).update(`id:${dataId.toLowerCase()};request-id:${requestId};ts:${moment};`).digest('hex');
    const signed: Record<string, string> = signature === 'none' || ipn ? {} : { 'x-signature': `ts=${moment},v1=${v1}` };
    const body = ipn ? '' : JSON.stringify({
      id: this.sent.length + 1, live_mode: true, type: 'payment', action: created ? 'payment.created' : 'payment.updated', api_version: 'v1',
      date_created: payment.date_created, user_id: String(this.world.account.userId), data: { id: dataId },
    });
    const answer = await post(`${to}${to.includes('?') ? '&' : '?'}${query}`, { 'content-type': 'application/json', 'x-request-id': requestId, ...signed }, body);
    this.sent.push({ at: new Date(this.world.now()).toISOString(), payment: payment.id, status: payment.status, answer });
    return answer;
  }

  stop(): void {
    this.#stopped = true;
  }

  async #untilTaken(payment: Payment, created: boolean): Promise<void> {
    for (let tries = 0; tries < MOST_TRIES && !this.#stopped; tries++) {
      const answer = await this.send(payment, {}, created);
      if ((answer >= 200 && answer < 300) || payment.notification_url === undefined) return;
      await sleep(AGAIN_AFTER_MS, undefined, { ref: false });
    }
  }
}
