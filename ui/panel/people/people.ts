import { Injectable, computed, inject } from '@angular/core';
import { PeopleApi } from '../../shared/api/people-api';
import { injectLive } from '../../shared/push/live-value';

/** Users and departments, live; provided with the settings' routes. */
@Injectable()
export class People {
  readonly api = inject(PeopleApi);
  readonly users = injectLive(() => this.api.users(), ({ topic }) => topic === 'user');
  readonly departments = injectLive(() => this.api.departments(), ({ topic }) => topic === 'department');
  readonly #names = computed(() => new Map(this.departments.value()?.map(({ id, name }) => [id, name])));

  departmentNames(ids: readonly string[]): string {
    return ids.flatMap((id) => this.#names().get(id) ?? []).sort((one, other) => one.localeCompare(other)).join(', ');
  }
}
