import { Component, DOCUMENT, DestroyRef, inject, signal } from '@angular/core';
import { NavigationEnd, Router, RouterOutlet } from '@angular/router';
import { ApiProblem } from '../shared/api/problem';
import { Failed } from '../shared/feedback/states';
import { LinkNotice } from '../shared/feedback/link-notice';
import { ToastStage } from '../shared/feedback/toasts';
import { CurrentSession } from '../shared/session/current-session';
import { ThemeChoice } from '../shared/theme/theme';

/** Finds out who is there, then shows the page that the address names. Until then index.html's grey boxes stay. */
@Component({
  selector: 'panel-root',
  imports: [Failed, LinkNotice, RouterOutlet, ToastStage],
  template: `
    @if (problem(); as reason) {<main class="start"><hilo-failed [problem]="reason" (retry)="start()" /></main>}
    <router-outlet />
    <hilo-link-notice />
    <hilo-toasts />
  `,
  styles: `.start { max-width: 560px; margin: 20vh auto; padding: 0 16px; position: relative; z-index: 1; }`,
})
export class App {
  readonly #session = inject(CurrentSession);
  readonly #document = inject(DOCUMENT);
  protected readonly problem = signal<ApiProblem | undefined>(undefined);

  constructor() {
    inject(ThemeChoice);
    this.#followNavigation();
    void this.start();
  }

  protected async start(): Promise<void> {
    this.problem.set(undefined);
    try {
      await this.#session.load();
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error;
      this.problem.set(error);
    }
  }

  /** The first page takes the boxes away; every later one gets the focus, so that a screen reader says where one is. */
  #followNavigation(): void {
    let isFirst = true;
    let path = '';
    const events = inject(Router).events.subscribe((event) => {
      if (!(event instanceof NavigationEnd)) return;
      const before = path;
      path = event.urlAfterRedirects.split('?')[0] ?? '';
      if (isFirst) this.#document.getElementById('boot')?.remove();
      else if (path !== before) setTimeout(() => this.#document.querySelector<HTMLElement>('main')?.focus({ preventScroll: true }));
      isFirst = false;
    });
    inject(DestroyRef).onDestroy(() => events.unsubscribe());
  }
}
