import { MikroORM, defineConfig } from '@mikro-orm/postgresql';
import { Migrator } from '@mikro-orm/migrations';
import { grantsFor } from './grants.js';
import { migrations } from './migrations/index.js';

/**
 * Brings the database to this version: runs what is missing, then grants the app role exactly what it may do.
 * @param ownerUrl connection of the role that owns the database
 * @param appRole the role that the application connects as; must exist
 */
export async function migrate(ownerUrl: string, appRole = 'hilo_app'): Promise<void> {
  const orm = await MikroORM.init(
    defineConfig({
      clientUrl: ownerUrl,
      entities: [],
      discovery: { warnWhenNoEntities: false },
      logger: () => undefined,
      extensions: [Migrator],
      migrations: { migrationsList: [...migrations], snapshot: false, tableName: 'migrations' },
      allowGlobalContext: false,
    }),
  );
  try {
    await orm.migrator.up();
    for (const statement of grantsFor(appRole)) await orm.em.fork().execute(statement);
  } finally {
    await orm.close();
  }
}
