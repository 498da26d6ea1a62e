import { Copy } from './copy.mjs';
import { onParentGone } from './parent.mjs';
import { Progress } from './progress.mjs';
import { readSettings } from './settings.mjs';
import { summary } from './summary.mjs';
import { watchSources } from './watch.mjs';

/** npm passes a Ctrl-C on that the terminal has already sent: the same wish, not a second one. */
const SAME_WISH_MS = 1_000;

/**
 * Starts a copy and keeps it until it is told to stop. A second Ctrl-C does not wait.
 * @param {{ watch: boolean }} options
 * @returns {Promise<number>} exit code
 */
export async function runCopy({ watch }) {
  const progress = new Progress();
  const settings = readSettings();
  const copy = new Copy(settings, progress);
  const told = stopWish(() => copy.kill());
  process.stdout.on('error', () => {}); // whoever read our output is gone; the copy is not
  const started = (async () => {
    await copy.start();
    if (watch) await watchSources(copy.processes, progress);
    process.stdout.write(summary(settings));
  })();
  try {
    await Promise.race([started, told]);
    await told;
    return 0;
  } finally {
    started.catch(() => {}); // what is under way fails when it is stopped
    const stopping = !copy.processes.isEmpty;
    if (stopping) progress.note('Deteniendo todo, en orden…');
    await copy.stop();
    if (stopping) progress.note('Detenido. Los datos quedan guardados.');
  }
}

/**
 * Settles when somebody wants the launcher to stop: Ctrl-C, SIGTERM, a closed terminal, or the death of the process that
 * runs this one.
 * @param {() => void} onImpatience
 * @returns {Promise<void>}
 */
function stopWish(onImpatience) {
  return new Promise((resolve) => {
    let firstAt = 0;
    const wish = () => {
      if (firstAt === 0) firstAt = Date.now();
      else if (Date.now() - firstAt > SAME_WISH_MS) {
        onImpatience();
        process.exit(130);
      }
      resolve();
    };
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, wish);
    onParentGone(wish);
  });
}
