import { parseArgs } from 'node:util';
import { allowedNetwork, InvalidNetwork } from '../../../libs/http/address.js';
import { CommandFailed, EXIT, WrongUse, type Command } from '../command.js';
import { exactly } from '../company/arguments.js';
import { unknown } from '../company/platform-rows.js';
import { withOwner } from '../connections.js';

const MOST = 50;

/** The network as it was typed. @throws WrongUse when it is none */
function network(text: string): string {
  const plain = text.trim();
  try {
    allowedNetwork(plain);
    return plain;
  } catch (problem) {
    if (!(problem instanceof InvalidNetwork)) throw problem;
    throw new WrongUse(`«${text}» no es una red: se escribe 10.20.0.5, 10.20.0.0/16, 10.20.0.5:8080 o [fd00::1]:443, y no más ancha que /8.`);
  }
}

/** How the list changes; none of it is about rows that are not there. */
const CHANGES = {
  list: 'select outbound_allow from companies where id = $1',
  add: `update companies set outbound_allow = array_append(array_remove(outbound_allow, $2), $2) where id = $1 returning outbound_allow`,
  remove: 'update companies set outbound_allow = array_remove(outbound_allow, $2) where id = $1 and $2 = any(outbound_allow) returning outbound_allow',
} as const;

export const companyAllow: Command = {
  name: 'company allow',
  summary: 'Muestra, agrega o quita redes privadas a las que Hilo puede llamar por una empresa (su sistema de gestión, por ejemplo).',
  usage: 'company allow <empresa> [<red[:puerto]>] [--remove]',
  async run(args, { env, terminal }) {
    const { values, positionals } = parseArgs({ args, strict: true, allowPositionals: true, options: { remove: { type: 'boolean', default: false } } });
    const [company, text] = positionals.length === 1 && !values.remove
      ? exactly(positionals, 'el id de la empresa')
      : exactly(positionals, 'el id de la empresa', 'la red');
    const change = text === undefined ? 'list' : values.remove ? 'remove' : 'add';
    const parameters = text === undefined ? [company] : [company, values.remove ? text.trim() : network(text)];
    return withOwner(env, async (owner) => {
      const { rows: [before] } = await owner.query<{ outbound_allow: string[] }>(CHANGES.list, [company]);
      if (!before) throw new CommandFailed(unknown(company));
      if (change === 'add' && before.outbound_allow.length >= MOST) throw new CommandFailed(`La empresa «${company}» ya tiene ${MOST} redes: quitá alguna.`);
      const { rows: [after] } = await owner.query<{ outbound_allow: string[] }>(CHANGES[change], parameters);
      if (!after) throw new CommandFailed(`«${text}» no es una red permitida a «${company}».`);
      terminal.out(after.outbound_allow.length === 0
        ? `La empresa «${company}» solo llama a direcciones públicas.`
        : `La empresa «${company}» llama también a ${after.outbound_allow.join(', ')}.`);
      return EXIT.done;
    });
  },
};
