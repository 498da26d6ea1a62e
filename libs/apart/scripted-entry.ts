import { answerApart } from './answer-apart.js';

export type Scripted = 'pid' | 'environment' | 'loop' | 'heap' | 'buffers' | 'throw';

const kept: unknown[] = [];

const acts: Record<Scripted, () => unknown> = {
  pid: () => process.pid,
  environment: () => Object.keys(process.env),
  loop: () => {
    for (;;);
  },
  heap: () => {
    for (;;) kept.push(Array.from({ length: 10_000 }, (_, i) => ({ i })));
  },
  buffers: () => {
    for (;;) kept.push(Buffer.alloc(8 * 1024 * 1024, 1));
  },
  throw: () => {
    throw new Error('secret');
  },
};

answerApart(async (act: Scripted) => acts[act]());
