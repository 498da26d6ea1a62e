import { z } from 'zod';
import type { SimulatedAnswer, SimulatedRequest } from '../exchange.js';

/** What a scripted model answers: JSON or words, an error, or an end of its own; `delayMs` before that. */
export const scriptedAnswer = z.object({
  json: z.unknown().optional(),
  text: z.string().optional(),
  end: z.enum(['stop', 'length', 'refusal', 'content_filter']).default('stop'),
  status: z.number().int().min(200).max(599).default(200),
  error: z.object({ message: z.string(), code: z.string().optional() }).optional(),
  delayMs: z.number().int().min(0).max(120_000).default(0),
});
export type ScriptedAnswer = z.input<typeof scriptedAnswer>;

/** `answers` are given in turn; after them `fallback`, as often as it takes. `key`: the only one that is let in. */
export const modelScript = z.object({ answers: z.array(scriptedAnswer).max(1_000).default([]), fallback: scriptedAnswer.optional(), key: z.string().optional() });
export type ModelScript = z.input<typeof modelScript>;

/** A call as it came. Never its key. */
export interface ModelCall {
  api: 'responses' | 'chat';
  model: string;
  authorized: boolean;
  /** What was said to it, the instructions first. */
  texts: string[];
  /** Media types of the pictures that it was shown. */
  pictures: string[];
  /** `json_schema`, `json_object`; absent: none was asked for. */
  form?: string;
  status: number;
}

const part = z.looseObject({ type: z.string().optional(), text: z.string().optional(), image_url: z.union([z.string(), z.object({ url: z.string() })]).optional() });
const content = z.union([z.string(), z.array(part)]);
const body = z.looseObject({
  model: z.string(), instructions: z.string().optional(),
  input: z.array(z.looseObject({ content })).optional(), messages: z.array(z.looseObject({ content })).optional(),
  text: z.object({ format: z.object({ type: z.string() }) }).optional(), response_format: z.object({ type: z.string() }).optional(),
});

const error = (status: number, message: string, code?: string): SimulatedAnswer => ({ status, body: { error: { message, type: 'error', ...(code === undefined ? {} : { code }) } } });
const MOST_CALLS = 500;

/** A model of an OpenAI-compatible server that says what a script tells it. */
export class ModelSimulator {
  #script = modelScript.parse({});
  #calls: ModelCall[] = [];

  script(script: ModelScript): void {
    this.#script = modelScript.parse(script);
    this.#calls = [];
  }

  get calls(): readonly ModelCall[] {
    return this.#calls;
  }

  /** @param api by which it was asked */
  react(api: ModelCall['api'], { headers, body: bytes }: SimulatedRequest): { waitMs: number; answer: SimulatedAnswer } {
    const read = body.safeParse(jsonOf(bytes));
    if (!read.success) return { waitMs: 0, answer: error(400, 'The body is no request of this API.', 'invalid_request_error') };
    const authorized = this.#script.key === undefined || headers['authorization'] === `Bearer ${this.#script.key}`;
    const next = authorized ? this.#script.answers.shift() ?? this.#script.fallback : undefined;
    const answer = !authorized ? error(401, 'Incorrect API key provided.', 'invalid_api_key') : next ? answered(api, read.data.model, next) : error(404, `The model ${read.data.model} has no script.`, 'model_not_found');
    this.#calls = [...this.#calls, callOf(api, read.data, authorized, answer.status ?? 200)].slice(-MOST_CALLS);
    return { waitMs: next?.delayMs ?? 0, answer };
  }
}

function jsonOf(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString()) as unknown;
  } catch {
    return undefined;
  }
}

function callOf(api: ModelCall['api'], asked: z.infer<typeof body>, authorized: boolean, status: number): ModelCall {
  const parts = [...(asked.input ?? []), ...(asked.messages ?? [])].flatMap((one) => (typeof one.content === 'string' ? [{ text: one.content }] : one.content));
  const urls = parts.flatMap(({ image_url: url }) => (url === undefined ? [] : [typeof url === 'string' ? url : url.url]));
  const form = asked.text?.format.type ?? asked.response_format?.type;
  return {
    api, model: asked.model, authorized, status, texts: [...(asked.instructions === undefined ? [] : [asked.instructions]), ...parts.flatMap(({ text }) => text ?? [])],
    pictures: urls.map((url) => /^data:([^;]+);base64,/u.exec(url)?.[1] ?? 'link'), ...(form === undefined ? {} : { form }),
  };
}

function answered(api: ModelCall['api'], model: string, { json, text, end, status, error: failed }: z.infer<typeof scriptedAnswer>): SimulatedAnswer {
  if (status > 299) return error(status, failed?.message ?? 'Scripted error', failed?.code);
  const said = text ?? JSON.stringify(json ?? {});
  if (api === 'chat') {
    const message = end === 'refusal' ? { role: 'assistant', content: null, refusal: said } : { role: 'assistant', content: said };
    return { status, body: { id: 'chatcmpl-1', object: 'chat.completion', model, choices: [{ index: 0, finish_reason: end === 'refusal' ? 'stop' : end, message }] } };
  }
  const part = end === 'refusal' ? { type: 'refusal', refusal: said } : { type: 'output_text', text: said };
  const cut = { length: 'max_output_tokens', content_filter: 'content_filter' }[end as 'length' | 'content_filter'] as string | undefined;
  return {
    status,
    body: {
      id: 'resp_1', object: 'response', model, status: cut === undefined ? 'completed' : 'incomplete', incomplete_details: cut === undefined ? null : { reason: cut },
      output: [{ type: 'reasoning', summary: [] }, { type: 'message', role: 'assistant', content: [part] }],
    },
  };
}
