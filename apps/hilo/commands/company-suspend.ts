import { parseArgs } from 'node:util';
import { CommandFailed, EXIT, type Command } from '../command.js';
import { exactly } from '../company/arguments.js';
import { unknown } from '../company/platform-rows.js';
import { withOwner } from '../connections.js';

const companyOf = (args: string[]): string =>
  exactly(parseArgs({ args, strict: true, allowPositionals: true, options: {} }).positionals, 'el id de la empresa')[0];

export const companySuspend: Command = {
  name: 'company suspend',
  summary: 'Cierra el panel de una empresa y suelta sus números; no borra nada.',
  usage: 'company suspend <empresa>',
  async run(args, { env, terminal }) {
    const company = companyOf(args);
    const { rowCount } = await withOwner(env, (owner) =>
      owner.query('update companies set suspended_at = coalesce(suspended_at, now()) where id = $1', [company]));
    if (!rowCount) throw new CommandFailed(unknown(company));
    terminal.out(`La empresa «${company}» está suspendida. Vuelve con «hilo company resume ${company}».`);
    return EXIT.done;
  },
};

export const companyResume: Command = {
  name: 'company resume',
  summary: 'Vuelve a abrir una empresa suspendida.',
  usage: 'company resume <empresa>',
  async run(args, { env, terminal }) {
    const company = companyOf(args);
    const { rowCount } = await withOwner(env, (owner) => owner.query('update companies set suspended_at = null where id = $1', [company]));
    if (!rowCount) throw new CommandFailed(unknown(company));
    terminal.out(`La empresa «${company}» está abierta.`);
    return EXIT.done;
  },
};
