import { randomBytes } from 'node:crypto';
import { inject } from 'vitest';
import { createDatabase, dropDatabase } from '../../infra/postgres-roles.mjs';
import { TEMPLATE_DATABASE, inDatabase } from './test-cluster.js';

/** A database of one spec: migrated, without any company. */
export interface TestDatabase {
  /** The app's role, bound by row-level security: what the code under test gets. */
  readonly appUrl: string;
  /** The owner's role, bound by row-level security, too (it is forced). */
  readonly ownerUrl: string;
  /** Sees and changes everything: for arranging a spec and for looking behind the locks. */
  readonly superuserUrl: string;
  /** Ends all connections and removes the database. */
  drop(): Promise<void>;
}

/** Clones the migrated template in about 0.1 s. Call it in `beforeAll`, and `drop()` in `afterAll`. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const cluster = inject('testCluster');
  const name = `spec_${randomBytes(6).toString('hex')}`;
  await createDatabase(cluster.superuserUrl, name, TEMPLATE_DATABASE);
  return {
    appUrl: inDatabase(cluster.appUrl, name),
    ownerUrl: inDatabase(cluster.ownerUrl, name),
    superuserUrl: inDatabase(cluster.superuserUrl, name),
    drop: () => dropDatabase(cluster.superuserUrl, name),
  };
}
