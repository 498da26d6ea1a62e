import { TypedSearchAttributes } from '@temporalio/common';
import { defineSignal } from '@temporalio/workflow';
import { MAIN_QUEUE } from '../../libs/temporal/queues.js';
import { searchAttributes } from '../../libs/temporal/search-attributes.js';
import { workflowId as makeId } from '../../libs/temporal/workflow-ids.js';

/** Payment platforms, by the names that rows and workflow ids have. */
export type PlatformName = 'mercadopago';

/** A payment at a platform, by the platform's own number: a notice names it, nothing else of a notice is believed. */
export interface PlatformPaymentRef {
  company: string;
  platform: PlatformName;
  /** Digits. */
  payment: string;
}

/** Somebody says that the payment has changed: it is looked at. May be told at will, also of what did not happen. */
export const look = defineSignal('look');

export const workflowId = ({ company, platform, payment }: PlatformPaymentRef): string => makeId(company, 'platform-payment', `${platform}/${payment}`);

/** How a payment's workflow is started: by the first notice, or by a link that found it. */
export const startOf = (ref: PlatformPaymentRef) =>
  ({
    workflowId: workflowId(ref),
    taskQueue: MAIN_QUEUE,
    args: [ref] as [PlatformPaymentRef],
    workflowTaskTimeout: '5s', // the wait after a worker's death (research/reply-path.md)
    staticSummary: `Pago en una plataforma (${ref.company})`,
    typedSearchAttributes: new TypedSearchAttributes([
      { key: searchAttributes.company, value: ref.company },
      { key: searchAttributes.state, value: 'looking' },
    ]),
  }) as const;
