import type pg from 'pg';
import type { Env } from '../../../libs/config/env.js';
import type { Vault } from '../../../libs/vault/vault.js';
import type { MediaStore } from '../../../libs/media/media-store.js';
import type { MikroORM } from '../../../libs/db/orm.js';
import type { OutsideSystems } from '../../../activities/isp/opening.js';
import type { HttpClient } from '../../../libs/http/http-client.js';
import type { Probe } from './health/probes.js';

/** What the API stands on; opened by `main.ts`, given by specs. */
export interface Sources {
  env: Env;
  /** Company rows, through `forCompany`. */
  orm: MikroORM;
  /** Files of messages. */
  media: MediaStore;
  /** What is kept sealed. */
  vault: Vault;
  /** What ISP systems are called with; the guarded client where a spec gives no other. */
  outgoing?(company: string): HttpClient;
  /** ISP systems that are reached over the network; those of libs/crm/registry.ts where a spec gives no others. */
  outsideSystems?: OutsideSystems;
  /** Folder of the built screens; without it the API serves none. */
  screens?: string;
  /** Short questions of the platform (health, heartbeat), with a limit of a second each. */
  pool: pg.Pool;
  /** Asked by `GET /health`, besides the heartbeats. */
  probes: readonly Probe[];
}

/** Injection token of `Sources`. */
export const SOURCES = Symbol('Sources');
