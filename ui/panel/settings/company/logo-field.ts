import { Component, inject, signal } from '@angular/core';
import { CompanyApi, logoTypes, logoUrl } from '../../../shared/api/company-api';
import { Attempts } from '../../../shared/feedback/attempts';
import { Toasts } from '../../../shared/feedback/toasts';
import { Icon } from '../../../shared/icons/icon';
import { CurrentSession } from '../../../shared/session/current-session';
import { injectCompanyText } from './i18n/inject-text';

/** The logo: chosen, changed and removed at once, without waiting for the form to be saved. */
@Component({
  selector: 'company-logo',
  imports: [Icon],
  template: `
    <div class="row logo" role="group" [attr.aria-label]="text('logo')">
      @if (session.company()?.logo; as logo) {<img class="shown" [src]="url(logo)" [alt]="text('logo')">}
      @else {<span class="shown company" aria-hidden="true">{{ session.company()?.name?.charAt(0) }}</span>}
      <div class="grow">
        <p class="label">{{ text('logo') }}</p>
        <p class="field__help">{{ text('logo.help') }}</p>
        <div class="row">
          <label class="btn btn--outline btn--sm" [class.is-busy]="busy()"><hilo-icon name="upload" />{{ text(busy() ? 'logo.sending' : session.company()?.logo ? 'logo.replace' : 'logo.choose') }}
            <input #file class="sr" type="file" [accept]="types" [disabled]="busy()" (change)="put(file.files); file.value = ''">
          </label>
          @if (session.company()?.logo) {<button type="button" class="btn btn--text btn--sm" [disabled]="busy()" (click)="remove()">{{ text('logo.remove') }}</button>}
        </div>
      </div>
    </div>
  `,
  styles: `
    .logo { gap: 16px; align-items: flex-start; }
    .shown { width: 72px; height: 72px; border-radius: var(--hilo-radius-md); object-fit: contain; flex: none; }
    img.shown { background: #fff; border: 1px solid var(--hilo-outline-variant); }
    .company { font-size: 28px; }
    .row .row { margin-top: 8px; flex-wrap: wrap; }
    label:focus-within { outline: 2px solid var(--hilo-focus); outline-offset: 2px; }
    label { position: relative; cursor: pointer; }
  `,
})
export class LogoField {
  readonly #api = inject(CompanyApi);
  readonly #attempts = inject(Attempts);
  readonly #toasts = inject(Toasts);
  protected readonly session = inject(CurrentSession);
  protected readonly text = injectCompanyText();
  protected readonly types = logoTypes.join(',');
  protected readonly url = logoUrl;
  protected readonly busy = signal(false);

  protected async put(files: FileList | null): Promise<void> {
    const file = files?.[0];
    if (file) await this.#change(this.#api.putLogo(file), 'logo.saved');
  }

  protected remove(): Promise<void> {
    return this.#change(this.#api.removeLogo(), 'logo.removed');
  }

  async #change(command: Promise<unknown>, said: 'logo.saved' | 'logo.removed'): Promise<void> {
    this.busy.set(true);
    const done = await this.#attempts.run(command);
    if (done) {
      await this.#attempts.run(this.session.load());
      this.#toasts.show({ icon: 'check', words: this.text(said) });
    }
    this.busy.set(false);
  }
}
