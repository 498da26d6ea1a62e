import { ApplicationFailure } from '@temporalio/common';
import { describe, expect, it } from 'vitest';
import type { SendOutcome } from '../libs/channels/channel.js';
import { createStatusPostActivities } from './whatsapp-statuses.js';

const request = { company: 'alfa', channel: 'c', status: 's' };
const answering = (outcome: SendOutcome) =>
  createStatusPostActivities({ poster: { publishStatus: () => Promise.resolve(outcome), removeStatus: () => Promise.resolve(outcome) } });
const failureOf = async (work: Promise<unknown>) => {
  const error: unknown = await work.catch((thrown: unknown) => thrown);
  return error instanceof ApplicationFailure ? { type: error.type, nonRetryable: error.nonRetryable } : error;
};

describe('publishing a status', () => {
  it.each<[SendOutcome, object]>([
    [{ state: 'sent' }, { state: 'done' }],
    [{ state: 'failed', cause: 'ack-479' }, { state: 'failed', cause: 'ack-479' }],
    [{ state: 'unknown', cause: 'no-ack' }, { state: 'unknown', cause: 'no-ack' }],
    [{ state: 'missing' }, { state: 'gone' }],
  ])('ends after %o', async (outcome, result) => expect(await answering(outcome).publishStatus(request)).toEqual(result));

  it.each<[SendOutcome, string]>([[{ state: 'offline' }, 'CHANNEL_OFFLINE'], [{ state: 'fenced' }, 'FENCED']])(
    'is tried again after %o', async (outcome, type) => {
      expect(await failureOf(answering(outcome).publishStatus(request))).toEqual({ type, nonRetryable: false });
      expect(await failureOf(answering(outcome).removeStatus(request))).toEqual({ type, nonRetryable: false });
    });
});

describe('taking a status back', () => {
  it('is asked again while the network says nothing, and ends with its word', async () => {
    expect(await failureOf(answering({ state: 'unknown', cause: 'no-ack' }).removeStatus(request))).toEqual({ type: 'OUTCOME_UNKNOWN', nonRetryable: false });
    expect(await answering({ state: 'failed', cause: 'ack-479' }).removeStatus(request)).toEqual({ state: 'failed', cause: 'ack-479' });
  });
});
