import { parseArgs } from 'node:util';
import { CommandFailed, EXIT, WrongUse, type Command } from '../command.js';
import { exactly, hostName } from '../company/arguments.js';
import { addHost } from '../company/platform-rows.js';
import { withOwner } from '../connections.js';

export const companyHost: Command = {
  name: 'company host',
  summary: 'Agrega o quita una dirección por la que se entra a una empresa.',
  usage: 'company host add|remove <empresa> <host>',
  async run(args, { env, terminal }) {
    const { positionals } = parseArgs({ args, strict: true, allowPositionals: true, options: {} });
    const [action, company, text] = exactly(positionals, 'decir add o remove', 'el id de la empresa', 'el host');
    const host = hostName(text);
    if (action !== 'add' && action !== 'remove') throw new WrongUse(`«${action}» no es add ni remove.`);
    return withOwner(env, async (owner) => {
      if (action === 'add') await addHost(owner, company, host);
      else {
        const { rowCount } = await owner.query('delete from company_hosts where company = $1 and host = $2', [company, host]);
        if (!rowCount) throw new CommandFailed(`«${host}» no es un host de la empresa «${company}».`);
      }
      const { rows } = await owner.query<{ host: string }>('select host from company_hosts where company = $1 order by 1', [company]);
      terminal.out(rows.length === 0
        ? `La empresa «${company}» quedó sin host: nadie puede entrar hasta que tenga uno.`
        : `La empresa «${company}» atiende en ${rows.map((row) => row.host).join(', ')}.`);
      return EXIT.done;
    });
  },
};
