import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** The checkout. */
export const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');

/** @param {string[]} parts a path inside the checkout */
export const inRoot = (...parts) => path.join(ROOT, ...parts);

/** Where everything that is built goes. */
export const DIST = inRoot('dist');

/**
 * A program that npm installed, as the script to run with Node.
 * @param {string[]} parts below node_modules
 */
export const installed = (...parts) => inRoot('node_modules', ...parts);
