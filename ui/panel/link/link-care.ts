import { Component, input } from '@angular/core';
import { Icon } from '../../shared/icons/icon';
import { injectLinkText } from './i18n/inject-text';

/** What to know before linking; `trouble`: what to try when scanning does not work. */
@Component({
  selector: 'panel-link-care',
  imports: [Icon],
  template: `
    @if (trouble()) {
      <ul class="notice notes" role="status">
        <li><hilo-icon name="phone" />{{ text('trouble.app') }}</li>
        <li><hilo-icon name="camera" />{{ text('trouble.camera') }}</li>
        <li><hilo-icon name="keyboard" />{{ text('trouble.code') }}</li>
      </ul>
    }
    <h3>{{ text('care') }}</h3>
    <ul>
      <li><hilo-icon name="phone" />{{ text('care.business') }}</li>
      <li><hilo-icon name="wifi" />{{ text('care.phone') }}</li>
      <li><hilo-icon name="alert" />{{ text('care.terms') }}</li>
    </ul>
  `,
  styles: `
    :host { display: block; }
    h3 { font: var(--hilo-label-sm); color: var(--hilo-on-surface-variant); margin-bottom: 8px; }
    ul { display: flex; flex-direction: column; gap: 8px; font: var(--hilo-body-sm); color: var(--hilo-on-surface-variant); }
    .notes { color: var(--hilo-on-tertiary-container); margin-bottom: 16px; }
    li { display: flex; gap: 8px; }
    li ::ng-deep .icon { width: 16px; height: 16px; margin-top: 2px; }
  `,
})
export class LinkCare {
  readonly trouble = input(false);
  protected readonly text = injectLinkText();
}
