import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { waitFor } from '../../libs/testing/wait-for.js';
import type { RunningCopy } from './running-copy.js';

/**
 * A call of the demo company's administrator to the API, who tries again, as they are told to, while a process that died is on its way back: under one key, so that it is one command.
 * @param body JSON, or the bytes of a file @param key one's own, to send a command again @throws Error for what is not 2xx
 */
export type Administrator = (method: string, path: string, body?: object | Buffer, key?: string) => Promise<unknown>;

/** An administrator's session as a row: the demo's own has to choose a password first. */
export async function administratorOf(copy: RunningCopy): Promise<Administrator> {
  const [session, csrf] = [randomBytes(32).toString('base64url'), randomBytes(32).toString('base64url')];
  await copy.rows(`update users set must_change_password = false where company = 'demo' and login = 'admin'`);
  await copy.rows(
    `insert into sessions (company, id, owner, token_sha256, csrf, remember, expires_at)
      select 'demo', gen_random_uuid(), id, $1, $2, false, now() + interval '1 hour' from users where company = 'demo' and login = 'admin'`, [createHash('sha256').update(session).digest(), csrf]);
  const origin = `http://127.0.0.1:${copy.ports.api}`;
  return async (method, path, body, key = randomUUID()) => {
    const headers = { origin, cookie: `hilo_session=${session}`, 'x-csrf-token': csrf, 'idempotency-key': key };
    const sent = Buffer.isBuffer(body)
      ? { headers: { ...headers, 'content-type': 'application/octet-stream' }, body: new Uint8Array(body) }
      : body ? { headers: { ...headers, 'content-type': 'application/json' }, body: JSON.stringify(body) } : { headers };
    const answer = await waitFor(`an answer to ${method} ${path}`, async () => {
      const one = await fetch(`${origin}${path}`, { method, ...sent });
      return one.status === 503 && one.headers.has('retry-after') ? undefined : one;
    }, 60_000);
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
    return answer.json();
  };
}
