import { DIALOG_DATA, DialogRef } from '@angular/cdk/dialog';
import { Component, computed, inject, signal } from '@angular/core';
import { type Agent, type Department, PeopleApi } from '../../../shared/api/people-api';
import type { TicketItem } from '../../../shared/api/tickets-api';
import { injectSharedText } from '../../../shared/feedback/inject-text';
import { Failed, Skeleton } from '../../../shared/feedback/states';
import { Icon } from '../../../shared/icons/icon';
import { injectLive } from '../../../shared/push/live-value';
import { CurrentSession } from '../../../shared/session/current-session';
import { injectOmniText } from '../i18n/inject-text';
import type { TransferTarget } from '../tickets/ticket-commands';

export interface Transfer {
  readonly to: TransferTarget;
  readonly note?: string;
}

/** To whom a ticket goes: a colleague or a department's queue, with a note for who receives it. */
@Component({
  selector: 'panel-transfer-dialog',
  imports: [Failed, Icon, Skeleton],
  templateUrl: './transfer-dialog.html',
  styleUrl: './transfer-dialog.css',
})
export class TransferDialog {
  readonly #people = inject(PeopleApi);
  readonly #ticket = inject<TicketItem>(DIALOG_DATA);
  readonly #me = inject(CurrentSession).user;
  protected readonly ref = inject<DialogRef<Transfer>>(DialogRef);
  protected readonly text = injectOmniText();
  protected readonly shared = injectSharedText();
  protected readonly q = signal('');
  protected readonly note = signal('');
  protected readonly chosen = signal<TransferTarget | undefined>(undefined);
  protected readonly missing = signal(false);
  protected readonly live = injectLive<{ agents: Agent[]; departments: Department[] }>(
    async () => {
      const [agents, departments] = await Promise.all([this.#people.agents(), this.#people.departments()]);
      return { agents, departments };
    },
    ({ topic }) => topic === 'user' || topic === 'department',
  );
  protected readonly agents = computed(() =>
    (this.live.value()?.agents ?? []).filter(({ id, name }) => id !== this.#me()?.id && id !== this.#ticket.assignee?.id && this.#matches(name)),
  );
  protected readonly departments = computed(() => {
    const here = this.#ticket.state === 'pending' ? this.#ticket.department?.id : undefined;
    return (this.live.value()?.departments ?? []).filter(({ id, name }) => id !== here && this.#matches(name));
  });

  protected chooseAgent({ id, name }: Agent): void {
    this.chosen.set({ agent: { id, name } });
  }

  protected chooseDepartment({ id, name }: Department): void {
    this.chosen.set({ department: { id, name } });
  }

  protected isChosen(id: string): boolean {
    const chosen = this.chosen();
    return chosen !== undefined && ('agent' in chosen ? chosen.agent.id : chosen.department.id) === id;
  }

  protected departmentsOf(agent: Agent): string {
    const names = new Map((this.live.value()?.departments ?? []).map(({ id, name }) => [id, name]));
    return agent.departments.flatMap((id) => names.get(id) ?? []).join(', ');
  }

  protected submit(event: Event): void {
    event.preventDefault();
    const to = this.chosen();
    this.missing.set(!to);
    if (to) this.ref.close({ to, note: this.note().trim() || undefined });
  }

  #matches(name: string): boolean {
    return plain(name).includes(plain(this.q()));
  }
}

/** Without accents and capitals: "lucia" finds Lucía. */
function plain(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().trim();
}
