import { Injectable, inject } from '@angular/core';
import type { Frozen } from './frozen';
import { auditList, type AuditList$Params } from './generated/fn/audit/audit-list';
import type * as api from './generated/models';
import { Http } from './http';

export type AuditEntry = Frozen<api.AuditEntry>;
export type AuditPage = Frozen<api.AuditPage>;
export type AuditAction = AuditEntry['action'];
export type AuditQuery = Frozen<AuditList$Params>;

/** Who administered what. */
@Injectable({ providedIn: 'root' })
export class AuditApi {
  readonly #http = inject(Http);

  /** Newest first; `before` of the query goes on where a page ended. */
  page(query: AuditQuery): Promise<AuditPage> {
    return this.#http.call(auditList, query);
  }
}
