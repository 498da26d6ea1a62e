import { TypedSearchAttributes } from '@temporalio/common';
import { defineSignal } from '@temporalio/workflow';
import { MAIN_QUEUE } from '../../libs/temporal/queues.js';
import { searchAttributes } from '../../libs/temporal/search-attributes.js';
import { workflowId as makeId } from '../../libs/temporal/workflow-ids.js';

/** A row of `payment_links`, which is there before its workflow starts. */
export interface PaymentLinkRef {
  company: string;
  link: string;
}

/** A payment of it was looked at: what is left to wait for may have changed. May be told at will. */
export const look = defineSignal('look');

export const workflowId = ({ company, link }: PaymentLinkRef): string => makeId(company, 'payment-link', link);

/** How a link's workflow is started: by whoever makes the link, before the platform is asked for it, so that none goes without. */
export const startOf = (ref: PaymentLinkRef) =>
  ({
    workflowId: workflowId(ref),
    taskQueue: MAIN_QUEUE,
    args: [ref] as [PaymentLinkRef],
    workflowTaskTimeout: '5s', // the wait after a worker's death (research/reply-path.md)
    staticSummary: `Enlace de pago (${ref.company})`,
    typedSearchAttributes: new TypedSearchAttributes([
      { key: searchAttributes.company, value: ref.company },
      { key: searchAttributes.state, value: 'open' },
    ]),
  }) as const;
