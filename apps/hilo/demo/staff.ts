import type { EntityManager } from '@mikro-orm/postgresql';
import { User } from '../../../libs/db/entities/user.js';
import { addDepartments, addPerson, FIRST_ADMINISTRATOR, FIRST_DEPARTMENTS, type Person } from '../company/people.js';

/** Known to everybody: the demo's people are there to be tried out, on a machine of one's own. */
export const DEMO_PASSWORD = 'hilo-demo-2026';

const [support, sales] = FIRST_DEPARTMENTS;
const demoPerson = (login: string, name: string, role: Person['role'], departments: readonly string[]): Person =>
  ({ login, name, role, departments, password: DEMO_PASSWORD, mustChangePassword: false });

/** One of each role, and an operator in each department. */
export const demoStaff: readonly Person[] = [
  FIRST_ADMINISTRATOR,
  demoPerson('sofia', 'Sofía Aguirre', 'supervisor', [support, sales]),
  demoPerson('carla', 'Carla Benítez', 'operator', [support]),
  demoPerson('diego', 'Diego Ferreyra', 'operator', [sales]),
];

/**
 * The demo company's people and departments, where nobody is there yet.
 * @param em of `forCompany(company)`
 */
export async function seedStaff(em: EntityManager, company: string): Promise<void> {
  if ((await em.count(User, { company })) > 0) return;
  await addDepartments(em, company, FIRST_DEPARTMENTS);
  for (const person of demoStaff) await addPerson(em, company, person);
}
