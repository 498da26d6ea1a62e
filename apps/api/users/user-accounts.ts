import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from '@mikro-orm/postgresql';
import { writeAudit, type Actor } from '../../../libs/db/audit.js';
import { forCompany } from '../../../libs/db/company.js';
import { UserDepartment } from '../../../libs/db/entities/user-department.js';
import { User } from '../../../libs/db/entities/user.js';
import { sqlState } from '../../../libs/db/pool.js';
import type { Role } from '../../../libs/domain/roles.js';
import { hashPassword, temporaryPassword } from '../../../libs/vault/passwords.js';
import { Sessions } from '../platform/access/sessions.js';
import { ProblemException } from '../platform/problem.js';
import { SOURCES, type Sources } from '../platform/sources.js';
import { LoginAttempts } from '../session/login-attempts.js';
import type { CreatedUser, NewUser, UserChange, UserView } from './user.schema.js';

const UNIQUE = '23505';
const FOREIGN_KEY = '23503';

interface UserRow {
  id: string;
  login: string;
  name: string;
  role: Role;
  phone: string | null;
  active: boolean;
  must_change_password: boolean;
  created_at: Date | string;
  departments: string[];
}

/** With one id or, for null, all: those who left at the end. */
const READ = `select u.id, u.login, u.name, u.role, u.phone, u.active, u.must_change_password, u.created_at,
    to_json(array(select d.department from user_departments d where d.company = u.company and d.member = u.id order by 1)) as departments
  from users u where u.company = ? and (?::uuid is null or u.id = ?::uuid) order by u.active desc, lower(u.name), u.login`;

async function read(em: EntityManager, company: string, id: string | null): Promise<UserView[]> {
  const rows = await em.execute<UserRow[]>(READ, [company, id, id]);
  return rows.map(({ must_change_password: mustChangePassword, created_at, ...row }) =>
    ({ ...row, mustChangePassword, createdAt: new Date(created_at).toISOString() }));
}

/** Of a person, for the audit log. */
const factsOf = ({ login, name, role, phone, active, departments }: UserView) => ({ login, name, role, phone, active, departments });

/** What the database refuses, in words of the API: it alone knows what others do at the same moment. */
function refusalOf(error: unknown): unknown {
  if (sqlState(error) === UNIQUE) return new ProblemException(String(error).includes('users_phone') ? 'phone-taken' : 'login-taken');
  return sqlState(error) === FOREIGN_KEY ? new ProblemException('department-unknown') : error;
}

/** The company's people: who they are, what they may, and their passwords' resets. */
@Injectable()
export class UserAccounts {
  constructor(
    @Inject(SOURCES) private readonly sources: Sources,
    private readonly sessions: Sessions,
    private readonly attempts: LoginAttempts,
  ) {}

  list(company: string): Promise<UserView[]> {
    return forCompany(this.sources.orm, company, (em) => read(em, company, null));
  }

  /** @throws ProblemException `login-taken`, `department-unknown` */
  async create(by: Actor, { departments, ...person }: NewUser): Promise<CreatedUser> {
    const { company } = by;
    const password = temporaryPassword();
    const passwordHash = await hashPassword(password);
    const user = await forCompany(this.sources.orm, company, async (em) => {
      const row = em.create(User, { company, ...person, passwordHash, mustChangePassword: true });
      await em.flush();
      await this.#assign(em, company, row.id, departments);
      const made = (await read(em, company, row.id))[0]!;
      await writeAudit(em, by, { action: 'user.created', subject: row.id, after: factsOf(made) });
      return made;
    }).catch((error: unknown) => Promise.reject(refusalOf(error) as Error));
    return { user, temporaryPassword: password };
  }

  /** A change of role and a deactivation end their sessions. @throws ProblemException `not-found`, `last-administrator`, `department-unknown` */
  async change(by: Actor, id: string, { departments, ...change }: UserChange): Promise<UserView> {
    const { company } = by;
    return forCompany(this.sources.orm, company, async (em) => {
      const administrators = await this.#lockAdministrators(em, company);
      const user = await em.findOne(User, { company, id });
      if (!user) throw new ProblemException('not-found');
      const before = (await read(em, company, id))[0]!;
      const next = { role: change.role ?? user.role, active: change.active ?? user.active };
      const stays = next.role === 'administrator' && next.active;
      if (!stays && administrators.every((one) => one === id) && administrators.length > 0) throw new ProblemException('last-administrator');
      if (next.role !== user.role || (user.active && !next.active)) await this.sessions.endAll(em, company, id);
      if (Object.keys(change).length > 0) await em.nativeUpdate(User, { company, id }, change);
      if (departments) await this.#assign(em, company, id, departments);
      const after = (await read(em, company, id))[0]!;
      await writeAudit(em, by, { action: 'user.changed', subject: id, before: factsOf(before), after: factsOf(after) });
      return after;
    }).catch((error: unknown) => Promise.reject(refusalOf(error) as Error));
  }

  /** A password for once; all sessions of theirs end. @throws ProblemException `not-found` */
  async resetPassword(by: Actor, id: string): Promise<string> {
    const { company } = by;
    const password = temporaryPassword();
    const passwordHash = await hashPassword(password);
    await forCompany(this.sources.orm, company, async (em) => {
      const user = await em.findOne(User, { company, id });
      if (!user) throw new ProblemException('not-found');
      await em.nativeUpdate(User, { company, id }, { passwordHash, mustChangePassword: true });
      await this.sessions.endAll(em, company, id);
      await this.attempts.settle(em, company, user.login);
      await writeAudit(em, by, { action: 'user.password-reset', subject: id, after: { login: user.login } });
    });
    return password;
  }

  /** Locked until the end: two administrators who deactivate each other at once must not both succeed. */
  async #lockAdministrators(em: EntityManager, company: string): Promise<string[]> {
    const rows = await em.execute<{ id: string }[]>(
      `select id from users where company = ? and role = 'administrator' and active order by id for update`, [company]);
    return rows.map(({ id }) => id);
  }

  async #assign(em: EntityManager, company: string, member: string, departments: readonly string[]): Promise<void> {
    await em.nativeDelete(UserDepartment, { company, member });
    if (departments.length > 0) await em.insertMany(UserDepartment, departments.map((department) => ({ company, member, department })));
  }
}
