import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { patience, read, send, type SimulatedAnswer, type SimulatedRequest } from '../exchange.js';
import { modelScript, type ModelSimulator } from './simulator.js';

export const OPENAI_PATH = '/openai';

function control(simulator: ModelSimulator, { method, path, headers, body }: SimulatedRequest): SimulatedAnswer {
  // A page of another site that the developer has open must not steer the simulator.
  if (headers['sec-fetch-site'] === 'cross-site') return { status: 403, body: { detail: 'That call comes from another site.' } };
  if (method === 'GET' && path === '/calls') return { body: [...simulator.calls] };
  if (method !== 'PUT' || path !== '/script') return { status: 404, body: { detail: 'PUT /openai/script, GET /openai/calls, POST /openai/v1/responses, POST /openai/v1/chat/completions' } };
  try {
    simulator.script(modelScript.parse(JSON.parse(body.toString())));
    return { body: { ok: true } };
  } catch (problem) {
    return { status: 400, body: { detail: problem instanceof Error ? problem.message : 'no script' } };
  }
}

const apis: Readonly<Record<string, 'responses' | 'chat'>> = { '/v1/responses': 'responses', '/v1/chat/completions': 'chat' };

async function handle(simulator: ModelSimulator, incoming: IncomingMessage, response: ServerResponse): Promise<void> {
  const request = await read(incoming, OPENAI_PATH);
  const api = request.method === 'POST' ? apis[request.path] : undefined;
  if (api === undefined) return send(response, control(simulator, request));
  const { waitMs, answer } = simulator.react(api, request);
  await patience(waitMs, response);
  if (!response.destroyed) send(response, answer);
}

/** A model at `/openai/v1/…`, its script and its calls at `/openai/…`: for any HTTP server. */
export function openAiListener(simulator: ModelSimulator): RequestListener {
  return (request, response) => void handle(simulator, request, response).catch(() => response.destroy());
}
