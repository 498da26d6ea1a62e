import { WorkflowExecutionAlreadyStartedError } from '@temporalio/common';
import { ApplicationFailure } from '@temporalio/workflow';
import { DomainError } from '../libs/domain/errors.js';

/** What handlers of updates and starts of children are made of. */

/**
 * Runs an update's work. A broken rule fails the update alone: thrown as it is it would block the workflow for ever
 * (research/reply-path.md, "Errors"). Failures of activities are such failures already.
 */
export async function answering<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof DomainError) throw ApplicationFailure.nonRetryable(error.message, error.code);
    throw error;
  }
}

/** Lets one piece of work begin when the one before it has ended, in the order in which they were asked for, failed or not. */
export function oneByOne(): <T>(work: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const done = last.then(work);
    last = done.then(
      () => undefined,
      () => undefined,
    );
    return done;
  };
}

const uuidShape = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Validator of what is named by ids: rejected without a trace in the history. */
export function mustBeIds(...ids: readonly string[]): void {
  if (!ids.every((id) => typeof id === 'string' && uuidShape.test(id))) throw ApplicationFailure.nonRetryable('Not an id', 'ID_INVALID');
}

/** Starts a child of which there may be one only: that it runs already is no failure. */
export async function startOnce(start: () => Promise<unknown>): Promise<void> {
  try {
    await start();
  } catch (error) {
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
  }
}
