import { Component, computed, inject, input, linkedSignal } from '@angular/core';
import { form, maxLength, required, submit } from '@angular/forms/signals';
import { Router } from '@angular/router';
import { ApiProblem } from '../../shared/api/problem';
import type { Department } from '../../shared/api/people-api';
import { Attempts } from '../../shared/feedback/attempts';
import { Confirm } from '../../shared/feedback/confirm';
import { injectProblemText } from '../../shared/feedback/inject-problem';
import { injectSharedText } from '../../shared/feedback/inject-text';
import { Toasts } from '../../shared/feedback/toasts';
import { formPieces } from '../../shared/forms/field';
import { type Unsaved, warnBeforeUnload } from '../../shared/forms/leave-guard';
import { Icon } from '../../shared/icons/icon';
import { SideSheet } from '../../shared/list/side-sheet';
import { injectPeopleText } from './i18n/inject-text';
import { People } from './people';

/** One department: its name and who works in it; or a new one. */
@Component({
  selector: 'people-department-sheet',
  imports: [...formPieces, Icon, SideSheet],
  templateUrl: './department-sheet.html',
  styleUrl: './sheet.css',
})
export class DepartmentSheet implements Unsaved {
  /** Of the department, or `new`. */
  readonly id = input.required<string>();
  readonly #router = inject(Router);
  readonly #attempts = inject(Attempts);
  readonly #confirm = inject(Confirm);
  readonly #toasts = inject(Toasts);
  readonly #problemText = injectProblemText();
  protected readonly people = inject(People);
  protected readonly text = injectPeopleText();
  protected readonly shared = injectSharedText();

  protected readonly isNew = computed(() => this.id() === 'new');
  protected readonly department = computed(() => this.people.departments.value()?.find(({ id }) => id === this.id()));
  protected readonly staff = computed(() => this.people.users.value()?.filter(({ active, departments }) => active && departments.includes(this.id())) ?? []);
  readonly #name = computed(() => this.department()?.name ?? '');
  readonly #draft = linkedSignal(() => ({ name: this.#name() }));
  protected readonly form = form(this.#draft, (path) => {
    required(path.name, { message: () => this.text('department.name.missing') });
    maxLength(path.name, 60);
  });

  constructor() {
    warnBeforeUnload(this);
  }

  isChanged(): boolean {
    return this.#draft().name.trim() !== this.#name();
  }

  protected async save(event: Event): Promise<void> {
    event.preventDefault();
    await submit(this.form, async () => {
      const name = this.#draft().name.trim();
      try {
        await (this.isNew() ? this.people.api.createDepartment({ name }) : this.people.api.renameDepartment(this.id(), name));
      } catch (error) {
        if (!(error instanceof ApiProblem)) throw error;
        return { kind: 'server', message: this.#problemText(error) };
      }
      await this.people.departments.reload();
      this.#draft.set({ name: this.#name() });
      this.#toasts.show({ icon: 'check', words: this.text('user.saved') });
      if (this.isNew()) this.close();
      return undefined;
    });
  }

  protected async remove(department: Department): Promise<void> {
    const wanted = await this.#confirm.ask({
      title: this.text('department.remove.title', { name: department.name }),
      consequences: [
        { icon: 'users', words: this.text('department.remove.people', { count: this.staff().length }) },
        { icon: 'support', words: this.text('department.remove.tickets') },
      ],
      action: this.text('department.remove'),
      danger: true,
    });
    if (!wanted || !(await this.#attempts.run(this.people.api.removeDepartment(department.id)))) return;
    this.#toasts.show({ icon: 'trash', words: this.text('department.removed', { name: department.name }) });
    await this.people.departments.reload();
    this.close();
  }

  protected close(): void {
    void this.#router.navigate(['/settings/departments']);
  }
}
