import { Dialog, type DialogConfig, type DialogRef } from '@angular/cdk/dialog';
import type { ComponentType } from '@angular/cdk/portal';
import { Injectable, inject } from '@angular/core';
import { firstValueFrom } from 'rxjs';
import type { Entry, FileKind, Reply } from '../../api/conversations-api';
import { MessageFilesApi } from '../../api/message-files-api';
import { ApiProblem } from '../../api/problem';
import { injectProblemText } from '../../feedback/inject-problem';
import { Toasts } from '../../feedback/toasts';
import type { Captioned } from './attach-dialog';
import type { Attachment, Content } from './content';

/** Asks the person for what a message holds beside text. Its dialogs are loaded when they are wanted. */
@Injectable({ providedIn: 'root' })
export class Outgoing {
  readonly #dialog = inject(Dialog);
  readonly #files = inject(MessageFilesApi);
  readonly #toasts = inject(Toasts);
  readonly #problemText = injectProblemText();

  /** @returns what is sent, in order; undefined: nothing */
  async askFiles(files: readonly File[], to: string): Promise<readonly Captioned[] | undefined> {
    const { AttachDialog } = await import('./attach-dialog');
    return this.#ask<readonly Captioned[]>(AttachDialog, 'attach-title', { files, to });
  }

  async askPlace(): Promise<Reply['location']> {
    const { PlaceDialog } = await import('./place-dialog');
    return this.#ask<NonNullable<Reply['location']>>(PlaceDialog, 'place-title');
  }

  async askContact(): Promise<Reply['contact']> {
    const { CardDialog } = await import('./card-dialog');
    return this.#ask<NonNullable<Reply['contact']>>(CardDialog, 'card-title');
  }

  /** What a message held, to send it again. @returns undefined when its file cannot be read; the person has been told why */
  async contentOf(entry: Entry): Promise<Content | undefined> {
    const { file, details, contentKind } = entry;
    const [place, card] = [details?.location, details?.contacts?.[0]];
    if (place) return { place: { latitude: place.latitude, longitude: place.longitude, name: place.name, address: place.address } };
    if (card) return { card };
    if (!file) return {};
    try {
      const attachment: Attachment = { file: await this.#files.read(entry.id), name: file.fileName ?? details?.media?.fileName ?? '', kind: contentKind as FileKind };
      return { attachment };
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error;
      this.#toasts.show({ icon: 'alert', words: this.#problemText(error) });
      return undefined;
    }
  }

  /** Afterwards one goes on writing. */
  #ask<Answer>(dialog: ComponentType<unknown>, ariaLabelledBy: string, data?: unknown): Promise<Answer | undefined> {
    const config: DialogConfig<unknown, DialogRef<Answer>> = { ariaLabelledBy, data, autoFocus: 'input, textarea', restoreFocus: 'hilo-composer textarea' };
    return firstValueFrom(this.#dialog.open<Answer>(dialog, config).closed, { defaultValue: undefined });
  }
}
