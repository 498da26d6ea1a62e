import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { patience, read, send } from '../exchange.js';
import { control } from './control.js';
import { checkoutPage } from './page.js';
import type { MercadoPagoSimulator } from './simulator.js';

export const MERCADOPAGO_PATH = '/mercadopago';

async function handle(simulator: MercadoPagoSimulator, incoming: IncomingMessage, response: ServerResponse): Promise<void> {
  const request = await read(incoming, MERCADOPAGO_PATH);
  if (/^\/control(?:\/|$)/u.test(request.path)) return send(response, await control(simulator, request));
  const page = checkoutPage(request, simulator);
  if (page) return send(response, page);
  const { waitMs, answer } = simulator.react(request);
  await patience(waitMs, response);
  if (response.destroyed) return;
  if (answer) send(response, answer);
  else response.socket?.destroy();
}

/** MercadoPago at `/mercadopago/…`: API, checkout page and control, for any HTTP server. */
export function mercadoPagoListener(simulator: MercadoPagoSimulator): RequestListener {
  return (request, response) => void handle(simulator, request, response).catch(() => response.destroy());
}
