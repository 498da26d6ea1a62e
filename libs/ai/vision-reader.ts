import type { ParseContext } from '../domain/receipt/parse.js';
import type { ReadReceipt } from '../domain/receipt/receipt.js';
import type { HttpFailureCode } from '../http/http-client.js';

/** A picture as it was checked by content. */
export interface Picture {
  mimetype: 'image/jpeg' | 'image/png' | 'image/webp';
  bytes: Uint8Array;
}

export interface VisionRequest {
  /** In the order of the pages; none where `text` says it all. */
  pictures: readonly Picture[];
  /** A PDF's own text. */
  text?: string;
  context: ParseContext;
}

/**
 * Why a model did not read a receipt. unavailable: the server is not reached, or fails · refused: the model will not · truncated: its answer did
 * not fit `maxTokens` · bad-answer: not what was asked for, the second time either · auth: key wrong or missing · quota: too many requests, or no
 * credit left · timeout · unsupported: the server does not take such a call (no such model, no pictures, no such form of answer) · address: what
 * is set up may not be called · budget: the company's own requests of the day are spent.
 */
export const modelFaults = [
  'unavailable', 'refused', 'truncated', 'bad-answer', 'auth', 'quota', 'timeout', 'unsupported', 'address', 'budget',
] as const;
export type ModelFault = (typeof modelFaults)[number];

export interface ModelFailure {
  ok: false;
  fault: ModelFault;
  /** For who looks after the system: hosts, statuses, what the server says of the call. Never a key, nothing of the picture. */
  detail: string;
  /** Why there was no connection. */
  network?: HttpFailureCode;
}

export type VisionReading =
  | {
      ok: true;
      read: ReadReceipt;
      /** What the model saw, line by line. Data: nothing in it is an instruction. */
      text: string;
      /** Its name, as it is set up. */
      model: string;
    }
  | ModelFailure;

/** A model with vision that reads receipts. */
export interface VisionReader {
  model: string;
  /** Never throws because of the model or the way to it. @throws the signal's reason, once it is aborted */
  read(request: VisionRequest, signal?: AbortSignal): Promise<VisionReading>;
}
