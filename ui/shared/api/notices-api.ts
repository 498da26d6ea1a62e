import { Injectable, inject } from '@angular/core';
import type { Frozen } from './frozen';
import { noticequeueCancel } from './generated/fn/notices/noticequeue-cancel';
import { type NoticequeueList$Params, noticequeueList } from './generated/fn/notices/noticequeue-list';
import { noticequeueOrder } from './generated/fn/notices/noticequeue-order';
import { noticequeueRead } from './generated/fn/notices/noticequeue-read';
import { noticequeueResend } from './generated/fn/notices/noticequeue-resend';
import type * as api from './generated/models';
import { Http } from './http';

/** A notice that the ISP's system asked for. */
export type Notice = Frozen<api.QueuedNotice>;
export type NoticeDetail = Frozen<api.NoticeDetail>;
export type NoticeState = Notice['state'];
export type NoticeQueue = Frozen<api.NoticeQueue>;
/** All notices of one number and day. */
export type NoticeBatch = Frozen<api.NoticeBatch>;
export type BatchCommand = Frozen<api.NoticeBatchOrder>['command'];

/** The day's notices. Expected refusals are problems with status 409: `notice-settled`, `notice-sent`. */
@Injectable({ providedIn: 'root' })
export class NoticesApi {
  readonly #http = inject(Http);

  list(query: Frozen<NoticequeueList$Params>): Promise<NoticeQueue> {
    return this.#http.call(noticequeueList, { ...query, q: query.q || undefined, day: query.day || undefined });
  }

  read(id: string): Promise<NoticeDetail> {
    return this.#http.call(noticequeueRead, { id });
  }

  cancel(id: string): Promise<NoticeDetail> {
    return this.#http.call(noticequeueCancel, { id });
  }

  resend(id: string): Promise<NoticeDetail> {
    return this.#http.call(noticequeueResend, { id });
  }

  order({ channel, day }: NoticeBatch, command: BatchCommand): Promise<unknown> {
    return this.#http.call(noticequeueOrder, { channel: channel.id, body: { day, command } });
  }
}
