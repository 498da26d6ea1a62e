import { ApplicationFailure } from '@temporalio/common';
import { describe, expect, it } from 'vitest';
import type { ChannelSender, SendOutcome } from '../libs/channels/channel.js';
import { createWhatsAppActivities } from './whatsapp.js';

const request = { company: 'alfa', channel: 'c', message: '7' };
const senderOf = (next: () => SendOutcome): ChannelSender => ({ send: () => Promise.resolve(next()), sendToGroup: () => Promise.resolve(next()) });
const answering = (outcome: SendOutcome) => createWhatsAppActivities({ sender: senderOf(() => outcome) }).send(request);
const failureOf = async (outcome: SendOutcome) => {
  const error: unknown = await answering(outcome).catch((thrown: unknown) => thrown);
  if (!(error instanceof ApplicationFailure)) throw new Error('it did not fail as Temporal needs it');
  return { type: error.type, nonRetryable: error.nonRetryable };
};

describe('sending', () => {
  it('ends when the network took it or refused it', async () => {
    expect(await answering({ state: 'sent' })).toEqual({ state: 'sent' });
    expect(await answering({ state: 'failed', cause: 'ack-463' })).toEqual({ state: 'failed', cause: 'ack-463' });
  });

  it.each<[SendOutcome, string]>([
    [{ state: 'offline' }, 'CHANNEL_OFFLINE'],
    [{ state: 'unsent', cause: 'upload-failed' }, 'NOT_SENT'],
    [{ state: 'fenced' }, 'FENCED'],
    [{ state: 'unknown', cause: 'no-ack' }, 'OUTCOME_UNKNOWN'],
  ])('is tried again after %o', async (outcome, type) => expect(await failureOf(outcome)).toEqual({ type, nonRetryable: false }));

  it('is not tried again for a row that this channel of this company does not have', async () => {
    expect(await failureOf({ state: 'missing' })).toEqual({ type: 'MESSAGE_MISSING', nonRetryable: true });
  });

  it('lets the conversation go on after sixty sends in doubt, and counts each message alone', async () => {
    const outcomes: SendOutcome[] = [];
    const { send } = createWhatsAppActivities({ sender: senderOf(() => outcomes.shift() ?? { state: 'unknown', cause: 'send-failed' }) });
    for (let doubt = 1; doubt < 60; doubt++) await expect(send(request)).rejects.toThrow('send-failed');
    await expect(send({ ...request, message: '8' })).rejects.toThrow('send-failed');
    expect(await send(request)).toEqual({ state: 'unknown', cause: 'send-failed' });
  });

  it('gives up after twenty tries of which nothing left, for the conversation to call the row failed', async () => {
    const { send } = createWhatsAppActivities({ sender: senderOf(() => ({ state: 'unsent', cause: 'upload-failed' })) });
    for (let attempt = 1; attempt < 20; attempt++) await expect(send(request)).rejects.toMatchObject({ type: 'NOT_SENT', nonRetryable: false });
    await expect(send(request)).rejects.toMatchObject({ type: 'NOT_SENT', nonRetryable: true });
  });

  it('waits between two attempts where the message may not leave yet, a minute at most, and is no failure to be alarmed by', async () => {
    const held = (waitMs: number) => answering({ state: 'held', reason: 'typing', waitMs }).catch((thrown: unknown) => thrown);
    expect(await held(1_234.5)).toMatchObject({ type: 'HELD_BACK', nonRetryable: false, nextRetryDelay: 1_235, category: 'BENIGN' });
    expect(await held(3_600_000)).toMatchObject({ nextRetryDelay: 60_000 });
  });
});
