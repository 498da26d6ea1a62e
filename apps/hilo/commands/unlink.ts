import { parseArgs } from 'node:util';
import { forCompany } from '../../../libs/db/company.js';
import { Channel } from '../../../libs/db/entities/channel.js';
import type { MikroORM } from '../../../libs/db/orm.js';
import type { ChannelState } from '../../../libs/domain/channel.js';
import { channelOf } from '../channel-of.js';
import { newsOrPoll } from '../channel-watch.js';
import { EXIT, WrongUse, type Command } from '../command.js';
import { withOrm } from '../connections.js';

const linkless: ReadonlySet<ChannelState> = new Set(['unlinked', 'logged-out', 'refused']);
/** A gateway that runs removes the linked device within seconds. */
const GATEWAY_LIMIT_MS = 10_000;

/** Whether the gateway has closed the link, within its time. */
async function untilEnded(orm: MikroORM, company: string, id: string, signal: AbortSignal): Promise<boolean> {
  const giveUp = AbortSignal.any([signal, AbortSignal.timeout(GATEWAY_LIMIT_MS)]);
  const { next } = newsOrPoll();
  for (;;) {
    const { state } = await forCompany(orm, company, (em) => em.findOneOrFail(Channel, { company, id }));
    if (linkless.has(state)) return true;
    if (giveUp.aborted) return false;
    await next(giveUp);
  }
}

export const unlink: Command = {
  name: 'unlink',
  summary: 'Deja de atender un número; el gateway cierra su vinculación.',
  usage: 'unlink <empresa> [--channel nombre]',
  async run(args, { env, terminal, signal }) {
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
      const { id, name } = await channelOf(orm, { company, name: values.channel });
      await forCompany(orm, company, (em) => em.nativeUpdate(Channel, { company, id }, { wanted: false, pairingNumber: null }));
      const ended = await untilEnded(orm, company, id, signal);
      terminal.out(ended
        ? `El canal «${name}» de «${company}» quedó sin vincular.`
        : `El canal «${name}» de «${company}» queda por desvincular: el gateway lo hace en cuanto esté corriendo.`);
      return EXIT.done;
    });
  },
};
