import { Component, computed, inject } from '@angular/core';
import { Icon } from '../../shared/icons/icon';
import { Channels } from '../shell/channels';
import { injectSetupText } from './i18n/inject-text';
import { SetupProgress } from './setup-progress';

/** Somebody writes and the bot answers: proof that all of it works. */
@Component({
  selector: 'setup-test-chat',
  imports: [Icon],
  template: `
    <section class="card">
      <h2 class="h1">{{ text('chat.title') }}</h2>
      <p class="muted">{{ text(simulatorUrl() ? 'chat.simulated' : 'chat.about') }}</p>
      @if (simulatorUrl(); as url) {<a class="btn btn--lg" [class]="isDone() ? 'btn--outline' : 'btn--primary'" [href]="url" target="_blank" rel="noopener"><hilo-icon name="ext" />{{ text('chat.open') }}</a>}
      <div role="status">
        @if (isDone()) {
          <p class="notice notice--ok"><hilo-icon name="check" /><span><b>{{ text('chat.done') }}.</b> {{ text('chat.done.help') }}</span></p>
        } @else {
          <p class="notice"><hilo-icon name="clock" />{{ text('chat.waiting') }}</p>
        }
      </div>
    </section>
  `,
  styles: `.card { display: flex; flex-direction: column; align-items: flex-start; gap: 16px; padding: 32px; max-width: 720px; } [role="status"] { width: 100%; } @media (max-width: 720px) { .card { padding: 20px; } }`,
})
export class TestChatStep {
  readonly #progress = inject(SetupProgress);
  protected readonly text = injectSetupText();
  protected readonly isDone = computed(() => this.#progress.isDone('testChat'));
  protected readonly simulatorUrl = inject(Channels).simulatorUrl;
}
