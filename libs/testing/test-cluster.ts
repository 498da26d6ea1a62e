import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { TestProject } from 'vitest/node';
import { startPostgres } from '../../infra/postgres.mjs';
import { createDatabase } from '../../infra/postgres-roles.mjs';
import { migrate } from '../db/migrate.js';
import { withoutPace } from './quiet-numbers.js';

/** Where the specs of one run find their PostgreSQL. */
export interface TestCluster {
  readonly superuserUrl: string;
  readonly ownerUrl: string;
  readonly appUrl: string;
}

declare module 'vitest' {
  export interface ProvidedContext {
    testCluster: TestCluster;
  }
}

/** A migrated database that nobody connects to, so that it can be cloned in a moment. */
export const TEMPLATE_DATABASE = 'hilo_template';

/** Runs once before the specs: a throw-away cluster (no fsync) with a migrated template database. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const dataDir = mkdtempSync(path.join(os.tmpdir(), 'hilo-test-cluster-'));
  const postgres = await startPostgres({ dataDir, durable: false, settings: { max_connections: '400' } });
  const { superuser, owner, app } = postgres.urls;
  await createDatabase(superuser, TEMPLATE_DATABASE);
  await migrate(inDatabase(owner, TEMPLATE_DATABASE), 'hilo_app');
  await withoutPace(inDatabase(owner, TEMPLATE_DATABASE));
  project.provide('testCluster', { superuserUrl: superuser, ownerUrl: owner, appUrl: app });
  return async () => {
    await postgres.stop('immediate');
    rmSync(dataDir, { recursive: true, force: true });
  };
}

/** The same connection to another database of the cluster. */
export function inDatabase(url: string, database: string): string {
  const changed = new URL(url);
  changed.pathname = `/${database}`;
  return changed.href;
}
