import { createHmac } from 'node:crypto';
import { forCompany } from '../libs/db/company.js';
import type { MikroORM } from '../libs/db/orm.js';
import { nextTryMs } from '../libs/domain/notices/retry.js';
import type { NoticeState } from '../libs/domain/notices/notice.js';
import { adviceFor } from '../libs/domain/sending.js';
import { HttpFailure, type HttpClient } from '../libs/http/http-client.js';
import type { Vault } from '../libs/vault/vault.js';
import type { CallbacksRef } from '../workflows/notice-callbacks/contract.js';

export interface NoticeCallbackDeps {
  orm: MikroORM;
  vault: Vault;
  now: () => number;
  /** Guarded: calls no private address that the operator has not allowed this company. */
  httpFor(company: string): HttpClient;
}

/** Where the secret that signs a company's callbacks is sealed. */
export const CALLBACK_CONTEXT = 'gateway-callback';

interface Due {
  id: string;
  notice: string;
  kind: NoticeState;
  cause: string | null;
  at: Date | string;
  attempts: number;
  key: string | null;
  address: string;
}

/** At once; each company has one workflow that tells it. */
const AT_ONCE = 8;
const LIMIT_MS = 10_000;
const MOST_BYTES = 64 * 1024;

/** The earliest of each notice that has not been told yet, if its time has come. */
const DUE = `select e.id::text, e.notice::text, e.kind, e.cause, e.at, e.attempts, n.dedupe_key key, n.address
  from notice_events e join notices n on n.company = e.company and n.id = e.notice
  where e.company = ? and e.callback = 'due' and e.next_at <= clock_timestamp()
    and not exists (select from notice_events o where o.company = e.company and o.notice = e.notice and o.callback = 'due' and o.id < e.id)
  order by e.next_at limit ${AT_ONCE}`;

const words: Partial<Record<NoticeState, string>> = {
  sent: 'enviado', delivered: 'entregado', read: 'leido', failed: 'fallido', unknown: 'desconocido', expired: 'vencido', cancelled: 'cancelado',
};

/** What a system is told: who it was for as digits, what is known, and in what case what to do. */
function bodyOf({ id, notice, kind, cause, at, key, address }: Due): string {
  return JSON.stringify({
    event: id, id: notice, ...(key === null ? {} : { key }), to: address.split('@')[0], state: kind, estado: words[kind],
    ...(cause === null ? {} : { cause, advice: adviceFor(cause) }), at: new Date(at).toISOString(),
  });
}

/**
 * The signature of a callback: `t=<seconds since 1970>,v1=<HMAC-SHA256 of "t.body" in hex>`. Whoever checks it refuses old times, too, so that
 * nobody can play a callback again.
 */
export function signatureOf(secret: Uint8Array, body: string, seconds: number): string {
  return `t=${seconds},v1=${createHmac('sha256', secret).update(`${seconds}.${body}`).digest('hex')}`;
}

/** @returns whether it was heard, and what the row remembers of the answer */
async function told(http: HttpClient, url: string, secret: Uint8Array, due: Due, nowMs: number): Promise<{ heard: boolean; answer: string }> {
  const body = bodyOf(due);
  const headers = { 'content-type': 'application/json', 'user-agent': 'Hilo', 'x-hilo-event': due.id, 'x-hilo-signature': signatureOf(secret, body, Math.floor(nowMs / 1_000)) };
  try {
    const { status } = await http({ url, method: 'POST', headers, body, timeoutMs: LIMIT_MS, maxBytes: MOST_BYTES });
    return { heard: status >= 200 && status < 300, answer: String(status) };
  } catch (error) {
    if (!(error instanceof HttpFailure)) throw error;
    return { heard: false, answer: error.code };
  }
}

async function tell({ orm, vault, httpFor, now }: NoticeCallbackDeps, company: string): Promise<{ dueInMs?: number }> {
  const { to, due } = await forCompany(orm, company, async (em) => {
    const [where] = await em.execute<{ url: string; secret: Uint8Array }[]>('select url, secret from gateway_callbacks where company = ?', [company]);
    if (!where) await em.execute(`update notice_events set callback = 'none' where company = ? and callback = 'due'`, [company]);
    return { to: where, due: where ? await em.execute<Due[]>(DUE, [company]) : [] };
  });
  if (!to) return {};
  const secret = (await vault.forCompany(company)).open(to.secret, CALLBACK_CONTEXT);
  const http = httpFor(company);
  await Promise.all(due.map(async (one) => {
    const { heard, answer } = await told(http, to.url, secret, one, now());
    const waitMs = heard ? undefined : nextTryMs(one.attempts + 1, 'callback');
    const state = heard ? 'told' : waitMs === undefined ? 'given-up' : 'due';
    await forCompany(orm, company, (em) => em.execute(
      `update notice_events set callback = ?, attempts = attempts + 1, answer = ?, next_at = clock_timestamp() + make_interval(secs => ?) where company = ? and id = ?::bigint`,
      [state, answer, (waitMs ?? 0) / 1_000, company, one.id]));
  }));
  const [next] = await forCompany(orm, company, (em) => em.execute<{ ms: number | null }[]>(
    `select floor(extract(epoch from min(next_at) - clock_timestamp()) * 1000)::float8 ms from notice_events e where company = ? and callback = 'due'
        and not exists (select from notice_events o where o.company = e.company and o.notice = e.notice and o.callback = 'due' and o.id < e.id)`, [company]));
  return next!.ms === null ? {} : { dueInMs: Math.max(0, next!.ms) };
}

/** What ISPs' systems are told of their notices. */
export function createNoticeCallbackActivities(deps: NoticeCallbackDeps) {
  return {
    /**
     * Tells a company's system a few states that are due, each notice's in order. At least once: what was told by a worker that died
     * before it wrote so is told again, under the same event's id.
     * @returns in how many ms the next one is due; nothing when none is left
     */
    tellCallbacks: ({ company }: CallbacksRef): Promise<{ dueInMs?: number }> => tell(deps, company),
  };
}

export type NoticeCallbackActivities = ReturnType<typeof createNoticeCallbackActivities>;
