import type { EntityManager } from '@mikro-orm/postgresql';
import { Department } from '../../../libs/db/entities/department.js';
import { UserDepartment } from '../../../libs/db/entities/user-department.js';
import { User } from '../../../libs/db/entities/user.js';
import type { Role } from '../../../libs/domain/roles.js';
import { hashPassword } from '../../../libs/vault/passwords.js';

/** The departments that every company begins with; both may be renamed. */
export const FIRST_DEPARTMENTS = ['Soporte', 'Ventas'] as const;

export interface Person {
  login: string;
  name: string;
  role: Role;
  password: string;
  /** Nothing else works before they have changed it. */
  mustChangePassword: boolean;
  /** By name; each has to exist. */
  departments?: readonly string[];
}

/** Whoever sets a company up: `admin` with the password `admin`, good for nothing but to be changed. */
export const FIRST_ADMINISTRATOR: Person = {
  login: 'admin', name: 'Administración', role: 'administrator', password: 'admin', mustChangePassword: true,
};

/** Those that are missing. @param em of `forCompany(company)` */
export async function addDepartments(em: EntityManager, company: string, names: readonly string[]): Promise<void> {
  for (const name of names) if (!(await em.findOne(Department, { company, name }))) em.create(Department, { company, name });
  await em.flush();
}

/** @param em of `forCompany(company)` @throws Error when a department does not exist or the login is taken */
export async function addPerson(em: EntityManager, company: string, person: Person): Promise<void> {
  const { password, departments = [], ...rest } = person;
  const user = em.create(User, { company, ...rest, passwordHash: await hashPassword(password) });
  await em.flush();
  for (const name of departments) {
    const { id } = await em.findOneOrFail(Department, { company, name });
    em.create(UserDepartment, { company, member: user.id, department: id });
  }
  await em.flush();
}
