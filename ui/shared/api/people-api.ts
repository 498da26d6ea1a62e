import { Injectable, inject } from '@angular/core';
import { Http } from './http';
import type { Role } from './roles';

export interface User {
  readonly id: string;
  readonly login: string;
  readonly name: string;
  readonly role: Role;
  readonly departments: readonly string[];
  readonly active: boolean;
  /** Has a password that was given to them, and has not changed it yet. */
  readonly mustChangePassword: boolean;
  readonly createdAt: string;
}

export interface Department {
  readonly id: string;
  readonly name: string;
}

/** A colleague that a ticket may be passed to. */
export interface Agent {
  readonly id: string;
  readonly name: string;
  readonly role: Role;
  readonly departments: readonly string[];
}

export type NewUser = Pick<User, 'login' | 'name' | 'role' | 'departments'>;
export type UserChanges = Partial<Pick<User, 'name' | 'role' | 'departments' | 'active'>>;

/** Users of the panel and the departments that they work in. */
@Injectable({ providedIn: 'root' })
export class PeopleApi {
  readonly #http = inject(Http);

  users(): Promise<User[]> {
    return this.#http.get('/api/users');
  }

  /** The temporary password is told this once. */
  createUser(user: NewUser): Promise<{ user: User; temporaryPassword: string }> {
    return this.#http.post('/api/users', user);
  }

  changeUser(id: string, changes: UserChanges): Promise<User> {
    return this.#http.patch(`/api/users/${id}`, changes);
  }

  resetPassword(id: string): Promise<{ temporaryPassword: string }> {
    return this.#http.post(`/api/users/${id}/password-reset`);
  }

  departments(): Promise<Department[]> {
    return this.#http.get('/api/departments');
  }

  createDepartment(department: { name: string }): Promise<Department> {
    return this.#http.post('/api/departments', department);
  }

  renameDepartment(id: string, name: string): Promise<Department> {
    return this.#http.patch(`/api/departments/${id}`, { name });
  }

  removeDepartment(id: string): Promise<void> {
    return this.#http.delete(`/api/departments/${id}`);
  }

  agents(): Promise<Agent[]> {
    return this.#http.get('/api/agents');
  }
}
