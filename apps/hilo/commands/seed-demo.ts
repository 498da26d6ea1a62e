import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { required, type Env } from '../../../libs/config/env.js';
import type { CustomerBook } from '../../../libs/domain/customer-book.js';
import { forCompany } from '../../../libs/db/company.js';
import { demoBook } from '../../../libs/db/seeds/demo/customers.js';
import { masterKeyFrom } from '../../../libs/vault/vault.js';
import { CommandFailed, EXIT, type Command } from '../command.js';
import { withOrm, withOwner, withVault } from '../connections.js';
import { seedBook } from '../../../libs/db/seeds/customer-book.js';
import { seedChannel } from '../demo/channel.js';
import { checkKey, seedCompany } from '../demo/company.js';
import { DEMO_COMPANY, DEMO_COMPANY_NAME, DEMO_HOST, DEMO_NUMBER } from '../demo/demo-company.js';
import { demoFlows, seedFlows } from '../demo/flows.js';
import { seedPayments } from '../demo/payments.js';
import { demoStaff, seedStaff } from '../demo/staff.js';
import { examplePeople } from '../demo/people.js';

const TIME_ZONE = 'America/Argentina/Buenos_Aires';

/** `YYYY-MM-DD` in the demo company's time zone. */
const dayOf = (now: Date): string => new Intl.DateTimeFormat('en-CA', { timeZone: TIME_ZONE, dateStyle: 'short' }).format(now);

/** For the simulator: it serves the people to the phone in the browser, and has the book in its ISP systems. */
async function writeForSimulator(env: Env, book: CustomerBook): Promise<void> {
  await mkdir(env.DATA_DIR, { recursive: true });
  await writeFile(path.join(env.DATA_DIR, 'demo-people.json'), `${JSON.stringify(examplePeople(), null, 2)}\n`);
  await writeFile(path.join(env.DATA_DIR, 'demo-book.json'), JSON.stringify(book));
}

async function run(args: string[], { env, terminal }: Parameters<Command['run']>[1]): Promise<number> {
  parseArgs({ args, options: {}, strict: true });
  if (env.WHATSAPP === 'real') {
    throw new CommandFailed('Las claves de la demostración las conoce todo el mundo: con WHATSAPP=real no se crea. Creá tu empresa con «hilo company create».');
  }
  const masterKey = masterKeyFrom(required(env, 'HILO_MASTER_KEY'));
  const now = new Date();
  await withOwner(env, (owner) => seedCompany(owner, masterKey));
  await withVault(env, checkKey);
  const book = demoBook(dayOf(now));
  const box = await withVault(env, (vault) => vault.forCompany(DEMO_COMPANY));
  const isNew = await withOrm(env, (orm) => forCompany(orm, DEMO_COMPANY, async (em) => {
    await seedStaff(em, DEMO_COMPANY);
    await seedChannel(em, DEMO_COMPANY);
    await seedPayments(em, DEMO_COMPANY, box, env.PORT);
    await seedFlows(em, DEMO_COMPANY, demoFlows(), now);
    return seedBook(em, DEMO_COMPANY, book);
  }));
  await writeForSimulator(env, book);
  terminal.out(isNew
    ? `Empresa de demostración «${DEMO_COMPANY_NAME}» (${DEMO_HOST}) creada: ${book.customers.length} clientes, número ${DEMO_NUMBER}.`
    : `Empresa de demostración «${DEMO_COMPANY_NAME}» (${DEMO_HOST}): ya estaba, queda como está.`);
  terminal.out(`Para entrar: ${demoStaff.map(({ login, password }) => `${login}/${password}`).join(' · ')} (admin la cambia al entrar).`);
  return EXIT.done;
}

export const seedDemo: Command = {
  name: 'seed-demo',
  summary: 'Crea la empresa de demostración, si no está: flujos, clientes y número.',
  usage: 'seed-demo',
  run,
};
