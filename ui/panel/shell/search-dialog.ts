import { DialogRef } from '@angular/cdk/dialog';
import { Component, computed, effect, inject, signal, untracked } from '@angular/core';
import { Router } from '@angular/router';
import { ApiProblem } from '../../shared/api/problem';
import { type Found, OverviewApi } from '../../shared/api/overview-api';
import type { Permission } from '../../shared/api/roles';
import { injectProblemText } from '../../shared/feedback/inject-problem';
import { Icon } from '../../shared/icons/icon';
import { CurrentSession } from '../../shared/session/current-session';
import { injectSettingsText } from '../settings/i18n/inject-text';
import { injectShellText } from './i18n/inject-text';
import { type Hit, peopleHits, screenHits, settingsHits, ticketHits } from './search-hits';

/** Wait until typing pauses before the server is asked. */
const pauseMs = 150;

/** One box that finds people, tickets and screens; arrows move, Enter opens. */
@Component({
  selector: 'panel-search-dialog',
  imports: [Icon],
  templateUrl: './search-dialog.html',
  styleUrl: './search-dialog.css',
})
export class SearchDialog {
  readonly #api = inject(OverviewApi);
  readonly #router = inject(Router);
  readonly #session = inject(CurrentSession);
  readonly #problemText = injectProblemText();
  protected readonly ref = inject<DialogRef<void>>(DialogRef);
  protected readonly text = injectShellText();
  protected readonly settingsText = injectSettingsText();
  protected readonly query = signal('');
  protected readonly chosen = signal(0);
  protected readonly problem = signal<string | undefined>(undefined);
  /** What the server found, and for which words: older answers are not shown. */
  readonly #found = signal<{ readonly query: string; readonly found: Found } | undefined>(undefined);

  protected readonly parts = computed(() => {
    const found = this.#found()?.found;
    const can = (permission: Permission) => this.#session.can(permission);
    const screens = [...screenHits(this.query(), can, this.text), ...settingsHits(this.query(), can, this.settingsText)];
    return [
      { name: this.text('search.people'), hits: peopleHits(found?.people ?? []) },
      { name: this.text('search.tickets'), hits: ticketHits(found?.tickets ?? []) },
      { name: this.text('search.screens'), hits: screens },
    ].filter(({ hits }) => hits.length > 0);
  });
  protected readonly hits = computed(() => this.parts().flatMap(({ hits }) => hits));
  /** What is shown answers what is typed. */
  protected readonly isSettled = computed(() => this.#found()?.query === this.query().trim());

  /** Enter was pressed before the answer was there: the first of it opens. */
  #opensFirst = false;

  constructor() {
    effect((onCleanup) => {
      const query = this.query().trim();
      this.#opensFirst = false;
      untracked(() => this.chosen.set(0));
      const timer = setTimeout(() => void this.#ask(query), query ? pauseMs : 0);
      onCleanup(() => clearTimeout(timer));
    });
  }

  async #ask(query: string): Promise<void> {
    try {
      const found = query ? await this.#api.search(query) : { people: [], tickets: [] };
      if (query !== this.query().trim()) return;
      this.problem.set(undefined);
      this.#found.set({ query, found });
      if (this.#opensFirst) this.open(this.hits()[0]);
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error;
      this.problem.set(this.#problemText(error));
    }
  }

  protected pressed(event: KeyboardEvent): void {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const count = this.hits().length;
    if (event.key === 'Enter' && !this.isSettled()) this.#opensFirst = true;
    else if (event.key === 'Enter') this.open(this.hits()[this.chosen()]);
    else if (step && count > 0) this.chosen.update((chosen) => (chosen + step + count) % count);
    else return;
    event.preventDefault();
    document.getElementById(`hit-${this.chosen()}`)?.scrollIntoView({ block: 'nearest' });
  }

  protected open(hit: Hit | undefined): void {
    if (!hit) return;
    this.ref.close();
    if (hit.ownTab && !this.#router.url.startsWith('/omnichat')) window.open(hit.url, '_blank', 'noopener');
    else void this.#router.navigateByUrl(hit.url);
  }
}
