import { randomUUID } from 'node:crypto';
import { ApplicationFailure } from '@temporalio/common';
import type { StatusActivities } from '../../activities/statuses.js';
import type { PostResult, StatusPostActivities } from '../../activities/whatsapp-statuses.js';
import { DomainError } from '../../libs/domain/errors.js';
import { decideStatus, nextStep } from '../../libs/domain/status/decide.js';
import type { MissedPolicy, Status, StatusChange, StatusCommand } from '../../libs/domain/status/status.js';
import { orFailure } from '../../libs/temporal/failures.js';

/** A status without a database. */
export interface ScriptedStatus extends Partial<Status> {
  policy: MissedPolicy;
  /** Times that were accepted, by command: what is a row of drafts. */
  drafts: Map<string, number>;
  /** When it went out to everybody, in ms: each copy. */
  sent: number[];
  /** What the network says to the next copies; then that it has them. */
  answers: PostResult[];
}

/** Statuses in memory for specs of their workflow: the same decisions, no rows and no network. */
export class ScriptedStatuses {
  readonly statuses = new Map<string, ScriptedStatus>();
  /** The number is not linked from then until then, in ms. */
  offline: { fromMs: number; untilMs: number } | undefined;

  constructor(private readonly now: () => Promise<number>) {}

  /** Accepts what somebody wrote. @returns the status' id and the command's */
  draft(publishAtMs: number, policy: MissedPolicy = 'ask'): { id: string; command: string } {
    const [id, command] = [randomUUID(), randomUUID()];
    this.statuses.set(id, { policy, drafts: new Map([[command, publishAtMs]]), sent: [], answers: [] });
    return { id, command };
  }

  of(id: string): ScriptedStatus {
    return this.statuses.get(id)!;
  }

  readonly forMain: StatusActivities = {
    statusCommand: ({ status: id, command, kind }) =>
      orFailure(async () => {
        const status = this.statuses.get(id);
        const draft = status?.drafts.get(command);
        if (!status || ((kind === 'create' || kind === 'edit') && draft === undefined)) throw new DomainError('status-unknown');
        if (kind === 'create') {
          Object.assign(status, { state: 'scheduled', publishAtMs: draft });
          return { ok: true, state: 'scheduled' };
        }
        const asked: StatusCommand = kind === 'edit' ? { kind, publishAtMs: draft! } : { kind };
        const decision = decideStatus(status as Status, asked, await this.now());
        if (!decision.ok) return decision;
        change(status, decision.change);
        return { ok: true, state: status.state! };
      }),

    lookAtStatus: async ({ status: id, doubt }) => {
      const status = this.statuses.get(id);
      if (!status?.state) return { state: undefined, step: { kind: 'end', forMs: 0 } };
      const nowMs = await this.now();
      const { change: due, step } = nextStep(status as Status, status.policy, nowMs, doubt);
      if (due) change(status, due);
      return { state: status.state, step: step.kind === 'end' ? { kind: 'end', forMs: 0 } : { kind: step.kind, forMs: step.untilMs - nowMs } };
    },
  };

  readonly forChannel: StatusPostActivities = {
    publishStatus: async ({ status: id }) => {
      const status = this.of(id);
      const nowMs = await this.#linked();
      if (status.state !== 'scheduled' && status.state !== 'publishing') return { state: 'gone' };
      status.sent.push(nowMs);
      const answer = status.answers.shift() ?? { state: 'done' };
      if (answer.state === 'done') Object.assign(status, { state: 'published', publishedAtMs: nowMs });
      else change(status, { state: answer.state === 'failed' ? 'failed' : 'publishing', cause: answer.cause ?? null });
      return answer;
    },
    removeStatus: async ({ status: id }) => {
      const status = this.of(id);
      await this.#linked();
      if (status.state === 'removing') change(status, { state: 'removed' });
      return { state: 'done' };
    },
  };

  /** @returns the time */
  async #linked(): Promise<number> {
    const nowMs = await this.now();
    if (this.offline && nowMs >= this.offline.fromMs && nowMs < this.offline.untilMs) {
      throw ApplicationFailure.create({ type: 'CHANNEL_OFFLINE', message: 'not linked', nextRetryDelay: '1m' });
    }
    return nowMs;
  }
}

function change(status: ScriptedStatus, { cause, ...others }: StatusChange): void {
  Object.assign(status, others);
  if (cause === null) delete status.cause;
  else if (cause !== undefined) status.cause = cause;
}
