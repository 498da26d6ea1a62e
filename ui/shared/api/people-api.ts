import { Injectable, inject } from '@angular/core';
import type { Frozen } from './frozen';
import { agentsList } from './generated/fn/departments/agents-list';
import { departmentsCreate } from './generated/fn/departments/departments-create';
import { departmentsList } from './generated/fn/departments/departments-list';
import { departmentsRemove } from './generated/fn/departments/departments-remove';
import { departmentsRename } from './generated/fn/departments/departments-rename';
import { usersChange } from './generated/fn/users/users-change';
import { usersCreate } from './generated/fn/users/users-create';
import { usersList } from './generated/fn/users/users-list';
import { usersResetPassword } from './generated/fn/users/users-reset-password';
import type * as api from './generated/models';
import { Http } from './http';

export type User = Frozen<api.User>;
export type Department = Frozen<api.Department>;
/** A colleague that a ticket may be passed to. */
export type Agent = Frozen<api.Agent>;
export type NewUser = Frozen<api.NewUser>;
export type UserChanges = Frozen<api.UserChange>;

/** Users of the panel and the departments that they work in. */
@Injectable({ providedIn: 'root' })
export class PeopleApi {
  readonly #http = inject(Http);

  users(): Promise<User[]> {
    return this.#http.call(usersList, {});
  }

  /** The temporary password is told this once. */
  createUser(user: NewUser): Promise<Frozen<api.CreatedUser>> {
    return this.#http.call(usersCreate, { body: user });
  }

  changeUser(id: string, changes: UserChanges): Promise<User> {
    return this.#http.call(usersChange, { id, body: changes });
  }

  resetPassword(id: string): Promise<Frozen<api.TemporaryPassword>> {
    return this.#http.call(usersResetPassword, { id });
  }

  departments(): Promise<Department[]> {
    return this.#http.call(departmentsList, {});
  }

  createDepartment(department: Frozen<api.DepartmentName>): Promise<Department> {
    return this.#http.call(departmentsCreate, { body: department });
  }

  renameDepartment(id: string, name: string): Promise<Department> {
    return this.#http.call(departmentsRename, { id, body: { name } });
  }

  removeDepartment(id: string): Promise<void> {
    return this.#http.call(departmentsRemove, { id });
  }

  agents(): Promise<Agent[]> {
    return this.#http.call(agentsList, {});
  }
}
