import { parseArgs } from 'node:util';
import { Connection } from '@temporalio/client';
import { required, temporalAddress, type Env } from '../../../libs/config/env.js';
import { migrate } from '../../../libs/db/migrate.js';
import { registerSearchAttributes } from '../../../libs/temporal/register-search-attributes.js';
import { CommandFailed, EXIT, type Command } from '../command.js';

const CALL_LIMIT_MS = 5_000;

/** Role that the application connects as: the user in DATABASE_URL, so that the grants fit the connection. */
export function appRole(env: Env): string {
  return decodeURIComponent(new URL(required(env, 'DATABASE_URL')).username) || 'hilo_app';
}

async function prepareTemporal(env: Env): Promise<void> {
  const address = temporalAddress(env);
  const connection = Connection.lazy({ address, connectTimeout: CALL_LIMIT_MS });
  try {
    await connection.withDeadline(Date.now() + CALL_LIMIT_MS, () =>
      registerSearchAttributes(connection, env.TEMPORAL_NAMESPACE),
    );
  } catch (problem) {
    const why = problem instanceof Error ? problem.message : String(problem);
    throw new CommandFailed(
      `La base de datos está al día, pero Temporal (${address}, namespace ${env.TEMPORAL_NAMESPACE}) no aceptó los atributos de ` +
        `búsqueda: ${why}. Fijate que esté corriendo y volvé a ejecutar «hilo migrate».`,
    );
  } finally {
    await connection.close();
  }
}

export const migrateCommand: Command = {
  name: 'migrate',
  summary: 'Deja la base de datos y Temporal al día de esta versión.',
  usage: 'migrate',
  async run(args, { env, terminal }) {
    parseArgs({ args, options: {}, strict: true });
    await migrate(required(env, 'DATABASE_OWNER_URL'), appRole(env));
    terminal.out('Base de datos: al día.');
    await prepareTemporal(env);
    terminal.out('Temporal: atributos de búsqueda al día.');
    return EXIT.done;
  },
};
