import { TypedSearchAttributes } from '@temporalio/common';
import { MAIN_QUEUE } from '../../libs/temporal/queues.js';
import { searchAttributes } from '../../libs/temporal/search-attributes.js';
import { workflowId as makeId } from '../../libs/temporal/workflow-ids.js';

/** An import of a bank's statement that was confirmed or undone. */
export interface ImportRef {
  company: string;
  /** Row of `statement_imports`. */
  import: string;
  /** It was undone: whoever relied on its lines is told. */
  isUndone?: true;
}

export const workflowId = ({ company, import: of, isUndone }: ImportRef): string => makeId(company, isUndone ? 'money-withdrawn' : 'money-arrived', of);

/** How it is started: when an import is confirmed or undone, and again by the sweeper while nobody has finished it. */
export const startOf = (ref: ImportRef) =>
  ({
    workflowId: workflowId(ref),
    taskQueue: MAIN_QUEUE,
    args: [ref] as [ImportRef],
    workflowTaskTimeout: '5s', // the wait after a worker's death (research/reply-path.md)
    staticSummary: `Extracto bancario (${ref.company})`,
    typedSearchAttributes: new TypedSearchAttributes([{ key: searchAttributes.company, value: ref.company }]),
  }) as const;
