import { createHash, randomBytes } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { RunningCopy } from '../stories/running-copy.js';

/** A killed process is back in seconds: longer, and the copy is broken. */
const GIVE_UP_MS = 90_000;

export interface AcceptedNotice {
  id: string;
  /** Number and position of it among theirs. */
  to: string;
  nth: number;
  ms: number;
  /** Times that it had to be asked for. */
  tries: number;
}

/** An ISP's system that sends the notices of a day through the gateway, and asks again when there is no answer. */
export class GatewayCaller {
  private constructor(
    private readonly copy: RunningCopy,
    private readonly secret: string,
    readonly channel: string,
  ) {}

  /** With a token of the demo company. */
  static async of(copy: RunningCopy): Promise<GatewayCaller> {
    const secret = `hgw_${randomBytes(32).toString('base64url')}`;
    await copy.rows(`insert into gateway_tokens (company, name, sha256, hint, rate_per_minute) values ('demo', 'banco', $1, 'banc', 60000)`, [createHash('sha256').update(secret).digest()]);
    const [channel] = await copy.rows<{ id: string }>(`select id from channels where company = 'demo' order by created_at limit 1`);
    return new GatewayCaller(copy, secret, channel!.id);
  }

  /** @returns what it was answered; asks again under the same id until it is @throws Error for a refusal */
  async send(to: string, nth: number, message: string): Promise<AcceptedNotice> {
    const beganAt = performance.now();
    for (let tries = 1; ; tries++) {
      const answer = await this.ask({ to, message, id: `${to}-${nth}` }).catch(() => undefined);
      if (answer?.status === 200) return { id: ((await answer.json()) as { id: string }).id, to, nth, ms: performance.now() - beganAt, tries };
      if (answer !== undefined && answer.status < 500 && answer.status !== 429) throw new Error(`refused: ${answer.status} ${await answer.text()}`);
      if (performance.now() - beganAt > GIVE_UP_MS) throw new Error(`nobody answers: ${this.copy.output.join('').slice(-2_000)}`);
      await pause(100);
    }
  }

  /** One request. Rejects when nobody answers. */
  ask(body: object): Promise<Response> {
    return fetch(`http://127.0.0.1:${this.copy.ports.api}/gw/demo/${this.channel}/send`, {
      method: 'POST', headers: { 'content-type': 'application/json', authorization: `Bearer ${this.secret}` }, body: JSON.stringify(body), signal: AbortSignal.timeout(10_000),
    });
  }
}
