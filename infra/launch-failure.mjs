/**
 * A failure that ends a launcher. Its message is one Spanish sentence for the person at the terminal: what happened and
 * what to do about it. Anything thrown that is not a LaunchFailure is a fault of Hilo and is shown with its stack.
 */
export class LaunchFailure extends Error {
  /**
   * @param {string} message
   * @param {string} [detail] output of the program that failed, shown under the sentence
   */
  constructor(message, detail = '') {
    super(message);
    this.name = 'LaunchFailure';
    this.detail = detail.trim();
  }
}

/**
 * The sentence for an error of the file system that a person can do something about, or undefined.
 * @param {unknown} error
 * @returns {LaunchFailure | undefined}
 */
export function fileSystemFailure(error) {
  const { code, path } = /** @type {NodeJS.ErrnoException} */ (error ?? {});
  if (code === 'ENOSPC') return new LaunchFailure(`No queda espacio en el disco de ${path ?? 'esta máquina'}: liberá lugar y volvé a intentar.`);
  if (code === 'EACCES' || code === 'EROFS') return new LaunchFailure(`No se puede escribir en ${path}: dale permiso a tu usuario o elegí otra carpeta con DATA_DIR.`);
  return undefined;
}

/**
 * Runs a launcher's main function; a failure becomes its sentence and exit code 1.
 * @param {() => Promise<number | void>} main answers the exit code, or nothing to leave the process running
 */
export async function runLauncher(main) {
  try {
    const code = await main();
    if (code !== undefined) process.exit(code);
  } catch (error) {
    const failure = error instanceof LaunchFailure ? error : fileSystemFailure(error);
    if (!failure) console.error(error);
    else console.error(`\n✖ ${failure.message}${failure.detail ? `\n${failure.detail}` : ''}`);
    process.exit(1);
  }
}
