import { parseArgs } from 'node:util';
import { forCompany } from '../../../libs/db/company.js';
import { Channel } from '../../../libs/db/entities/channel.js';
import { channelOf } from '../channel-of.js';
import { EXIT, WrongUse, type Command } from '../command.js';
import { withOrm } from '../connections.js';

export const unlink: Command = {
  name: 'unlink',
  summary: 'Deja de atender un número; el gateway cierra su vinculación.',
  usage: 'unlink <empresa> [--channel nombre]',
  async run(args, { env, terminal }) {
    const { values, positionals } = parseArgs({
      args,
      strict: true,
      allowPositionals: true,
      options: { channel: { type: 'string' } },
    });
    const [company, extra] = positionals;
    if (company === undefined) throw new WrongUse('Falta decir de qué empresa.');
    if (extra !== undefined) throw new WrongUse(`Sobra el argumento «${extra}».`);
    return withOrm(env, async (orm) => {
      const channel = await channelOf(orm, { company, name: values.channel });
      await forCompany(orm, company, (em) =>
        em.nativeUpdate(Channel, { company, id: channel.id }, { wanted: false, pairingNumber: null }),
      );
      terminal.out(`El canal «${channel.name}» de «${company}» ya no se atiende.`);
      return EXIT.done;
    });
  },
};
