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

const away = (): ProblemException => new ProblemException('engine-away', { headers: { 'retry-after': RETRY_AFTER_SECONDS } });

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
   * @throws ProblemException `engine-away` when there is no answer in time; DomainError for a rule that the workflow found broken
   */
  ask<T>(workflow: string, question: (client: WorkflowClient) => Promise<T>, lookAgain?: () => Promise<unknown>): Promise<T> {
    const until = Date.now() + PATIENCE_MS;
    return this.#slots.run(workflow, async () => {
      await lookAgain?.();
      return this.#insist(question, until);
    });
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
    throw away();
  }
}
