import { Injectable, inject } from '@angular/core';
import { messagesFile } from './generated/fn/messages/messages-file';
import { Http } from './http';

/** Files of messages, where a page needs their bytes: pictures and players ask for the address themselves. */
@Injectable({ providedIn: 'root' })
export class MessageFilesApi {
  readonly #http = inject(Http);

  /** @param message its id. @throws ApiProblem file-pending, file-failed, file-expired, … */
  read(message: string): Promise<Blob> {
    return this.#http.call(messagesFile, { id: message });
  }
}
