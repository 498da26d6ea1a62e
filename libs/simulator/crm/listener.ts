import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { patience, read, send } from '../exchange.js';
import { control } from './control.js';
import type { CrmSimulator, Reaction } from './simulator.js';

export const CRM_PATH = '/crm';

async function handle(simulator: CrmSimulator, incoming: IncomingMessage, response: ServerResponse): Promise<void> {
  const request = await read(incoming, CRM_PATH);
  const id = request.path.split('/')[1] ?? '';
  const system = simulator.systems.find((one) => one.id === id);
  // A page of another site that the developer has open must not steer the simulator.
  if (!system && request.headers['sec-fetch-site'] === 'cross-site') return send(response, { status: 403, body: { detail: 'That call comes from another site.' } });
  if (!system) return send(response, control(simulator, request));
  const path = request.path.slice(id.length + 1) || '/';
  const { waitMs, answer }: Reaction = await simulator.react(system, { ...request, path, base: `${request.base}/${id}` });
  simulator.record({ system: id, method: request.method, path, status: answer?.status ?? (answer ? 200 : 0) });
  await patience(waitMs, response);
  if (response.destroyed) return;
  if (answer) send(response, answer);
  else response.socket?.destroy();
}

/** The simulated systems at `/crm/<system>/…`, and how they are controlled at `/crm/…`: for any HTTP server. */
export function crmListener(simulator: CrmSimulator): RequestListener {
  return (request, response) => void handle(simulator, request, response).catch(() => response.destroy());
}
