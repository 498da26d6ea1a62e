import { createWriteStream, existsSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { finished } from 'node:stream/promises';
import { parseArgs } from 'node:util';
import pg from 'pg';
import { required, type Env } from '../../../libs/config/env.js';
import { CommandFailed, EXIT, type Command } from '../command.js';
import { exactly, needed } from '../company/arguments.js';
import { exportCompany, type Exported } from '../company/export.js';
import { unknown } from '../company/platform-rows.js';

/** Readable by whoever runs the command alone: the file holds customers' data. */
const MODE = 0o600;

/** Under a name of its own until it is whole: half an export must not be taken for one. */
async function exportTo(env: Env, company: string, file: string): Promise<Exported[]> {
  const unfinished = `${file}.parcial`;
  const client = new pg.Client({ connectionString: required(env, 'DATABASE_URL') });
  await client.connect();
  try {
    const to = createWriteStream(unfinished, { mode: MODE, flags: 'w' });
    const written = finished(to);
    const exported = await exportCompany(client, company, to);
    to.end();
    await written;
    if (!exported) throw new CommandFailed(unknown(company));
    await rename(unfinished, file);
    return exported;
  } catch (problem) {
    await rm(unfinished, { force: true });
    throw problem;
  } finally {
    await client.end();
  }
}

export const companyExport: Command = {
  name: 'company export',
  summary: 'Escribe todas las filas de una empresa en un archivo JSON Lines; sin contraseñas, sesiones ni claves.',
  usage: 'company export <empresa> --to <archivo>',
  async run(args, { env, terminal }) {
    const { values, positionals } = parseArgs({ args, strict: true, allowPositionals: true, options: { to: { type: 'string' } } });
    const [company] = exactly(positionals, 'el id de la empresa');
    const file = needed(values.to, 'to');
    if (existsSync(file)) throw new CommandFailed(`El archivo «${file}» ya existe: no se pisa. Elegí otro nombre.`);
    const exported = await exportTo(env, company, file);
    for (const { table, rows } of exported.filter((one) => one.rows > 0)) terminal.out(`${String(rows).padStart(8)}  ${table}`);
    const total = exported.reduce((sum, { rows }) => sum + rows, 0);
    terminal.out(`${total} filas de «${company}» en ${file}.`);
    return EXIT.done;
  },
};
