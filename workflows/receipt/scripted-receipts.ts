import { randomUUID } from 'node:crypto';
import { decideReceipt } from '../../libs/domain/receipt/command.js';
import type { ReceiptState } from '../../libs/domain/receipt/case.js';
import { defaultReceiptPolicy } from '../../libs/domain/receipt/policy.js';
import { remindInMs } from '../../libs/domain/receipt/reminding.js';
import { nextLookMs } from '../../libs/domain/receipt/waiting.js';
import type { ReceiptActivities, ReceiptReadingActivities } from '../../activities/receipts/receipts.js';

/** A receipt without a database. */
export interface ScriptedReceipt {
  state: ReceiptState;
  /** So often its file is still fetched. */
  missing: number;
  /** So often the worker dies over the next step, having done it or not. */
  dying: number;
  /** What the bank's statement, or the ISP's system, says now. */
  says: 'confirmed' | 'not-yet' | 'nothing' | 'taken' | 'away';
  readAtMs?: number;
  /** When it came to a person, and whether they were reminded. */
  reviewAtMs?: number;
  isReminded?: boolean;
  settlement?: string;
  conversation?: { conversation: string; step: string };
  /** What was done, in order: each once, as the rows make sure. */
  did: string[];
  commands: Map<string, Awaited<ReturnType<ReceiptActivities['receiptCommand']>>>;
}

/** Receipts in memory for specs of their workflow: the same decisions on commands and waiting, no rows and no reader. */
export class ScriptedReceipts {
  readonly receipts = new Map<string, ScriptedReceipt>();
  /** Why each command is given, by its id: what is a row of orders. */
  readonly reasons = new Map<string, string>();

  constructor(private readonly now: () => Promise<number>) {}

  add(more: Partial<ScriptedReceipt> = {}): string {
    const id = randomUUID();
    this.receipts.set(id, { state: 'reading', missing: 0, dying: 0, says: 'not-yet', did: [], commands: new Map(), ...more });
    return id;
  }

  of(id: string): ScriptedReceipt {
    return this.receipts.get(id)!;
  }

  /** Does a thing, and dies over it as often as it is scripted to: the second attempt finds it done. */
  #step<T>(receipt: ScriptedReceipt, entry: string, work: () => T): T {
    if (receipt.did.at(-1) !== entry) receipt.did.push(entry);
    const done = work();
    if (receipt.dying > 0) {
      receipt.dying -= 1;
      throw new Error('the worker died');
    }
    return done;
  }

  #settle(receipt: ScriptedReceipt): string {
    return (receipt.settlement ??= randomUUID());
  }

  readonly forReading: ReceiptReadingActivities = {
    readReceipt: async ({ receipt: id }) => {
      const receipt = this.receipts.get(id);
      if (!receipt) return { state: 'other', isRead: true }; // of conversations that look at pictures: something else
      if (receipt.missing > 0) {
        receipt.missing -= 1;
        return { state: 'not-yet' };
      }
      const nowMs = await this.now();
      return this.#step(receipt, 'read', () => {
        receipt.readAtMs ??= nowMs;
        return { state: receipt.state, isRead: true, ...(receipt.conversation && { looked: receipt.conversation }) };
      });
    },
  };

  readonly forMain: ReceiptActivities = {
    weighReceipt: async ({ receipt: id }) => {
      const receipt = this.of(id);
      const nowMs = await this.now();
      return this.#step(receipt, `weigh ${receipt.says}`, () => {
        if (!['reading', 'waiting', 'review'].includes(receipt.state)) return { state: receipt.state, ...(receipt.settlement !== undefined && receipt.state === 'accepted' && { settlement: receipt.settlement }) };
        const nextInMs = nextLookMs(receipt.readAtMs!, nowMs);
        if (receipt.says === 'confirmed') Object.assign(receipt, { state: 'accepted', settlement: this.#settle(receipt) });
        else if (receipt.says === 'taken') receipt.state = 'rejected';
        else receipt.state = receipt.says !== 'nothing' && nextInMs !== undefined ? 'waiting' : 'review';
        return { state: receipt.state, ...(receipt.state === 'waiting' && { nextInMs }), ...(receipt.state === 'accepted' && { settlement: receipt.settlement }) };
      });
    },

    receiptCommand: ({ receipt: id, command, kind }) => {
      const receipt = this.of(id);
      const known = receipt.commands.get(command);
      if (known) return Promise.resolve(known);
      const decision = decideReceipt({ state: receipt.state, hasCustomer: true, hasAmount: true }, { kind, hasReason: this.reasons.has(command), despite: false });
      if (!decision.ok) return Promise.resolve({ answer: decision, effects: {} });
      receipt.state = decision.to;
      receipt.did.push(kind);
      const taken = receipt.settlement;
      if (decision.reverses || kind === 'reject') delete receipt.settlement;
      const settlement = kind === 'approve' ? this.#settle(receipt) : undefined;
      const effects = kind === 'approve' ? { start: settlement! } : kind === 'correct' ? { weigh: true as const } : taken !== undefined ? { reverse: taken } : { tell: true as const };
      const result = { answer: { ok: true as const, state: receipt.state, ...(settlement === undefined ? {} : { settlement }) }, effects };
      receipt.commands.set(command, result);
      return Promise.resolve(result);
    },

    tellReceipt: async ({ receipt: id }) => this.#step(this.of(id), `tell ${this.of(id).state}`, () => undefined),

    remindOfReview: async ({ receipt: id }) => {
      const receipt = this.of(id);
      if (receipt.state !== 'review' || receipt.isReminded) return {};
      const nowMs = await this.now();
      const inMs = remindInMs((receipt.reviewAtMs ??= nowMs), nowMs, defaultReceiptPolicy)!;
      if (inMs > 0) return { inMs };
      return this.#step(receipt, 'remind', () => {
        receipt.isReminded = true;
        return {};
      });
    },

    reverseReceipt: ({ settlement }) => {
      for (const receipt of this.receipts.values()) if ([...receipt.commands.values()].some(({ effects }) => effects.reverse === settlement)) this.#step(receipt, 'reverse', () => undefined);
      return Promise.resolve();
    },
  };
}
