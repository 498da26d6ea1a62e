import { Component, inject, viewChild } from '@angular/core';
import { ThemeChoice } from '../../shared/theme/theme';
import { LanguageChoice } from '../../shared/i18n/texts';
import { Icon } from '../../shared/icons/icon';
import { injectText } from '../i18n/inject-text';
import { Place } from '../simulator/place';
import { World } from '../simulator/world';
import { ConfirmDialog } from './confirm-dialog';
import { Toasts } from './toast';

@Component({
  selector: 'phone-top-bar',
  imports: [ConfirmDialog, Icon],
  template: `
    <header>
      <img src="hilo.svg" width="28" height="28" alt="Hilo">
      <h1 class="title">{{ text('app.title') }}</h1>
      <p class="state state--violet demo"><hilo-icon name="info" /><span class="ellip">{{ text('app.demo') }}</span></p>
      <span class="push"></span>
      <button type="button" class="btn btn--outline btn--sm reset" (click)="dialog().open()"><hilo-icon name="rotate" /><span>{{ text('reset.action') }}</span></button>
      <button type="button" class="iconbtn" [lang]="other()" [attr.aria-label]="text('app.language')" [title]="text('app.language')"
        (click)="language.choose(other())"><span class="lang" aria-hidden="true">{{ other().toUpperCase() }}</span></button>
      <button type="button" class="iconbtn" [attr.aria-label]="themeLabel()" [title]="themeLabel()" (click)="theme.toggle()"><hilo-icon name="moon" /></button>
    </header>
    <phone-confirm-dialog [title]="text('reset.title')" [consequences]="text('reset.text')" [action]="text('reset.action')" (confirmed)="reset()" />
  `,
  styles: `
    header { display: flex; align-items: center; gap: 12px; height: 56px; padding: 0 12px 0 16px; }
    .demo { min-width: 0; }
    .lang { font: 600 12px/1 var(--hilo-font); }
    @media (max-width: 899px) { header { gap: 4px; padding-right: 4px; } h1 { margin-left: 8px; white-space: nowrap; } .demo { display: none; } .reset { min-width: 36px; padding: 0; border: 0; background: none; } .reset span { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); } }
  `,
})
export class TopBar {
  readonly #world = inject(World);
  readonly #place = inject(Place);
  readonly #toasts = inject(Toasts);
  protected readonly text = injectText();
  protected readonly theme = inject(ThemeChoice);
  protected readonly language = inject(LanguageChoice);
  protected readonly dialog = viewChild.required(ConfirmDialog);

  protected other(): 'es' | 'en' {
    return this.language.current() === 'es' ? 'en' : 'es';
  }

  protected themeLabel(): string {
    return this.text(this.theme.current() === 'dark' ? 'app.theme.light' : 'app.theme.dark');
  }

  protected async reset(): Promise<void> {
    if (await this.#toasts.attempt(this.#world.reset())) this.#place.go({ person: undefined, group: undefined, statuses: undefined, account: undefined, qr: undefined });
  }
}
