import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common';
import {
  isGrpcDeadlineError, isGrpcServiceError, WorkflowUpdateFailedError, WorkflowUpdateRPCTimeoutOrCancelledError, type Client, type WorkflowClient,
} from '@temporalio/client';
import { ApplicationFailure } from '@temporalio/common';
import { temporalAddress } from '../../../../libs/config/env.js';
import { DomainError, domainErrorCodes, type DomainErrorCode } from '../../../../libs/domain/errors.js';
import { temporalClient } from '../../../../libs/temporal/client.js';
import { ProblemException } from '../problem.js';
import { SOURCES, type Sources } from '../sources.js';
import { KeyedSlots } from './keyed-slots.js';

/** Temporal refuses more than a few updates in flight for one workflow (research/temporal.md). */
const MOST_IN_FLIGHT = 8;
/** How long a person waits for a command's answer at most, the wait for a slot included. */
const PATIENCE_MS = 8_000;
const AGAIN_AFTER_MS = 200;
const RETRY_AFTER_SECONDS = '5';

/** gRPC status codes (grpc.io, "Status codes"). */
const RESOURCE_EXHAUSTED = 8;
const UNAVAILABLE = 14;

/** The gRPC error that the client's own errors carry as their cause. */
function grpcCodeOf(error: unknown): number | undefined {
  if (isGrpcServiceError(error)) return error.code;
  return error instanceof Error && error.cause !== undefined ? grpcCodeOf(error.cause) : undefined;
}

const isBusy = (error: unknown): boolean => [RESOURCE_EXHAUSTED, UNAVAILABLE].includes(grpcCodeOf(error) ?? -1);
const isLate = (error: unknown): boolean => error instanceof WorkflowUpdateRPCTimeoutOrCancelledError || isGrpcDeadlineError(error);

/** The broken rule for which a workflow refused an update, through however many failures it was passed on. */
function ruleOf(error: unknown): DomainErrorCode | undefined {
  if (error instanceof ApplicationFailure) {
    const code = domainErrorCodes.find((one) => one === error.type);
    if (code) return code;
  }
  return error instanceof Error && error.cause !== undefined ? ruleOf(error.cause) : undefined;
}

const later = (code: 'engine-away' | 'engine-late'): ProblemException => new ProblemException(code, { headers: { 'retry-after': RETRY_AFTER_SECONDS } });
const isUnanswered = (error: unknown): boolean => error instanceof ProblemException && error.code === 'engine-late';

/** A workflow looked for the words of a command, and they were not there. */
const wordless: readonly DomainErrorCode[] = ['text-unknown', 'status-unknown'];
const isWordless = (error: unknown): boolean => error instanceof DomainError && wordless.includes(error.code);

/** What became of a command that got no yes. none: nothing of it happened, or will · done: the workflow did it · open: it may still do it */
export type Fate = 'none' | 'done' | 'open';

/** What somebody wants done by a workflow, which does it once for each command, on words that were accepted as a row before. */
export interface Order<T extends { ok: boolean }> {
  /** The workflow's id: questions to one workflow share its slots. */
  workflow: string;
  /** The command's id. */
  command: string;
  question: (client: WorkflowClient, updateId: string) => Promise<T>;
  /** Takes back what was accepted unless the workflow has taken it, and says what became of the command. @param isAnswered it was refused, or failed; else there was no answer in time */
  settle: (isAnswered: boolean) => Promise<Fate>;
  /** As in `ask`. */
  lookAgain?: () => Promise<unknown>;
}

/** The way to workflows: few at a time for each, again while the server is busy or away, and no longer than a person waits. */
@Injectable()
export class Engine implements OnModuleDestroy {
  readonly #client: Client;
  readonly #slots = new KeyedSlots(MOST_IN_FLIGHT);

  constructor(@Inject(SOURCES) { env, vault }: Sources) {
    this.#client = temporalClient({ address: temporalAddress(env), namespace: env.TEMPORAL_NAMESPACE }, vault);
  }

  /**
   * Asks a workflow. The question may be asked again, so it names its update's id.
   * @param workflow its id: questions to one workflow share its slots
   * @param lookAgain called once there is a slot: throws if there is nothing left to ask by now
   * @throws ProblemException `engine-late` when there is no answer in time: it may be done all the same; DomainError for a rule that the workflow found broken
   */
  ask<T>(workflow: string, question: (client: WorkflowClient) => Promise<T>, lookAgain?: () => Promise<unknown>): Promise<T> {
    const until = Date.now() + PATIENCE_MS;
    return this.#slots.run(workflow, async () => {
      await lookAgain?.();
      return this.#insist(question, until);
    });
  }

  /**
   * Has a command done, and leaves nobody in doubt who need not be: without an answer in time, what the command left says what became of it.
   * @returns the answer; undefined when the workflow did it and only its answer is missing
   * @throws ProblemException `engine-away` when nothing of it happened, or will; `engine-late` when it may still; DomainError
   */
  async order<T extends { ok: boolean }>(order: Order<T>): Promise<T | undefined> {
    try {
      const answer = await this.#twice(order);
      if (!answer.ok) await order.settle(true);
      return answer;
    } catch (error) {
      const fate = await order.settle(!isUnanswered(error));
      if (fate === 'done') return undefined;
      throw isUnanswered(error) && fate === 'none' ? later('engine-away') : error;
    }
  }

  /** Under the command's own id an earlier call may have been answered after its words were taken back. They are there again, so it is asked under another. */
  async #twice<T extends { ok: boolean }>({ workflow, command, question, lookAgain }: Order<T>): Promise<T> {
    try {
      return await this.ask(workflow, (client) => question(client, command), lookAgain);
    } catch (error) {
      if (!isWordless(error)) throw error;
      const again = randomUUID();
      return this.ask(workflow, (client) => question(client, again), lookAgain);
    }
  }

  async onModuleDestroy(): Promise<void> {
    await this.#client.connection.close();
  }

  async #insist<T>(question: (client: WorkflowClient) => Promise<T>, until: number): Promise<T> {
    while (Date.now() < until) {
      try {
        return await this.#client.withDeadline(until, () => question(this.#client.workflow));
      } catch (error) {
        const rule = error instanceof WorkflowUpdateFailedError ? ruleOf(error) : undefined;
        if (rule) throw new DomainError(rule);
        if (isLate(error)) break;
        if (!isBusy(error)) throw error;
        await pause(AGAIN_AFTER_MS);
      }
    }
    throw later('engine-late');
  }
}
