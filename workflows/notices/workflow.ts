import { allHandlersFinished, condition, continueAsNew, setHandler, upsertSearchAttributes } from '@temporalio/workflow';
import type { BatchState, NoticeCommandKind } from '../../libs/domain/notices/notice.js';
import { searchAttributes } from '../../libs/temporal/search-attributes.js';
import { feedNotices, fetchNoticeFiles, noticeCommand } from '../activities.js';
import { answering, mustBeIds, oneByOne } from '../updates.js';
import { orders, wake, type BatchRef, type NoticeAnswer, type NoticeOrder } from './contract.js';

/** So many looks, of some six events each, before it continues as new: replaying them takes a second. */
const MOST_LOOKS = 60;

const noticeId = /^\d{1,19}$/;

type InTurn = ReturnType<typeof oneByOne>;

/** Does what people ask of the batch, one after the other. @param done is told each answer */
function takeOrders(ref: BatchRef, inTurn: InTurn, done: (answer: NoticeAnswer) => void): void {
  const run = (kind: NoticeCommandKind, { command, actor, notice }: NoticeOrder): Promise<NoticeAnswer> =>
    answering(() =>
      inTurn(async () => {
        const answer = await noticeCommand({ ...ref, command, kind, actor, ...(notice === undefined ? {} : { notice }) });
        done(answer);
        return answer;
      }),
    );
  const validator = ({ command, actor, notice }: NoticeOrder): void => {
    mustBeIds(command, actor);
    if (notice !== undefined && !noticeId.test(notice)) mustBeIds(notice);
  };
  for (const kind of Object.keys(orders) as NoticeCommandKind[]) setHandler(orders[kind], (order) => run(kind, order), { validator });
}

/**
 * A number's notices of one day: hands them on into the number's lane as it empties, has their files fetched, lets those expire whose time is
 * over, asks when some will be late, and is paused, resumed and cancelled. What is to be done is decided on the rows each time anew, so that
 * a crash of whatever and whenever loses and repeats nothing. It ends when nothing is left to wait for; whoever accepts another row of
 * that day starts it again.
 */
export async function notices(ref: BatchRef): Promise<void> {
  const inTurn = oneByOne();
  /** Counts what others have changed: whatever waits looks at the rows again. */
  let changes = 0;
  let known: BatchState = 'running';

  const keep = (state: BatchState): void => {
    if (state === known) return;
    known = state;
    upsertSearchAttributes([{ key: searchAttributes.state, value: state }]);
  };
  takeOrders(ref, inTurn, (answer) => {
    changes += 1;
    if (answer.ok) keep(answer.state);
  });
  setHandler(wake, () => void (changes += 1));

  for (let looks = 0; looks < MOST_LOOKS; looks++) {
    const before = changes;
    const isChanged = (): boolean => changes !== before;
    const { state, forMs, files } = await inTurn(() => feedNotices(ref));
    keep(state);
    if (files > 0) await fetchNoticeFiles(ref);
    if (files > 0 || isChanged()) continue;
    if (state === 'ended') {
      await condition(allHandlersFinished);
      if (!isChanged()) return;
    } else await condition(isChanged, forMs);
  }
  await condition(allHandlersFinished);
  await continueAsNew<typeof notices>(ref);
}
