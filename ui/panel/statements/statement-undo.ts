import { Injectable, inject } from '@angular/core';
import { type StatementImport, StatementsApi } from '../../shared/api/statements-api';
import { Attempts } from '../../shared/feedback/attempts';
import { Confirm } from '../../shared/feedback/confirm';
import { Toasts } from '../../shared/feedback/toasts';
import { injectStatementText } from './i18n/inject-text';

/** Takes an import back, once somebody has said so twice. */
@Injectable()
export class StatementUndo {
  readonly #api = inject(StatementsApi);
  readonly #attempts = inject(Attempts);
  readonly #confirm = inject(Confirm);
  readonly #toasts = inject(Toasts);
  readonly #text = injectStatementText();

  async ask({ id, fileName }: StatementImport): Promise<void> {
    const wanted = await this.#confirm.ask({
      title: this.#text('undo.title', { name: fileName }), action: this.#text('undo'), danger: true,
      consequences: [{ icon: 'trash', words: this.#text('undo.then') }, { icon: 'info', words: this.#text('undo.used') }],
    });
    if (wanted && (await this.#attempts.run(this.#api.undo(id)))) this.#toasts.show({ icon: 'undo', words: this.#text('undone') });
  }
}
