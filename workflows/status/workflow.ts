import { allHandlersFinished, CancellationScope, condition, isCancellation, setHandler, upsertSearchAttributes } from '@temporalio/workflow';
import type { PostResult } from '../../activities/whatsapp-statuses.js';
import type { StatusState } from '../../libs/domain/status/status.js';
import { searchAttributes } from '../../libs/temporal/search-attributes.js';
import { lookAtStatus, statusCommand, statusPostsOf } from '../activities.js';
import { answering, mustBeIds, oneByOne } from '../updates.js';
import { orders, type StatusAnswer, type StatusOrder, type StatusOrderKind, type StatusRef } from './contract.js';

/** So often a status that the network says nothing about is sent again before it counts as unknown: each time to everybody. */
const MOST_DOUBTS = 3;
/** The wait before the row is looked at again after an attempt that came to nothing. */
const PAUSE_MS = 5_000;

/**
 * The life of a WhatsApp status: waits for its time, publishes it over its number, and ends when its day is over. What comes next is
 * decided by libs/domain on the row and the clock each time anew, so that an outage of whatever and whenever changes nothing but the
 * time at which it is decided. It holds no text and no rule; it is done after a day or a few, so it never has to continue as new.
 */
export async function status(ref: StatusRef): Promise<void> {
  const { company, status: id, channel } = ref;
  const inTurn = oneByOne();
  /** Counts what somebody has changed: whatever waits looks at the row again. */
  let changes = 0;
  let known: StatusState = 'scheduled';
  let doubts = 0;

  const keep = (state: StatusState | undefined): void => {
    if (state === undefined || state === known) return;
    known = state;
    upsertSearchAttributes([{ key: searchAttributes.state, value: state }]);
  };

  const run = (kind: StatusOrderKind, { command, actor }: StatusOrder): Promise<StatusAnswer> =>
    answering(() =>
      inTurn(async () => {
        const answer = await statusCommand({ company, status: id, command, kind, actor });
        if (!answer.ok) return answer;
        changes += 1;
        doubts = 0;
        keep(answer.state);
        return answer;
      }),
    );
  const validator = ({ command, actor }: StatusOrder): void => mustBeIds(command, actor);
  for (const kind of Object.keys(orders) as StatusOrderKind[]) setHandler(orders[kind], (order) => run(kind, order), { validator });

  await condition(allHandlersFinished); // it was started by a command, which may make the row
  for (;;) {
    const before = changes;
    const isChanged = (): boolean => changes !== before;
    const doubt = doubts >= MOST_DOUBTS ? 'no-ack' : undefined;
    const { state, step } = await inTurn(() => lookAtStatus({ company, status: id, ...(doubt && { doubt }) }));
    keep(state);
    if (isChanged()) continue;
    if (step.kind === 'end') {
      await condition(allHandlersFinished);
      if (!isChanged()) return;
    } else if (step.kind === 'publish' || step.kind === 'remove') {
      const posts = statusPostsOf(channel, step.forMs);
      const result = await unlessChanged(isChanged, () => posts[step.kind === 'publish' ? 'publishStatus' : 'removeStatus']({ company, channel, status: id }));
      if (result?.state === 'unknown') doubts += 1;
      if (result?.state !== 'done' && result?.state !== 'failed') await condition(isChanged, Math.min(PAUSE_MS, step.forMs));
    } else {
      await condition(isChanged, step.forMs);
    }
  }
}

/** Waits for an attempt until somebody changes the status: then it is called off. @returns undefined for one that came to nothing */
async function unlessChanged(isChanged: () => boolean, attempt: () => Promise<PostResult>): Promise<PostResult | undefined> {
  const scope = new CancellationScope();
  const watching = new CancellationScope();
  const attempted = scope.run(attempt).catch(() => undefined); // out of time, or called off: the row says what is to be done
  const change = watching.run(() => condition(isChanged)).catch((error: unknown) => {
    if (!isCancellation(error)) throw error;
  });
  await Promise.race([attempted, change]);
  scope.cancel();
  watching.cancel();
  return attempted;
}
