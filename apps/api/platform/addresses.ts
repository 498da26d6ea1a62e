import type { FastifyRequest } from 'fastify';
import type { Env } from '../../../libs/config/env.js';

/** Name under which the browser reached us, without the port. */
export const hostNameOf = (request: Pick<FastifyRequest, 'headers'>): string => (request.headers.host ?? 'localhost').toLowerCase().replace(/:\d+$/, '');

/** Where a browser finds the simulated phone: beside us, unless it is configured. Undefined where WhatsApp is the real one. */
export function simulatedPhoneUrl(env: Env, hostName: string): string | undefined {
  if (env.WHATSAPP !== 'simulator') return undefined;
  if (env.WHATSAPP_SIMULATOR_URL !== undefined) return `${new URL(env.WHATSAPP_SIMULATOR_URL.replace(/^ws/, 'http')).origin}/`;
  const host = hostName.endsWith('.localhost') ? 'localhost' : hostName; // every browser resolves this one
  return `http://${host}:${env.SIMULATOR_PORT}/`;
}

/**
 * Where a browser finds Temporal's own screens: as configured, or beside us with the local server. Under the name by which it found us,
 * as browsers send our session's cookie to the codec end point only between pages of one site.
 */
export function temporalUiUrl(env: Env, hostName: string): string | undefined {
  if (env.TEMPORAL_UI_URL !== undefined) return env.TEMPORAL_UI_URL.replace(/\/$/, '');
  return env.TEMPORAL_ADDRESS === undefined || env.TEMPORAL_ADDRESS.startsWith('127.0.0.1:') ? `http://${hostName}:${env.TEMPORAL_UI_PORT}` : undefined;
}
