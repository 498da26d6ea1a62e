import { CdkMenu, CdkMenuItem, CdkMenuTrigger } from '@angular/cdk/menu';
import { Component, computed, inject } from '@angular/core';
import { RouterLink } from '@angular/router';
import { Attempts } from '../../shared/feedback/attempts';
import { injectSharedText } from '../../shared/feedback/inject-text';
import { LanguageChoice } from '../../shared/i18n/texts';
import { Icon } from '../../shared/icons/icon';
import { CurrentSession } from '../../shared/session/current-session';
import { ThemeChoice } from '../../shared/theme/theme';
import { injectShellText } from './i18n/inject-text';
import { initialsOf } from './initials';

/** Who I am, how I read, and the way out. */
@Component({
  selector: 'panel-user-menu',
  imports: [CdkMenu, CdkMenuItem, CdkMenuTrigger, Icon, RouterLink],
  template: `
    @if (session.user(); as user) {
      <button type="button" class="usermenu" [cdkMenuTriggerFor]="menu" [attr.aria-label]="text('user.menu', { name: user.name })">
        <span class="avatar avatar--team" aria-hidden="true">{{ initials() }}</span>
        <span class="words" aria-hidden="true"><b>{{ user.name }}</b><small>{{ role() }}</small></span><hilo-icon class="icon-16" name="down" />
      </button>
      <ng-template #menu>
        <div class="menu" cdkMenu [attr.aria-label]="text('user.menu', { name: user.name })">
          <p class="menu__head"><b>{{ user.name }}</b>{{ user.login }} · {{ role() }}</p>
          <a class="menu__item" cdkMenuItem routerLink="/account"><hilo-icon name="lock" />{{ text('user.account') }}</a>
          <button type="button" class="menu__item" cdkMenuItem (cdkMenuItemTriggered)="theme.toggle()"><hilo-icon name="moon" />{{ shared(theme.current() === 'dark' ? 'theme.light' : 'theme.dark') }}</button>
          <button type="button" class="menu__item" cdkMenuItem [lang]="other()" (cdkMenuItemTriggered)="language.choose(other())"><hilo-icon name="globe" />{{ shared('language.other') }}</button>
          <div class="menu__sep" role="separator"></div>
          <button type="button" class="menu__item" cdkMenuItem (cdkMenuItemTriggered)="logOut()"><hilo-icon name="power" />{{ text('user.logOut') }}</button>
        </div>
      </ng-template>
    }
  `,
})
export class UserMenu {
  readonly #attempts = inject(Attempts);
  protected readonly session = inject(CurrentSession);
  protected readonly theme = inject(ThemeChoice);
  protected readonly language = inject(LanguageChoice);
  protected readonly text = injectShellText();
  protected readonly shared = injectSharedText();
  protected readonly initials = computed(() => initialsOf(this.session.user()?.name ?? ''));
  protected readonly role = computed(() => this.text(`role.${this.session.user()?.role ?? 'operator'}`));

  protected other(): 'es' | 'en' {
    return this.language.current() === 'es' ? 'en' : 'es';
  }

  protected async logOut(): Promise<void> {
    await this.#attempts.run(this.session.logOut());
  }
}
