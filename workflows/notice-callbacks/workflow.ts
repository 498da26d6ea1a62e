import { condition, continueAsNew, setHandler } from '@temporalio/workflow';
import { tellCallbacks } from '../activities.js';
import { wake, type CallbacksRef } from './contract.js';

/** So many rounds, of some ten events each, before it continues as new. */
const MOST_ROUNDS = 40;

/**
 * Tells a company's system what has become of its notices, each state of each in order, again and again until it has heard: the rows say
 * what is due and when the next try is. It ends when nothing is.
 */
export async function noticeCallbacks({ company }: CallbacksRef): Promise<void> {
  let changes = 0;
  setHandler(wake, () => void (changes += 1));
  for (let rounds = 0; rounds < MOST_ROUNDS; rounds++) {
    const before = changes;
    const isChanged = (): boolean => changes !== before;
    const { dueInMs } = await tellCallbacks({ company });
    if (isChanged() || dueInMs === 0) continue;
    if (dueInMs === undefined) return;
    await condition(isChanged, dueInMs);
  }
  await continueAsNew<typeof noticeCallbacks>({ company });
}
