import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { createWorker, OEM, PSM, type Page, type Worker } from 'tesseract.js';
import type { Word } from './rows.js';

/** The Spanish data of npm, in the whole-number form of "best": 2 MB, no download at run time. */
const languageFolder = join(dirname(createRequire(import.meta.url).resolve('@tesseract.js-data/spa/package.json')), '4.0.0_best_int');

/** A page that takes longer holds a picture made to be slow: its reader is stopped. */
const PAGE_LIMIT_MS = 45_000;
/** The reader keeps 290 MB (research/stack.md); nobody needs it between receipts. */
const IDLE_MS = 120_000;

export interface CharacterReader {
  /** @param picture PNG @returns the words on it, in pixels of its own. @throws PictureUnreadable */
  read(picture: Buffer, signal?: AbortSignal): Promise<Word[]>;
  close(): Promise<void>;
}

/** The reader of characters gave up: too slow, or it broke over this picture. */
export class PictureUnreadable extends Error {
  override readonly name = 'PictureUnreadable';
}

const wordsOf = (page: Page): Word[] =>
  (page.blocks ?? []).flatMap(({ paragraphs }) => paragraphs).flatMap(({ lines }) => lines).flatMap(({ words }) => words)
    .map(({ text, confidence, bbox }) => ({ text, confidence: confidence / 100, left: bbox.x0, right: bbox.x1, top: bbox.y0, bottom: bbox.y1 }));

async function startWorker(): Promise<Worker> {
  const started = await createWorker('spa', OEM.LSTM_ONLY, { langPath: languageFolder, gzip: true, cacheMethod: 'none', errorHandler: () => undefined });
  await started.setParameters({ tessedit_pageseg_mode: PSM.SPARSE_TEXT, preserve_interword_spaces: '1', user_defined_dpi: '200' });
  return started;
}

/** tesseract.js over a worker thread of its own, one picture after another; started when the first one comes. */
class Tesseract implements CharacterReader {
  #worker: Promise<Worker> | undefined;
  #turn: Promise<unknown> = Promise.resolve();
  #idle: NodeJS.Timeout | undefined;

  read(picture: Buffer, signal = new AbortController().signal): Promise<Word[]> {
    const mine = this.#turn.then(() => this.#readNow(picture, signal));
    this.#turn = mine.catch(() => undefined);
    return mine;
  }

  async close(): Promise<void> {
    clearTimeout(this.#idle);
    const stopped = this.#worker;
    this.#worker = undefined;
    await stopped?.then((one) => one.terminate()).catch(() => undefined);
  }

  async #readNow(picture: Buffer, signal: AbortSignal): Promise<Word[]> {
    signal.throwIfAborted();
    clearTimeout(this.#idle);
    this.#worker ??= startWorker();
    const limit = AbortSignal.any([signal, AbortSignal.timeout(PAGE_LIMIT_MS)]);
    const stopped = new Promise<never>((_, reject) => limit.addEventListener('abort', () => reject(new PictureUnreadable('stopped')), { once: true }));
    try {
      const reading = this.#worker.then((one) => one.recognize(picture, {}, { blocks: true, text: false }));
      const { data } = await Promise.race([reading, stopped]);
      return wordsOf(data);
    } catch (problem) {
      await this.close(); // it may still be busy with this picture
      signal.throwIfAborted();
      throw problem instanceof PictureUnreadable ? problem : new PictureUnreadable('broken');
    } finally {
      this.#idle = setTimeout(() => void this.close(), IDLE_MS).unref();
    }
  }
}

export const openCharacterReader = (): CharacterReader => new Tesseract();
