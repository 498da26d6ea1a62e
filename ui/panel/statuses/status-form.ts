import { Component, computed, inject, input, linkedSignal, signal } from '@angular/core';
import { form, submit, validate } from '@angular/forms/signals';
import { Router } from '@angular/router';
import { ApiProblem } from '../../shared/api/problem';
import { type Status, type StatusColour, type StatusEdit, StatusesApi } from '../../shared/api/statuses-api';
import { Attempts } from '../../shared/feedback/attempts';
import { injectProblemText } from '../../shared/feedback/inject-problem';
import { injectSharedText } from '../../shared/feedback/inject-text';
import { Toasts } from '../../shared/feedback/toasts';
import { formPieces } from '../../shared/forms/field';
import { type Unsaved, warnBeforeUnload } from '../../shared/forms/leave-guard';
import { Icon } from '../../shared/icons/icon';
import { SideSheet } from '../../shared/list/side-sheet';
import { injectLive } from '../../shared/push/live-value';
import { CurrentSession } from '../../shared/session/current-session';
import { Moments } from '../../shared/time/moments';
import { Channels } from '../shell/channels';
import { charactersIn, mostCharacters } from './characters';
import { injectStatusText } from './i18n/inject-text';
import { StatusPreview } from './status-preview';

const colours: readonly StatusColour[] = ['green', 'pink', 'blue', 'red'];

interface Draft {
  channel: string;
  kind: 'text' | 'image';
  text: string;
  colour: StatusColour;
  image: string;
  when: 'now' | 'later';
  at: string;
}

const draftOf = (status: Status | undefined): Draft => ({
  channel: status?.channel.id ?? '', kind: status?.kind ?? 'text', text: status?.text ?? '', colour: status?.colour ?? 'green', image: status?.image ?? '',
  when: status ? 'later' : 'now', at: status?.publishAtLocal ?? '',
});

/** Writes a status: a new one, or one that is planned, with how it will look. */
@Component({
  selector: 'statuses-form',
  imports: [...formPieces, Icon, SideSheet, StatusPreview],
  templateUrl: './status-form.html',
  styleUrls: ['../people/sheet.css', './status-sheet.css'],
})
export class StatusForm implements Unsaved {
  /** Of a planned one. */
  readonly id = input<string>();
  readonly #api = inject(StatusesApi);
  readonly #router = inject(Router);
  readonly #attempts = inject(Attempts);
  readonly #toasts = inject(Toasts);
  readonly #moments = inject(Moments);
  readonly #problemText = injectProblemText();
  readonly #session = inject(CurrentSession);
  protected readonly channels = inject(Channels).all;
  protected readonly text = injectStatusText();
  protected readonly shared = injectSharedText();
  protected readonly colours = colours;
  protected readonly most = mostCharacters;
  protected readonly zone = computed(() => this.#session.company()?.timeZone ?? '');
  protected readonly uploading = signal(false);

  readonly #status = injectLive(
    () => (this.id() === undefined ? Promise.resolve(undefined) : this.#api.read(this.id()!)),
    ({ topic, subject }) => topic === 'status' && subject === this.id(),
  );
  readonly #saved = computed(() => draftOf(this.#status.value()));
  /** What is in the form; follows the server only as long as nothing was changed here. */
  protected readonly draft = linkedSignal<Draft, Draft>({
    source: this.#saved,
    computation: (saved, before) => (before && !same(before.value, before.source) ? before.value : saved),
  });
  protected readonly count = computed(() => charactersIn(this.draft().text));
  protected readonly form = form(this.draft, (path) => {
    validate(path.text, () => {
      if (this.draft().kind === 'text' && this.draft().text.trim() === '') return { kind: 'empty', message: this.text('field.empty') };
      return this.count() > mostCharacters ? { kind: 'long', message: this.text('field.long', { count: this.count(), most: mostCharacters }) } : undefined;
    });
    validate(path.image, () => (this.draft().kind === 'image' && this.draft().image === '' ? { kind: 'missing', message: this.text('field.image.missing') } : undefined));
    validate(path.at, () => (this.draft().when === 'later' && this.draft().at === '' ? { kind: 'missing', message: this.text('when.missing') } : undefined));
  });

  constructor() {
    warnBeforeUnload(this);
  }

  isChanged(): boolean {
    return !same(this.draft(), this.#saved());
  }

  protected async upload(files: FileList | null): Promise<void> {
    const [file] = files ?? [];
    if (!file) return;
    this.uploading.set(true);
    const put = await this.#attempts.run(this.#api.putImage(file));
    this.uploading.set(false);
    if (put) this.draft.update((draft) => ({ ...draft, image: put.done.sha256 }));
  }

  protected async save(event: Event): Promise<void> {
    event.preventDefault();
    await submit(this.form, async (field) => {
      try {
        const saved = await this.#send();
        this.draft.set(this.#saved());
        const words = saved.state === 'scheduled' && this.#isLater(saved) ? this.text('done.later', { at: this.#moments.moment(saved.publishAt) }) : this.text('done.now');
        this.#toasts.show({ icon: 'check', words });
        void this.#router.navigate(['/statuses'], { queryParams: { show: this.#isLater(saved) ? 'planned' : null }, queryParamsHandling: 'merge' });
        return undefined;
      } catch (error) {
        if (!(error instanceof ApiProblem)) throw error;
        return { kind: 'server', message: this.#problemText(error), fieldTree: error.code.startsWith('status-time') ? field.at : field.text };
      }
    });
  }

  #send(): Promise<Status> {
    const { channel, kind, text, colour, image, when, at } = this.draft();
    const edit: StatusEdit = { text, ...(kind === 'text' ? { colour } : { image }), ...(when === 'later' ? { publishAt: at } : {}) };
    const id = this.id();
    return id === undefined ? this.#api.create(channel || (this.channels()?.[0]?.id ?? ''), edit) : this.#api.edit(id, edit);
  }

  #isLater = ({ publishAt }: Status): boolean => new Date(publishAt).getTime() > Date.now();

  protected close(): void {
    void this.#router.navigate(['/statuses'], { queryParamsHandling: 'preserve' });
  }
}

const same = (one: Draft, other: Draft): boolean => JSON.stringify(one) === JSON.stringify(other);
