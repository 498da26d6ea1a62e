import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { extname } from 'node:path';

export interface Limits {
  /** Of everything that the process holds, and of its heap alone. */
  megabytes: number;
  /** From question to answer. */
  milliseconds: number;
}

/** late: it took longer than it may · died: it took more memory than it may, or broke its process. Both say something of the file, nothing of us. */
export class ApartFailure extends Error {
  override readonly name = 'ApartFailure';

  constructor(readonly why: 'late' | 'died') {
    super(why);
  }
}

/** A process that nobody has asked for so long is ended: it keeps some 100 MB. */
const IDLE_MS = 120_000;
/** Starting takes a quarter of a second, and far more on a machine that has no time. */
const START_LIMIT_MS = 60_000;

/** An entry beside the file that names it: compiled, or its source where that runs from source (specs, benches). */
export function entryBeside(name: string, file: string): URL {
  return new URL(`./${name}${extname(file)}`, file);
}

/**
 * Reads what strangers made in a process of its own, one question after another, so that what loops or eats memory stops nobody else: it is killed,
 * and the next question starts a new one. It has no environment, and so no secrets. Started when the first question comes.
 */
export class ProcessApart<Question, Answer> {
  #child: Promise<ChildProcess> | undefined;
  #turn: Promise<unknown> = Promise.resolve();
  #idle: NodeJS.Timeout | undefined;

  /** @param entry calls `answerApart` @param limits of each question */
  constructor(
    private readonly entry: URL,
    private readonly limits: Limits,
  ) {}

  /** @throws ApartFailure; Error where no process could be started */
  ask(question: Question): Promise<Answer> {
    const mine = this.#turn.then(() => this.#askTwice(question));
    this.#turn = mine.catch(() => undefined);
    return mine;
  }

  async close(): Promise<void> {
    clearTimeout(this.#idle);
    const stopped = this.#child;
    this.#child = undefined;
    await stopped?.then((child) => child.kill('SIGKILL')).catch(() => undefined);
  }

  /** That a process died once may be somebody's doing who wanted memory. */
  async #askTwice(question: Question): Promise<Answer> {
    try {
      return await this.#askNow(question);
    } catch (problem) {
      if (problem instanceof ApartFailure && problem.why === 'died') return this.#askNow(question);
      throw problem;
    }
  }

  async #askNow(question: Question): Promise<Answer> {
    clearTimeout(this.#idle);
    this.#child ??= this.#start();
    try {
      const child = await this.#child;
      hold(child, true);
      const answer = await answerOf(child, question, this.limits.milliseconds);
      hold(child, false);
      this.#idle = setTimeout(() => void this.close(), IDLE_MS).unref();
      return answer as Answer;
    } catch (problem) {
      await this.close(); // it may still be busy with this question
      throw problem;
    }
  }

  async #start(): Promise<ChildProcess> {
    const { entry, limits } = this;
    const fromSource = extname(entry.pathname) === '.ts' ? ['--import', '@swc-node/register/esm-register'] : [];
    const child = fork(entry, [String(limits.megabytes)], {
      execArgv: [...fromSource, `--max-old-space-size=${limits.megabytes}`], env: {}, serialization: 'advanced', stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    });
    const ended = new Promise<never>((_, reject) => {
      child.once('error', reject);
      child.once('exit', (code, signal) => reject(new Error(`The process apart ended before it began (${signal ?? code})`)));
    });
    try {
      await Promise.race([once(child, 'message', { signal: AbortSignal.timeout(START_LIMIT_MS) }), ended]);
      return child;
    } catch (problem) {
      child.kill('SIGKILL');
      throw problem;
    }
  }
}

/** Whether it keeps this process from ending: while it is asked something. */
function hold(child: ChildProcess, isAsked: boolean): void {
  const how = isAsked ? 'ref' : 'unref';
  child[how]();
  (child.channel as { ref(): void; unref(): void } | null | undefined)?.[how]();
}

/** One question's answer. @throws ApartFailure */
function answerOf(child: ChildProcess, question: unknown, withinMs: number): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const done = (settle: () => void) => {
      clearTimeout(late);
      child.off('message', answered).off('exit', died).off('error', died);
      settle();
    };
    const answered = (answer: unknown) => done(() => resolve(answer));
    const died = () => done(() => reject(new ApartFailure('died')));
    const late = setTimeout(() => done(() => reject(new ApartFailure('late'))), withinMs);
    child.once('message', answered).once('exit', died).once('error', died);
    if (child.connected) child.send(question as object, (error) => error && died());
    else died();
  });
}
