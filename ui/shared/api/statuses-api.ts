import { Injectable, inject } from '@angular/core';
import type { Frozen } from './frozen';
import { statusesCancel } from './generated/fn/statuses/statuses-cancel';
import { statusesClear } from './generated/fn/statuses/statuses-clear';
import { statusesCreate } from './generated/fn/statuses/statuses-create';
import { statusesEdit } from './generated/fn/statuses/statuses-edit';
import { statusesImage } from './generated/fn/statuses/statuses-image';
import { type StatusesList$Params, statusesList } from './generated/fn/statuses/statuses-list';
import { statusesPublish } from './generated/fn/statuses/statuses-publish';
import { statusesPutImage$Jpeg } from './generated/fn/statuses/statuses-put-image-jpeg';
import { statusesPutImage$Png } from './generated/fn/statuses/statuses-put-image-png';
import { statusesRead } from './generated/fn/statuses/statuses-read';
import { statusesRemove } from './generated/fn/statuses/statuses-remove';
import { statusesRetry } from './generated/fn/statuses/statuses-retry';
import { statusesSetMissed } from './generated/fn/statuses/statuses-set-missed';
import { statusesViews } from './generated/fn/statuses/statuses-views';
import type * as api from './generated/models';
import { Http } from './http';

/** A WhatsApp status: planned, out, or over. */
export type Status = Frozen<api.Status>;
export type StatusState = Status['state'];
export type StatusColour = NonNullable<Status['colour']>;
export type StatusPage = Frozen<api.StatusPage>;
export type StatusEdit = Frozen<api.StatusEdit>;
export type StatusViewer = Frozen<api.StatusViewer>;
export type MissedPolicy = StatusPage['missed'];
/** What somebody does with a status besides changing it. */
export type StatusOrder = 'cancel' | 'publish' | 'retry' | 'remove';

const orders = { cancel: statusesCancel, publish: statusesPublish, retry: statusesRetry, remove: statusesRemove };

/** Statuses. Expected refusals are problems with status 409: `status-published`, `status-publishing`, `status-ended`. */
@Injectable({ providedIn: 'root' })
export class StatusesApi {
  readonly #http = inject(Http);

  list(query: Frozen<StatusesList$Params>): Promise<StatusPage> {
    return this.#http.call(statusesList, { ...query, q: query.q || undefined });
  }

  read(id: string): Promise<Status> {
    return this.#http.call(statusesRead, { id });
  }

  views(id: string): Promise<StatusViewer[]> {
    return this.#http.call(statusesViews, { id });
  }

  create(channel: string, status: StatusEdit): Promise<Status> {
    return this.#http.call(statusesCreate, { body: { channel, ...status } });
  }

  edit(id: string, status: StatusEdit): Promise<Status> {
    return this.#http.call(statusesEdit, { id, body: status });
  }

  order(order: StatusOrder, id: string): Promise<Status> {
    return this.#http.call(orders[order], { id });
  }

  clear(): Promise<Frozen<api.ClearedStatuses>> {
    return this.#http.call(statusesClear, {});
  }

  setMissed(missed: MissedPolicy): Promise<unknown> {
    return this.#http.call(statusesSetMissed, { body: { missed } });
  }

  /** Puts an image up, to be named in a status by its hash. */
  putImage(image: Blob): Promise<Frozen<api.StatusImage>> {
    return this.#http.call(image.type === 'image/png' ? statusesPutImage$Png : statusesPutImage$Jpeg, { body: image });
  }

  /** Where a browser finds an image. */
  imageUrl(sha256: string): string {
    return statusesImage.PATH.replace('{sha256}', sha256);
  }
}
