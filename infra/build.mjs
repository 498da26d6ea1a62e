import { copyFileSync, existsSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { startChild } from './child.mjs';
import { compressFolder } from './compress.mjs';
import { forgetStamps, hashFiles, listFiles, whenStale } from './content-hash.mjs';
import { LaunchFailure } from './launch-failure.mjs';
import { DIST, inRoot, installed } from './paths.mjs';

export const SERVER_FOLDERS = ['apps', 'workflows', 'activities', 'libs'];
const TSC = installed('typescript', 'bin', 'tsc');
/** The same files that tsconfig.json leaves out: specs and what only they use. */
const NOT_SHIPPED = /\.spec\.ts$|\.arbitrary\.ts$|-suite\.ts$|(^|\/)scripted-[^/]*\.ts$|(^|\/)testing\/|^workflows\/histories\/|\.md$/;
const isShipped = (/** @type {string} */ file) => !NOT_SHIPPED.test(file);

/**
 * Compiles the processes and bundles the workflows into dist, if their sources changed since the last time.
 * @returns {Promise<boolean>} whether there was anything to do
 */
export function buildServer() {
  const files = listFiles([...SERVER_FOLDERS, 'tsconfig.json', 'package-lock.json', 'infra/bundle-workflows.mjs'], isShipped);
  return whenStale('server', hashFiles(files), async () => {
    await runTool('La compilación de TypeScript falló', TSC, ['-p', 'tsconfig.json', '--pretty', 'false']);
    copyAssets();
    await bundleWorkflows();
  });
}

/** Puts what is not TypeScript (JSON, SQL, text) beside the compiled files that read it. */
export function copyAssets() {
  for (const file of listFiles(SERVER_FOLDERS, (name) => isShipped(name) && !/\.(ts|json)$/.test(name))) copyToDist(file);
  for (const file of listFiles(SERVER_FOLDERS, (name) => isShipped(name) && name.endsWith('.json') && !/(^|\/)tsconfig.*\.json$/.test(name))) copyToDist(file);
}

/** @param {string} file relative to the checkout */
function copyToDist(file) {
  const target = path.join(DIST, file);
  mkdirSync(path.dirname(target), { recursive: true });
  copyFileSync(inRoot(file), target);
}

/** Bundles dist/workflows into dist/workflow-bundle.js, in a process of its own as it takes much memory. */
export async function bundleWorkflows() {
  await runTool('El empaquetado de los workflows falló', inRoot('infra', 'bundle-workflows.mjs'), []);
}

/** What the API says of itself, and how ng-openapi-gen makes the screens' client of it. */
const CLIENT_SOURCES = ['apps/api/openapi.json', 'ui/ng-openapi-gen.json'];

/**
 * Writes the screens' client of the API (ui/shared/api/generated) from the committed document, if that changed or nothing is there.
 * @returns {Promise<boolean>} whether there was anything to do
 */
export function generateClient() {
  if (!existsSync(inRoot('ui', 'shared', 'api', 'generated', 'models.ts'))) forgetStamps('client');
  return whenStale('client', hashFiles(listFiles([...CLIENT_SOURCES, 'package-lock.json'])), () =>
    runTool('No se pudo generar el cliente de la API', installed('ng-openapi-gen', 'lib', 'index.js'), ['--config', 'ng-openapi-gen.json'], 'ui'),
  );
}

/** Every program for a browser, each a project of ui/angular.json. */
export const SCREENS = /** @type {const} */ (['phone', 'panel', 'login']);

/**
 * Builds the screens that changed since the last time, one after another.
 * @returns {Promise<boolean>} whether there was anything to do
 */
export async function buildScreens() {
  let built = false;
  for (const screen of SCREENS) built = (await buildScreen(screen)) || built;
  return built;
}

/** The simulated phone alone. */
export const buildPhone = () => buildScreen('phone');

/**
 * Builds one program for a browser into dist/ui, if its sources changed since the last time, with a `.br` beside each file.
 * @param {typeof SCREENS[number]} screen
 * @returns {Promise<boolean>} whether there was anything to do
 */
export async function buildScreen(screen) {
  if (!existsSync(inRoot('ui', screen))) return false;
  await generateClient();
  const sources = [`ui/${screen}`, 'ui/shared', ...CLIENT_SOURCES, 'ui/angular.json', 'ui/tsconfig.json', 'package-lock.json'];
  const files = listFiles(sources, (file) => !/\.spec\.ts$|\.md$/.test(file));
  return whenStale(screen, hashFiles(files), async () => {
    await runTool(`La compilación de las pantallas (${screen}) falló`, installed('@angular', 'cli', 'bin', 'ng.js'), ['build', screen], 'ui');
    await compressFolder(path.join(DIST, 'ui', screen, 'browser'));
  });
}

/**
 * @param {string} sentence what to say when it fails
 * @param {string} script
 * @param {string[]} args
 * @param {string} [folder] of the checkout
 */
async function runTool(sentence, script, args, folder = '.') {
  /** @type {string[]} */
  const said = [];
  const env = { ...process.env, NG_CLI_ANALYTICS: 'false', CI: 'true', NO_COLOR: '1' };
  const child = await startChild(process.execPath, [script, ...args], { cwd: inRoot(folder), env, onLine: (line) => said.push(line) });
  const { code } = await child.exited;
  if (code !== 0) throw new LaunchFailure(`${sentence}: abajo está lo que dijo.`, said.slice(-60).join('\n'));
}
