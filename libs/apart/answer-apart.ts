import { Worker } from 'node:worker_threads';
import { entryBeside } from './process-apart.js';

/**
 * What the entry of a process apart does: answers one question after another. What goes wrong while it does ends the process, which is its answer;
 * a fault that can be named is part of the answer instead.
 */
export function answerApart<Question>(answer: (question: Question) => Promise<unknown>): void {
  const megabytes = Number(process.argv[2]);
  // A thread of its own looks on while this one is busy for ever.
  const keeper = new Worker(entryBeside('keeper', import.meta.url), { workerData: { megabytes, parent: process.ppid }, execArgv: [] });
  process.on('disconnect', () => process.exit());
  // A terminal's Ctrl-C and whoever stops a whole group mean the one that asks: when it goes, this goes.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => undefined);
  process.on('message', (question: Question) => {
    void answer(question).then((said) => process.send!(said), () => process.exit(1));
  });
  keeper.once('online', () => process.send!('ready'));
  keeper.unref();
}
