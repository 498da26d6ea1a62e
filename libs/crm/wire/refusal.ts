import type { OrderResult } from '../../domain/customers.js';
import { CrmFailure } from './crm-failure.js';
import type { OnceOnly } from './once.js';

/** A system that understood, and said no. Of a question it is a failure like others; of an order it is the answer. */
export class Refusal extends CrmFailure {
  /** @param words the system's own */
  constructor(readonly words: string) {
    super('bad-response', 'the system refused', 'answered');
  }
}

const LONGEST = 200;

/** The system said no. Long numbers in its words are somebody's (documents, phones, accounts), so they are taken out. */
export const rejected = (words: string): OrderResult => ({ ok: false, reason: 'rejected', why: words.replace(/\d{5,}/gu, '…').slice(0, LONGEST) });

/** An order that may be refused: then it is read once more, as a system may say no to what it has just done. */
export const orRefused = ({ read, write }: OnceOnly): OnceOnly => ({
  read,
  write: async () => {
    try {
      return await write();
    } catch (problem) {
      if (!(problem instanceof Refusal)) throw problem;
      const after = await read();
      if (!after) return rejected(problem.words);
      return after.ok ? { ...after, done: 'now' } : after;
    }
  },
});

/** A changing call that was answered by a 404 (no such call, no such row) has done nothing. @throws CrmFailure */
export function answered(body: unknown, operation: string): unknown {
  if (body === undefined) throw new CrmFailure('bad-response', `${operation}: HTTP 404`, 'none');
  return body;
}
