import { DialogRef } from '@angular/cdk/dialog';
import { Component, inject } from '@angular/core';
import { injectSharedText } from '../../../shared/feedback/inject-text';
import { Icon } from '../../../shared/icons/icon';
import { Preferences } from '../alerts/preferences';
import { injectOmniText } from '../i18n/inject-text';
import type { TextKey } from '../i18n/es';

const rows: readonly (readonly [readonly string[], TextKey])[] = [
  [['J'], 'keys.next'], [['K'], 'keys.previous'], [['T'], 'keys.take'], [['R'], 'keys.reply'], [['N'], 'keys.note'],
  [['Enter'], 'keys.send'], [['Shift', 'Enter'], 'keys.line'], [['Ctrl', 'Enter'], 'keys.sendClose'], [['Esc'], 'keys.leave'],
  [['Ctrl', 'K'], 'keys.search'], [['?'], 'keys.help'],
];

/** The keys, in a list. */
@Component({
  selector: 'panel-keys-dialog',
  imports: [Icon],
  template: `
    <div class="dialog">
      <div class="dialog__body">
        <h2 id="keys-title">{{ text('keys') }}</h2>
        @if (!preferences.keys()) {<p class="notice notice--warn"><hilo-icon name="info" />{{ text('keys.off') }}</p>}
        <dl>@for (row of rows; track row[1]) {<div><dt>@for (key of row[0]; track key) {<kbd class="kbd">{{ key }}</kbd>}</dt><dd>{{ text(row[1]) }}</dd></div>}</dl>
      </div>
      <div class="dialog__foot"><button type="button" class="btn btn--primary" (click)="ref.close()">{{ shared('action.close') }}</button></div>
    </div>
  `,
  styles: `
    dl { display: flex; flex-direction: column; }
    dl div { display: flex; align-items: center; gap: 12px; padding: 6px 0; border-bottom: 1px solid var(--hilo-outline-variant); font: var(--hilo-body-sm); }
    dt { display: flex; gap: 4px; width: 120px; flex: none; }
  `,
})
export class KeysDialog {
  protected readonly ref = inject(DialogRef);
  protected readonly preferences = inject(Preferences);
  protected readonly text = injectOmniText();
  protected readonly shared = injectSharedText();
  protected readonly rows = rows;
}
