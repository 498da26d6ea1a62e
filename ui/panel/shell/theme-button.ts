import { Component, computed, inject } from '@angular/core';
import { injectSharedText } from '../../shared/feedback/inject-text';
import { Icon } from '../../shared/icons/icon';
import { ThemeChoice } from '../../shared/theme/theme';

@Component({
  selector: 'panel-theme-button',
  imports: [Icon],
  template: `<button type="button" class="iconbtn theme" [attr.aria-label]="label()" [title]="label()" (click)="theme.toggle()"><hilo-icon name="moon" /></button>`,
})
export class ThemeButton {
  protected readonly theme = inject(ThemeChoice);
  protected readonly text = injectSharedText();
  protected readonly label = computed(() => this.text(this.theme.current() === 'dark' ? 'theme.light' : 'theme.dark'));
}
