import { Injectable, inject } from '@angular/core';
import type { Frozen } from './frozen';
import { contactsMerges } from './generated/fn/contacts/contacts-merges';
import { contactsUndo } from './generated/fn/contacts/contacts-undo';
import type * as api from './generated/models';
import { Http } from './http';

/** Somebody who turned out to be the same person as another contact. */
export type ContactMerge = Frozen<api.ContactMerge>;

/** Who a person is. Only for those who hold `contacts.merge`. */
@Injectable({ providedIn: 'root' })
export class ContactsApi {
  readonly #http = inject(Http);

  /** Newest first; undone ones have `undoneAt`. */
  merges(contact: string): Promise<readonly ContactMerge[]> {
    return this.#http.call(contactsMerges, { id: contact });
  }

  /** A refusal is a problem with status 409: `merge-undone`. */
  undo(merge: string): Promise<ContactMerge> {
    return this.#http.call(contactsUndo, { id: merge });
  }
}
