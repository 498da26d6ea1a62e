import { Component, computed, inject, linkedSignal, signal } from '@angular/core';
import { AuditApi, type AuditAction, type AuditEntry } from '../../../shared/api/audit-api';
import { PeopleApi } from '../../../shared/api/people-api';
import { Attempts } from '../../../shared/feedback/attempts';
import { Empty, Failed, Skeleton } from '../../../shared/feedback/states';
import { LanguageChoice } from '../../../shared/i18n/texts';
import { SearchBox } from '../../../shared/list/search-box';
import type { Topic } from '../../../shared/push/change';
import { injectLive } from '../../../shared/push/live-value';
import { Moments } from '../../../shared/time/moments';
import { injectPageTitle } from '../../shell/page-title';
import { SettingsBack } from '../settings-back';
import { AuditAddress } from './audit-address';
import { AuditEntrySheet } from './audit-entry-sheet';
import { actionWords } from './i18n/actions';
import { injectAuditText } from './i18n/inject-text';

/** Nobody administers by these. */
const talk: ReadonlySet<Topic> = new Set(['message', 'ticket', 'note']);

/** The audit log, newest first: who changed what, by person, kind, days and words. */
@Component({
  selector: 'settings-audit',
  imports: [AuditEntrySheet, Empty, Failed, SearchBox, SettingsBack, Skeleton],
  providers: [AuditAddress],
  templateUrl: './audit-page.html',
  styleUrls: ['../../people/list-page.css', './audit-page.css'],
})
export class AuditPage {
  readonly #api = inject(AuditApi);
  readonly #people = inject(PeopleApi);
  readonly #attempts = inject(Attempts);
  readonly #language = inject(LanguageChoice);
  readonly #moments = inject(Moments);
  protected readonly address = inject(AuditAddress);
  protected readonly text = injectAuditText();
  protected readonly people = injectLive(() => this.#people.users(), ({ topic }) => topic === 'user');
  protected readonly newest = injectLive(() => this.#api.page(this.address.query()), ({ topic }) => !talk.has(topic));
  /** What was asked for beyond the newest page; forgotten when something else is asked for. */
  readonly #older = linkedSignal<unknown, { readonly entries: readonly AuditEntry[]; readonly next?: string } | undefined>({
    source: this.address.query, computation: () => undefined,
  });
  protected readonly entries = computed(() => {
    const all = [...(this.newest.value()?.entries ?? []), ...(this.#older()?.entries ?? [])];
    return [...new Map(all.map((entry) => [entry.id, entry])).values()];
  });
  protected readonly next = computed(() => (this.#older() ? this.#older()!.next : this.newest.value()?.next));
  protected readonly loadingMore = signal(false);
  protected readonly open = computed(() => this.entries().find(({ id }) => id === this.address.entry()));
  /** Every action with its words, in their order. */
  protected readonly kinds = computed(() => (Object.entries(this.#words()) as [AuditAction, string][]).sort(([, one], [, other]) => one.localeCompare(other)));
  readonly #words = computed(() => actionWords[this.#language.current()]);

  constructor() {
    injectPageTitle(() => this.text('title'));
  }

  protected words({ action }: AuditEntry): string {
    return this.#words()[action];
  }

  protected when({ at }: AuditEntry): string {
    return this.#moments.moment(at);
  }

  protected async more(): Promise<void> {
    const [before, query] = [this.next(), this.address.query()];
    if (!before) return;
    this.loadingMore.set(true);
    const read = await this.#attempts.run(this.#api.page({ ...query, before }));
    if (read && query === this.address.query()) {
      this.#older.update((older) => ({ entries: [...(older?.entries ?? []), ...read.done.entries], ...(read.done.next ? { next: read.done.next } : {}) }));
    }
    this.loadingMore.set(false);
  }
}
