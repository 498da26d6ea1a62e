import { Component, computed, inject, input, linkedSignal, signal } from '@angular/core';
import { form, pattern, required, submit, validate } from '@angular/forms/signals';
import { Router } from '@angular/router';
import { ApiProblem } from '../../shared/api/problem';
import type { User } from '../../shared/api/people-api';
import { type Role, roles } from '../../shared/api/roles';
import { Attempts } from '../../shared/feedback/attempts';
import { Confirm } from '../../shared/feedback/confirm';
import { injectProblemText } from '../../shared/feedback/inject-problem';
import { injectSharedText } from '../../shared/feedback/inject-text';
import { Toasts } from '../../shared/feedback/toasts';
import { formPieces } from '../../shared/forms/field';
import { type Unsaved, warnBeforeUnload } from '../../shared/forms/leave-guard';
import { Icon } from '../../shared/icons/icon';
import { SideSheet } from '../../shared/list/side-sheet';
import { CurrentSession } from '../../shared/session/current-session';
import { digitsOf, isWholeNumber, showNumber } from '../link/phone-digits';
import { injectPeopleText } from './i18n/inject-text';
import { People } from './people';
import { TemporaryPassword } from './temporary-password';

/** Small letters, digits, dot, dash and underscore, as the API takes them. */
const loginForm = /^[a-z0-9][a-z0-9._-]{1,39}$/;

interface Draft {
  login: string;
  name: string;
  role: Role;
  /** As people write it; empty: none. */
  phone: string;
  departments: readonly string[];
}

const draftOf = (user: User | undefined): Draft => ({
  login: user?.login ?? '', name: user?.name ?? '', role: user?.role ?? 'operator',
  phone: user?.phone ? showNumber(user.phone) : '', departments: user?.departments ?? [],
});

/** One user: what they are called, what they may do, where they work; or a new one. */
@Component({
  selector: 'people-user-sheet',
  imports: [...formPieces, Icon, SideSheet, TemporaryPassword],
  templateUrl: './user-sheet.html',
  styleUrl: './sheet.css',
})
export class UserSheet implements Unsaved {
  /** Of the user, or `new`. */
  readonly id = input.required<string>();
  readonly #router = inject(Router);
  readonly #attempts = inject(Attempts);
  readonly #confirm = inject(Confirm);
  readonly #toasts = inject(Toasts);
  readonly #problemText = injectProblemText();
  readonly #session = inject(CurrentSession);
  protected readonly people = inject(People);
  protected readonly text = injectPeopleText();
  protected readonly shared = injectSharedText();
  protected readonly roles = roles;

  protected readonly isNew = computed(() => this.id() === 'new');
  protected readonly user = computed(() => this.people.users.value()?.find(({ id }) => id === this.id()));
  protected readonly isMe = computed(() => this.user()?.id === this.#session.user()?.id);
  /** What is in the form; follows the server only as long as nothing was changed here. */
  protected readonly draft = linkedSignal<User | undefined, Draft>({
    source: this.user,
    computation: (user, before) => (before && before.source?.id === user?.id && !same(before.value, draftOf(before.source)) ? before.value : draftOf(user)),
  });
  protected readonly form = form(this.draft, (path) => {
    required(path.name, { message: () => this.text('user.name.missing') });
    required(path.login, { message: () => this.text('user.login.wrong') });
    pattern(path.login, loginForm, { message: () => this.text('user.login.wrong') });
    validate(path.phone, ({ value }) => (value().trim() === '' || isWholeNumber(digitsOf(value())) ? undefined : { kind: 'phone', message: this.text('user.phone.wrong') }));
  });
  protected readonly given = signal<{ name: string; password: string } | undefined>(undefined);

  constructor() {
    warnBeforeUnload(this);
  }

  isChanged(): boolean {
    return !same(this.draft(), draftOf(this.user()));
  }

  protected toggle(department: string): void {
    this.draft.update((draft) => {
      const isIn = draft.departments.includes(department);
      return { ...draft, departments: isIn ? draft.departments.filter((id) => id !== department) : [...draft.departments, department] };
    });
  }

  protected discard(): void {
    this.draft.set(draftOf(this.user()));
    this.form().reset();
  }

  protected async save(event: Event): Promise<void> {
    event.preventDefault();
    await submit(this.form, async (field) => {
      try {
        await (this.isNew() ? this.#create() : this.#change());
        return undefined;
      } catch (error) {
        if (!(error instanceof ApiProblem)) throw error;
        return { kind: 'server', message: this.#problemText(error), fieldTree: error.code === 'login-taken' ? field.login : error.code === 'phone-taken' ? field.phone : field.name };
      }
    });
  }

  async #create(): Promise<void> {
    const { login, name, role, departments } = this.draft();
    const { user, temporaryPassword } = await this.people.api.createUser({ login, name, role, departments });
    this.draft.set(draftOf(undefined));
    this.given.set({ name: user.name, password: temporaryPassword });
    await this.people.users.reload();
  }

  async #change(): Promise<void> {
    const { name, role, phone, departments } = this.draft();
    const changed = await this.people.api.changeUser(this.id(), { name, role, phone: digitsOf(phone) || null, departments });
    this.#replace(changed);
    this.draft.set(draftOf(changed));
    this.#toasts.show({ icon: 'check', words: this.text('user.saved') });
  }

  #replace(changed: User): void {
    this.people.users.change((users) => users.map((user) => (user.id === changed.id ? changed : user)));
  }

  /** Done at once, and taken back as easily. */
  protected async setActive(user: User, active: boolean): Promise<void> {
    const changed = await this.#attempts.run(this.people.api.changeUser(user.id, { active }));
    if (!changed) return;
    this.#replace(changed.done);
    const words = this.text(active ? 'user.activated' : 'user.deactivated', { name: user.name });
    this.#toasts.show({ icon: active ? 'check' : 'slash', words, action: { label: this.shared('action.undo'), run: () => this.setActive(user, !active) } });
  }

  protected async resetPassword(user: User): Promise<void> {
    const wanted = await this.#confirm.ask({
      title: this.text('user.reset.title', { name: user.name }),
      consequences: [
        { icon: 'power', words: this.text('user.reset.sessions') },
        { icon: 'lock', words: this.text('user.reset.password') },
        { icon: 'info', words: this.text('user.reset.next') },
      ],
      action: this.text('user.reset'),
      danger: true,
    });
    const reset = wanted && (await this.#attempts.run(this.people.api.resetPassword(user.id)));
    if (reset) this.given.set({ name: user.name, password: reset.done.temporaryPassword });
  }

  protected close(): void {
    void this.#router.navigate(['/settings/users'], { queryParamsHandling: 'preserve' });
  }
}

const same = (one: Draft, other: Draft): boolean =>
  one.login === other.login && one.name === other.name && one.role === other.role && one.phone === other.phone && [...one.departments].sort().join() === [...other.departments].sort().join();
