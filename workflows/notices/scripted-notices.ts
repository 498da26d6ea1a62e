import type { NoticeCallbackActivities } from '../../activities/notice-callbacks.js';
import type { NoticeFileActivities } from '../../activities/notice-files.js';
import type { NoticeActivities, NoticeLook } from '../../activities/notices.js';
import type { BatchState } from '../../libs/domain/notices/notice.js';

/** A batch without a database: what waits for its moment, whether it is paused, and what its workflow did. */
export interface ScriptedBatch {
  /** Leave one after the other, one a look. */
  waiting: number;
  files: number;
  state: BatchState;
  did: string[];
  /** Between looks, in ms. */
  forMs: number;
}

/** Batches in memory, by their days; and callbacks, by their company: how often each fails before it is heard. */
export class ScriptedNotices {
  readonly batches = new Map<string, ScriptedBatch>();
  /** Waits that `tellCallbacks` answers, in ms, then that nothing is due. */
  readonly callbackWaits: number[] = [];
  told = 0;

  of(day: string): ScriptedBatch {
    const known = this.batches.get(day) ?? { waiting: 0, files: 0, state: 'running', did: [], forMs: 20_000 };
    this.batches.set(day, known);
    return known;
  }

  readonly forMain: NoticeActivities & NoticeFileActivities & NoticeCallbackActivities = {
    feedNotices: ({ day }): Promise<NoticeLook> => {
      const batch = this.of(day);
      batch.did.push(`look ${batch.state} ${batch.waiting}`);
      if (batch.state !== 'paused' && batch.files === 0 && batch.waiting > 0) batch.waiting -= 1;
      const state = batch.state === 'running' && batch.waiting === 0 ? 'ended' : batch.state;
      return Promise.resolve({ state, files: batch.files, forMs: state === 'ended' ? 0 : batch.forMs });
    },
    fetchNoticeFiles: ({ day }) => {
      const batch = this.of(day);
      batch.did.push('fetch');
      batch.files -= 1;
      return Promise.resolve();
    },
    noticeCommand: ({ day, kind, notice }) => {
      const batch = this.of(day);
      batch.did.push(notice === undefined ? kind : `${kind} ${notice}`);
      if (kind === 'cancel-one') return Promise.resolve({ ok: false, reason: 'settled' });
      if (kind === 'cancel') batch.waiting = 0;
      batch.state = kind === 'pause' ? 'paused' : 'running';
      return Promise.resolve({ ok: true, state: batch.state });
    },
    tellCallbacks: () => {
      this.told += 1;
      const dueInMs = this.callbackWaits.shift();
      return Promise.resolve(dueInMs === undefined ? {} : { dueInMs });
    },
  };
}
