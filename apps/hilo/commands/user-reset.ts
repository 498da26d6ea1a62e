import { parseArgs } from 'node:util';
import { forCompany } from '../../../libs/db/company.js';
import { LoginFailure } from '../../../libs/db/entities/login-failure.js';
import { Session } from '../../../libs/db/entities/session.js';
import { User } from '../../../libs/db/entities/user.js';
import { hashPassword, temporaryPassword } from '../../../libs/vault/passwords.js';
import { CommandFailed, EXIT, type Command } from '../command.js';
import { exactly } from '../company/arguments.js';
import { withOrm } from '../connections.js';

export const userReset: Command = {
  name: 'user reset',
  summary: 'Da a una persona una contraseña provisoria, la reactiva y cierra sus sesiones.',
  usage: 'user reset <empresa> <usuario>',
  async run(args, { env, terminal }) {
    const { positionals } = parseArgs({ args, strict: true, allowPositionals: true, options: {} });
    const [company, login] = exactly(positionals, 'el id de la empresa', 'el nombre de usuario');
    const password = temporaryPassword();
    const passwordHash = await hashPassword(password);
    const ended = await withOrm(env, (orm) => forCompany(orm, company, async (em) => {
      const user = await em.findOne(User, { company, login });
      if (!user) throw new CommandFailed(`No hay ningún usuario «${login}» en «${company}».`);
      await em.nativeUpdate(User, { company, id: user.id }, { passwordHash, mustChangePassword: true, active: true });
      await em.nativeDelete(LoginFailure, { company, subject: `account:${login}` });
      return em.nativeDelete(Session, { company, owner: user.id });
    }));
    terminal.out(`Contraseña provisoria de «${login}» en «${company}»: ${password}`);
    terminal.out(`Sesiones cerradas: ${ended}.`);
    return EXIT.done;
  },
};
