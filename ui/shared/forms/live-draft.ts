import { computed, linkedSignal, signal } from '@angular/core';
import { ApiProblem } from '../api/problem';
import { injectProblemText } from '../feedback/inject-problem';
import type { LiveValue } from '../push/live-value';

/** What a form holds of something that the server keeps. */
export class LiveDraft<Read, Draft, Part> {
  /** As the server has it. */
  readonly saved = computed(() => this.draftOf(this.live.value()));
  /** As it is being edited; follows the server only as long as nothing was changed here. */
  readonly value = linkedSignal<Draft, Draft>({
    source: this.saved,
    computation: (saved, before) => (before && this.partsOf(before.value, before.source).length > 0 ? before.value : saved),
  });
  /** What differs from what is saved. */
  readonly changed = computed(() => this.partsOf(this.value(), this.saved()));
  /** Why the last attempt was refused; what is changed since may be right. */
  readonly problem = linkedSignal<unknown, string | undefined>({ source: this.value, computation: () => undefined });
  readonly #saving = signal(false);
  readonly saving = this.#saving.asReadonly();

  constructor(
    private readonly live: Pick<LiveValue<Read>, 'value' | 'change'>,
    private readonly draftOf: (read: Read | undefined) => Draft,
    private readonly partsOf: (draft: Draft, saved: Draft) => readonly Part[],
    private readonly problemText: (problem: ApiProblem) => string,
  ) {}

  isChanged(): boolean {
    return this.changed().length > 0;
  }

  discard(): void {
    this.problem.set(undefined);
    this.value.set(this.saved());
  }

  /**
   * Sends it and takes what the server answers; of a refusal, also of what somebody else changed meanwhile, nothing is lost and `problem` says why.
   * @returns whether it is saved; false, too, while another attempt is under way
   */
  async save(send: (draft: Draft) => Promise<Read>): Promise<boolean> {
    if (this.saving()) return false;
    this.#saving.set(true);
    this.problem.set(undefined);
    try {
      const read = await send(this.value());
      this.value.set(this.draftOf(read));
      this.live.change(() => read);
      return true;
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error;
      this.problem.set(this.problemText(error));
      return false;
    } finally {
      this.#saving.set(false);
    }
  }
}

/**
 * Call it where `inject()` may be called.
 * @param draftOf what the form holds of what was read; of undefined while nothing was
 * @param partsOf what differs between two drafts; nothing: they say the same
 */
export function injectDraft<Read, Draft, Part>(
  live: LiveValue<Read>, draftOf: (read: Read | undefined) => Draft, partsOf: (draft: Draft, saved: Draft) => readonly Part[],
): LiveDraft<Read, Draft, Part> {
  return new LiveDraft(live, draftOf, partsOf, injectProblemText());
}
