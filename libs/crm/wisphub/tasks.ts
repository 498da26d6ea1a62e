import type { CrmDeps } from '../crm-deps.js';
import { CrmFailure } from '../wire/crm-failure.js';
import { readRow } from '../wire/lenient.js';
import { waiter } from '../wire/once.js';
import type { WisphubCalls } from './calls.js';
import { ignored, taskRow } from './rows.js';

const EVERY_MS = 1_000;
const MOST_POLLS = 20;

export type TaskEnd = { state: 'done'; result: unknown } | { state: 'failed' | 'running' };

/** Waits for one of WispHub's tasks, half a minute at most. */
export async function taskEnd({ call }: WisphubCalls, deps: CrmDeps, task: string, signal: AbortSignal): Promise<TaskEnd> {
  if (!/^[\w-]{1,100}$/u.test(task)) throw new CrmFailure('bad-response', 'task_id', 'answered');
  for (let poll = 0; poll < MOST_POLLS; poll += 1) {
    if (poll > 0) await waiter(deps)(EVERY_MS, signal);
    const body = await call({ path: `/tasks/${task}/`, signal });
    if (body === undefined) continue; // not there yet
    const { status = '', result } = readRow(deps, '/tasks/{id}/', taskRow, body, ignored).task;
    if (status === 'SUCCESS') return { state: 'done', result };
    if (!['PENDING', 'PROCESS', 'STARTED', 'RETRY'].includes(status)) return { state: 'failed' };
  }
  return { state: 'running' };
}
