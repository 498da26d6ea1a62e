import { DefaultFailureConverter } from '@temporalio/common';

/** Moves error messages and stacks into a payload, so that the codec encrypts them, too. Loaded by path, in the sandbox as well. */
export const failureConverter = new DefaultFailureConverter({ encodeCommonAttributes: true });
