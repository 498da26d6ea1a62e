import { z } from 'zod';
import type { Picture } from '../vision-reader.js';
import type { ModelSettings } from './settings.js';

/** One question to a model: no tools, nothing kept by the server. */
export interface Question {
  instructions: string;
  text: readonly string[];
  pictures: readonly Picture[];
  /** What it answered before, and what was wrong with that. */
  before?: { answer: string; problem: string };
  schema: { name: string; schema: object };
}

export interface WireRequest {
  path: string;
  body: object;
}

const dataUrl = ({ mimetype, bytes }: Picture): string => `data:${mimetype};base64,${Buffer.from(bytes).toString('base64')}`;

function responsesRequest({ instructions, text, pictures, before, schema }: Question, { model, structured, maxTokens }: ModelSettings): WireRequest {
  const content = [
    ...text.map((one) => ({ type: 'input_text', text: one })),
    ...pictures.map((one) => ({ type: 'input_image', image_url: dataUrl(one), detail: 'high' })),
  ];
  const repair = before ? [{ role: 'assistant', content: before.answer }, { role: 'user', content: before.problem }] : [];
  const format = structured === 'json_schema' ? { type: 'json_schema', ...schema, strict: true } : { type: 'json_object' };
  return {
    path: '/responses',
    body: {
      model, instructions, input: [{ role: 'user', content }, ...repair], max_output_tokens: maxTokens, store: false,
      ...(structured === 'prompt' ? {} : { text: { format } }),
    },
  };
}

/** OpenAI's newer models take the second name alone; other servers know the first for certain. */
const lengthOf = ({ baseUrl, maxTokens }: ModelSettings): object =>
  new URL(baseUrl).hostname.endsWith('openai.com') ? { max_completion_tokens: maxTokens } : { max_tokens: maxTokens };

function chatRequest({ instructions, text, pictures, before, schema }: Question, settings: ModelSettings): WireRequest {
  const { model, structured } = settings;
  const content = [
    ...text.map((one) => ({ type: 'text', text: one })),
    ...pictures.map((one) => ({ type: 'image_url', image_url: { url: dataUrl(one), detail: 'high' } })),
  ];
  const repair = before ? [{ role: 'assistant', content: before.answer }, { role: 'user', content: before.problem }] : [];
  const format = structured === 'json_schema' ? { type: 'json_schema', json_schema: { ...schema, strict: true } } : { type: 'json_object' };
  return {
    path: '/chat/completions',
    body: {
      model, messages: [{ role: 'system', content: instructions }, { role: 'user', content }, ...repair], ...lengthOf(settings),
      ...(structured === 'prompt' ? {} : { response_format: format }),
    },
  };
}

export const requestOf = (question: Question, settings: ModelSettings): WireRequest =>
  (settings.api === 'responses' ? responsesRequest : chatRequest)(question, settings);

/** What came back: words, or why there are none. `failed` is the server's own error code. */
export type Spoken =
  | { kind: 'text'; text: string }
  | { kind: 'refused' | 'truncated' | 'nothing' }
  | { kind: 'failed'; code: string };

const responsesAnswer = z.object({
  status: z.string().optional(),
  incomplete_details: z.object({ reason: z.string().optional() }).nullish(),
  error: z.object({ code: z.string().nullish() }).nullish(),
  output: z.array(z.object({
    type: z.string(), content: z.array(z.object({ type: z.string(), text: z.string().optional(), refusal: z.string().optional() })).nullish(),
  })),
});

function ofResponses(json: unknown): Spoken | undefined {
  const read = responsesAnswer.safeParse(json);
  if (!read.success) return undefined;
  const { status, incomplete_details: cut, error, output } = read.data;
  if (status === 'failed') return { kind: 'failed', code: error?.code ?? '' };
  if (status === 'incomplete') return { kind: cut?.reason === 'content_filter' ? 'refused' : 'truncated' };
  const parts = output.filter(({ type }) => type === 'message').flatMap(({ content }) => content ?? []);
  if (parts.some(({ type }) => type === 'refusal')) return { kind: 'refused' };
  const text = parts.map((part) => (part.type === 'output_text' ? part.text ?? '' : '')).join('');
  return text === '' ? { kind: 'nothing' } : { kind: 'text', text };
}

const chatAnswer = z.object({
  choices: z.array(z.object({
    finish_reason: z.string().nullish(),
    message: z.object({ content: z.union([z.string(), z.array(z.object({ text: z.string().optional() }))]).nullish(), refusal: z.string().nullish() }),
  })).min(1),
});

function ofChat(json: unknown): Spoken | undefined {
  const read = chatAnswer.safeParse(json);
  if (!read.success) return undefined;
  const [{ finish_reason: end, message }] = read.data.choices as [z.infer<typeof chatAnswer>['choices'][number]];
  if (message.refusal || end === 'content_filter') return { kind: 'refused' };
  if (end === 'length') return { kind: 'truncated' };
  const text = typeof message.content === 'string' ? message.content : (message.content ?? []).map((part) => part.text ?? '').join('');
  return text === '' ? { kind: 'nothing' } : { kind: 'text', text };
}

/** @returns undefined for what is no answer of this API */
export const spokenIn = (json: unknown, api: ModelSettings['api']): Spoken | undefined => (api === 'responses' ? ofResponses(json) : ofChat(json));
