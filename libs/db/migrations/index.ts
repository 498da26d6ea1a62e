import { Migration0001Spine } from './0001-spine.js';

/** In order; named here so that the same classes run from sources and from dist. */
export const migrations = [{ name: '0001-spine', class: Migration0001Spine }] as const;
