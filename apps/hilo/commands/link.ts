import { parseArgs } from 'node:util';
import { forCompany } from '../../../libs/db/company.js';
import { Channel } from '../../../libs/db/entities/channel.js';
import type { MikroORM } from '../../../libs/db/orm.js';
import type { Vault } from '../../../libs/vault/vault.js';
import { channelOf } from '../channel-of.js';
import { newsOrPoll, readLink, type LinkView } from '../channel-watch.js';
import { CommandFailed, EXIT, WrongUse, type Command, type CommandContext } from '../command.js';
import { listenToChannels, withOrm, withVault } from '../connections.js';
import { showPairing } from '../pairing-screen.js';
import { simulatedPhone, type SimulatedPhone } from '../simulated-phone.js';

/** A person takes their time; the simulator's phone does not. */
const SIMULATOR_LIMIT_MS = 60_000;
/** A gateway that runs takes a number up within a second or two. */
const GATEWAY_HINT_MS = 10_000;

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

/** Takes a new wish back, so that the gateway stops asking the network for QR codes that nobody looks at. */
const takeBack = (orm: MikroORM, { company, channel }: LinkWish): Promise<unknown> =>
  forCompany(orm, company, (em) => em.nativeUpdate(Channel, { company, id: channel }, { wanted: false, pairingNumber: null }));

/** True once linked. @throws CommandFailed when the phone or the network said no after the wish */
function settled(view: LinkView, wish: LinkWish): boolean {
  if (view.state === 'linked') return true;
  if (view.at <= wish.askedAt) return false;
  if (view.state === 'refused') {
    throw new CommandFailed(
      'El teléfono fue rechazado: solo se puede vincular WhatsApp Business. Instalalo en ese teléfono y probá de nuevo.',
    );
  }
  if (view.state === 'logged-out') {
    throw new CommandFailed(view.reason === 'banned'
      ? 'WhatsApp bloqueó ese número. Abrí WhatsApp Business en el teléfono: desde ahí se pide la revisión.'
      : 'El teléfono o WhatsApp cerraron la vinculación. Volvé a ejecutar el comando para pedir otro código.');
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
  const began = Date.now();
  let shown = '';
  let hinted = false;
  while (!signal.aborted) {
    const view = await read();
    if (settled(view, wish)) return;
    if (!hinted && view.at <= wish.askedAt && Date.now() - began > GATEWAY_HINT_MS) {
      hinted = true;
      terminal.error('El gateway todavía no tomó el número. ¿Está corriendo? Sigo esperando; Ctrl-C para cancelar.');
    }
    const current = view.pairing ? JSON.stringify(view.pairing) : '';
    if (view.pairing && current !== shown) {
      shown = current;
      if (!phone) await showPairing(view.pairing, terminal);
      else if (!(await phone.pair(view.pairing))) terminal.error('El simulador no aceptó ese código; espero el siguiente.');
    }
    if (phone && Date.now() - began > SIMULATOR_LIMIT_MS) {
      throw new CommandFailed(`El número no quedó vinculado en ${SIMULATOR_LIMIT_MS / 1000} s (estado: ${view.state}).`);
    }
    await news.next(signal);
  }
}

async function askAndWait(orm: MikroORM, vault: Vault, channel: Channel, code: string | undefined, linking: Pick<Linking, 'phone'>,
  context: CommandContext): Promise<number> {
  const { company, id, name, wanted } = channel;
  const { env, terminal, signal } = context;
  const news = newsOrPoll();
  const stopListening = await listenToChannels(env, (changed) => changed === id && news.told());
  try {
    const wish = await ask(orm, company, id, code);
    terminal.out(`Canal «${name}» de «${company}»: esperando a WhatsApp…`);
    await untilLinked({ ...linking, wish, news, read: () => readLink(orm, vault, company, id) }, context);
    if (!signal.aborted) {
      terminal.out(`Vinculado: el canal «${name}» ya atiende.`);
      return EXIT.done;
    }
    // A number that was wanted before may be linked and only away for a moment: it stays so.
    if (!wanted) await takeBack(orm, wish);
    terminal.out('Cancelado.');
    return EXIT.interrupted;
  } finally {
    await stopListening();
  }
}

async function run(args: string[], context: CommandContext): Promise<number> {
  const { company, name, code, withSimulator } = readWish(args);
  const { env, terminal } = context;
  return withOrm(env, (orm) => withVault(env, async (vault) => {
    const channel = await channelOf(orm, { company, name });
    const number = channel.number ?? code;
    if (withSimulator && number === undefined) throw new WrongUse('Ese canal no tiene número: decilo con --code.');
    const phone = withSimulator && number !== undefined ? simulatedPhone(env, number) : undefined;
    if (channel.wanted && channel.state === 'linked') {
      terminal.out(`El canal «${channel.name}» ya está vinculado.`);
      return EXIT.done;
    }
    await phone?.ensure();
    return askAndWait(orm, vault, channel, code, { phone }, context);
  }));
}

export const link: Command = {
  name: 'link',
  summary: 'Vincula un número: muestra el QR (o el código) hasta que queda conectado.',
  usage: 'link <empresa> [--channel nombre] [--code número] [--scan-with-simulator]',
  run,
};
