import { Dialog } from '@angular/cdk/dialog';
import { Component, inject } from '@angular/core';
import { Icon } from '../../shared/icons/icon';
import { injectShellText } from './i18n/inject-text';

/** Opens the search; so does Ctrl K (⌘ K) anywhere. */
@Component({
  selector: 'panel-search-button',
  imports: [Icon],
  template: `
    <button type="button" class="topbar__search" aria-keyshortcuts="Control+K" (click)="open()">
      <hilo-icon name="search" /><span class="ellip">{{ text('search.open') }}</span><span class="kbd" aria-hidden="true">Ctrl K</span>
    </button>
  `,
  styles: `:host { display: contents; }`,
  host: { '(document:keydown)': 'pressed($event)' },
})
export class SearchButton {
  readonly #dialog = inject(Dialog);
  protected readonly text = injectShellText();
  #isOpen = false;

  protected pressed(event: KeyboardEvent): void {
    if (event.key.toLowerCase() !== 'k' || !(event.ctrlKey || event.metaKey) || event.shiftKey || event.altKey) return;
    event.preventDefault();
    void this.open();
  }

  protected async open(): Promise<void> {
    if (this.#isOpen) return;
    this.#isOpen = true;
    const { SearchDialog } = await import('./search-dialog');
    const opened = this.#dialog.open(SearchDialog, { ariaLabel: this.text('search.label'), autoFocus: 'input', panelClass: 'search-panel' });
    opened.closed.subscribe(() => (this.#isOpen = false));
  }
}
