import { jsonOfAnswer } from './answer-text.js';
import { ask, type AskDeps } from './openai/ask.js';
import type { ModelSettings } from './openai/settings.js';
import type { Question } from './openai/wire.js';
import { answerAsJson, documentText, readReceiptPrompt, receiptContext, repairPrompt } from './prompts/read-receipt.js';
import { readAnswer, receiptAnswerSchema, receiptOf } from './receipt-answer.js';
import type { VisionReader, VisionRequest } from './vision-reader.js';

/** So much of a wrong answer goes back for its repair. */
const LONGEST_REPAIRED = 12_000;
const LONGEST_DOCUMENT = 20_000;

const questionOf = ({ pictures, text, context }: VisionRequest, { structured }: ModelSettings): Question => ({
  instructions: structured === 'json_schema' ? readReceiptPrompt : `${readReceiptPrompt}\n\n${answerAsJson(receiptAnswerSchema)}`,
  text: [receiptContext(context), ...(text === undefined ? [] : [documentText(text.slice(0, LONGEST_DOCUMENT))])],
  pictures,
  schema: { name: 'receipt', schema: receiptAnswerSchema },
});

/** Reads receipts by a model behind an OpenAI-compatible API: one request, and a second one where the answer has another form than was asked for. */
export function openAiVisionReader(settings: ModelSettings, deps: AskDeps): VisionReader {
  const { model } = settings;
  return {
    model,
    read: async (request, signal) => {
      const question = questionOf(request, settings);
      const first = await ask(question, settings, deps, signal);
      if (!first.ok) return first;
      const read = readAnswer(jsonOfAnswer(first.text));
      if (read.ok) return { ok: true, model, ...receiptOf(read.answer, request.context) };
      const before = { answer: first.text.slice(0, LONGEST_REPAIRED), problem: repairPrompt(read.problems) };
      const second = await ask({ ...question, before }, settings, deps, signal);
      if (!second.ok) return second;
      const repaired = readAnswer(jsonOfAnswer(second.text));
      // Names of fields only: what is in them is the customer's.
      if (!repaired.ok) return { ok: false, fault: 'bad-answer', detail: repaired.problems.slice(0, 300) };
      return { ok: true, model, ...receiptOf(repaired.answer, request.context) };
    },
  };
}
