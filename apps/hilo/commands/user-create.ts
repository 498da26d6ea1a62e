import { parseArgs } from 'node:util';
import { forCompany } from '../../../libs/db/company.js';
import { Department } from '../../../libs/db/entities/department.js';
import { User } from '../../../libs/db/entities/user.js';
import { LOGIN } from '../../../libs/domain/login.js';
import { roles, type Role } from '../../../libs/domain/roles.js';
import { temporaryPassword } from '../../../libs/vault/passwords.js';
import { companyById } from '../../../libs/db/platform.js';
import { CommandFailed, EXIT, WrongUse, type Command } from '../command.js';
import { exactly, needed } from '../company/arguments.js';
import { addPerson } from '../company/people.js';
import { unknown } from '../company/platform-rows.js';
import { withOrm } from '../connections.js';

function readArguments(args: string[]) {
  const { values, positionals } = parseArgs({
    args,
    strict: true,
    allowPositionals: true,
    options: { name: { type: 'string' }, role: { type: 'string' }, department: { type: 'string', multiple: true, default: [] } },
  });
  const [company, login] = exactly(positionals, 'el id de la empresa', 'el nombre de usuario');
  if (!LOGIN.test(login)) throw new WrongUse(`«${login}» no sirve como usuario: minúsculas, números, punto y guiones, de 2 a 40 caracteres.`);
  const role = needed(values.role, 'role');
  if (!roles.some((one) => one === role)) throw new WrongUse(`«${role}» no es un rol: ${roles.join(', ')}.`);
  return { company, login, name: needed(values.name, 'name'), role: role as Role, departments: [...new Set(values.department)] };
}

export const userCreate: Command = {
  name: 'user create',
  summary: 'Crea una persona en una empresa y muestra su contraseña provisoria.',
  usage: 'user create <empresa> <usuario> --name <nombre> --role administrator|supervisor|operator [--department <nombre>]…',
  async run(args, { env, terminal }) {
    const { company, ...person } = readArguments(args);
    const password = temporaryPassword();
    await withOrm(env, async (orm) => {
      if (!(await companyById(orm, company))) throw new CommandFailed(unknown(company));
      await forCompany(orm, company, async (em) => {
        if (await em.findOne(User, { company, login: person.login })) throw new CommandFailed(`El usuario «${person.login}» ya existe en «${company}».`);
        for (const name of person.departments) {
          if (!(await em.findOne(Department, { company, name }))) throw new CommandFailed(`La empresa «${company}» no tiene el departamento «${name}».`);
        }
        await addPerson(em, company, { ...person, password, mustChangePassword: true });
      });
    });
    terminal.out(`Usuario «${person.login}» creado en «${company}». Contraseña provisoria: ${password}`);
    return EXIT.done;
  },
};
