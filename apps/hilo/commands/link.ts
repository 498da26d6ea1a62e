import { parseArgs } from 'node:util';
import { forCompany } from '../../../libs/db/company.js';
import { Channel } from '../../../libs/db/entities/channel.js';
import type { MikroORM } from '../../../libs/db/orm.js';
import { channelOf } from '../channel-of.js';
import { newsOrPoll, readLink, type LinkView } from '../channel-watch.js';
import { CommandFailed, EXIT, WrongUse, type Command, type CommandContext } from '../command.js';
import { listenToChannels, withOrm, withVault } from '../connections.js';
import { showPairing } from '../pairing-screen.js';
import { simulatedPhone, type SimulatedPhone } from '../simulated-phone.js';

/** A person takes their time; the simulator's phone does not. */
const SIMULATOR_LIMIT_MS = 60_000;

interface LinkWish {
  company: string;
  channel: string;
  /** The wish is newer than any state the number had before. */
  askedAt: Date;
}

function readWish(args: string[]) {
  const { values, positionals } = parseArgs({
    args,
    strict: true,
    allowPositionals: true,
    options: { channel: { type: 'string' }, code: { type: 'string' }, 'scan-with-simulator': { type: 'boolean' } },
  });
  const [company, extra] = positionals;
  if (company === undefined) throw new WrongUse('Falta decir de qué empresa.');
  if (extra !== undefined) throw new WrongUse(`Sobra el argumento «${extra}».`);
  if (values.code !== undefined && !/^[0-9]{6,15}$/.test(values.code)) {
    throw new WrongUse('El número de --code va solo con dígitos y con código de país, por ejemplo 5493415550100.');
  }
  return { company, name: values.channel, code: values.code, withSimulator: values['scan-with-simulator'] ?? false };
}

/** Writes the wish that the gateway serves. A native update, as the trigger has to fire even where nothing changes. */
async function ask(orm: MikroORM, company: string, channel: string, code: string | undefined): Promise<LinkWish> {
  return forCompany(orm, company, async (em) => {
    await em.nativeUpdate(Channel, { company, id: channel }, { wanted: true, pairingNumber: code ?? null });
    const [row] = await em.execute<{ now: Date | string }[]>('select now()');
    return { company, channel, askedAt: new Date(row!.now) };
  });
}

/** Takes the wish back, so that the gateway stops asking the network for QR codes that nobody looks at. */
const giveUp = (orm: MikroORM, { company, channel }: LinkWish): Promise<unknown> =>
  forCompany(orm, company, (em) => em.nativeUpdate(Channel, { company, id: channel }, { wanted: false, pairingNumber: null }));

/** True once linked. @throws CommandFailed when the phone or the network said no after the wish */
function settled(view: LinkView, wish: LinkWish): boolean {
  if (view.state === 'linked') return true;
  if (view.at <= wish.askedAt) return false;
  const reason = view.reason ? ` (${view.reason})` : '';
  if (view.state === 'refused') {
    throw new CommandFailed(
      `El teléfono fue rechazado${reason}: solo se puede vincular WhatsApp Business. Instalalo en ese teléfono y probá de nuevo.`,
    );
  }
  if (view.state === 'logged-out') {
    throw new CommandFailed(`WhatsApp cerró la vinculación${reason}. Volvé a ejecutar el comando para pedir otro código.`);
  }
  return false;
}

interface Linking {
  wish: LinkWish;
  read: () => Promise<LinkView>;
  phone: SimulatedPhone | undefined;
  news: ReturnType<typeof newsOrPoll>;
}

/** Shows each new QR or code, or hands it to the simulated phone, until the link is settled. */
async function untilLinked({ wish, read, phone, news }: Linking, { terminal, signal }: CommandContext): Promise<void> {
  const deadline = phone ? Date.now() + SIMULATOR_LIMIT_MS : Infinity;
  let shown = '';
  while (!signal.aborted) {
    const view = await read();
    if (settled(view, wish)) return;
    const current = view.pairing ? JSON.stringify(view.pairing) : '';
    if (view.pairing && current !== shown) {
      shown = current;
      if (!phone) await showPairing(view.pairing, terminal);
      else if (!(await phone.pair(view.pairing))) terminal.error('El simulador no aceptó ese código; espero el siguiente.');
    }
    if (Date.now() > deadline) {
      throw new CommandFailed(`El número no quedó vinculado en ${SIMULATOR_LIMIT_MS / 1000} s (estado: ${view.state}).`);
    }
    await news.next(signal);
  }
}

async function run(args: string[], context: CommandContext): Promise<number> {
  const { company, name, code, withSimulator } = readWish(args);
  const { env, terminal, signal } = context;
  return withOrm(env, (orm) => withVault(env, async (vault) => {
    const channel = await channelOf(orm, { company, name });
    const phone = withSimulator ? simulatedPhone(env, channel.number ?? code ?? '') : undefined;
    if (phone && !channel.number && !code) throw new WrongUse('Ese canal no tiene número: decilo con --code.');
    if (channel.wanted && channel.state === 'linked') {
      terminal.out(`El canal «${channel.name}» ya está vinculado.`);
      return EXIT.done;
    }
    await phone?.ensure();
    const news = newsOrPoll();
    const stopListening = await listenToChannels(env, (changed) => changed === channel.id && news.told());
    try {
      const wish = await ask(orm, company, channel.id, code);
      terminal.out(`Canal «${channel.name}» de «${company}»: esperando a WhatsApp…`);
      await untilLinked({ wish, read: () => readLink(orm, vault, company, channel.id), phone, news }, context);
      if (signal.aborted) {
        await giveUp(orm, wish);
        terminal.out('Cancelado: el número quedó sin vincular.');
        return EXIT.interrupted;
      }
    } finally {
      await stopListening();
    }
    terminal.out(`Vinculado: el canal «${channel.name}» ya atiende.`);
    return EXIT.done;
  }));
}

export const link: Command = {
  name: 'link',
  summary: 'Vincula un número: muestra el QR (o el código) hasta que queda conectado.',
  usage: 'link <empresa> [--channel nombre] [--code número] [--scan-with-simulator]',
  run,
};
