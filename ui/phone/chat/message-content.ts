import { Component, computed, inject, input, output } from '@angular/core';
import { LanguageChoice } from '../../shared/i18n/texts';
import { Icon } from '../../shared/icons/icon';
import { injectText } from '../i18n/inject-text';
import type { Said } from '../simulator/types';
import { showSize } from './attachable';
import { iconOfKind, injectKindName } from './message-kind';

/** What a message carries besides its text: picture, film, sound, document, place, contacts, call. */
@Component({
  selector: 'phone-message-content',
  imports: [Icon],
  templateUrl: './message-content.html',
  styleUrl: './message-content.css',
})
export class MessageContent {
  readonly said = input.required<Said>();
  /** A sound or a film was started. */
  readonly played = output();
  protected readonly text = injectText();
  protected readonly kindName = injectKindName();
  readonly #language = inject(LanguageChoice);

  protected readonly name = computed(() => this.kindName(this.said()));
  protected readonly icon = computed(() => iconOfKind(this.said().kind));
  protected readonly size = computed(() => showSize(this.said().media?.size ?? 0, this.#language.locale()));
  protected readonly place = computed(() => {
    const { lat = 0, lng = 0 } = this.said().location ?? {};
    return `${lat.toFixed(5)}, ${lng.toFixed(5)}`;
  });
}
