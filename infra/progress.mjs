const STILL_MS = 15_000;

/**
 * Tells a person what a launcher is doing: a line when a step begins, one when it ends, and one every 15 s in between, so
 * that a slow step is not taken for a dead one. Plain lines, as they also have to read well in a file.
 */
export class Progress {
  #startedAt = Date.now();

  /**
   * @template T
   * @param {string} title
   * @param {(report: (message: string) => void) => Promise<T>} work
   * @returns {Promise<T>}
   */
  async step(title, work) {
    const from = Date.now();
    const seconds = () => ((Date.now() - from) / 1000).toFixed(1);
    this.note(`${title}…`);
    const still = setInterval(() => this.note(`${title}… sigue (${seconds()} s)`), STILL_MS);
    try {
      const result = await work((message) => this.note(`${title}: ${message}`));
      this.#print('✔', `${title} (${seconds()} s)`);
      return result;
    } finally {
      clearInterval(still);
    }
  }

  /** @param {string} message */
  note(message) {
    this.#print('·', message);
  }

  /**
   * @param {string} mark
   * @param {string} message
   */
  #print(mark, message) {
    const sinceStart = ((Date.now() - this.#startedAt) / 1000).toFixed(1).padStart(6);
    process.stdout.write(`${sinceStart} ${mark} ${message}\n`);
  }
}
