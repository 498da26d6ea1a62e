import type { SimulatedAnswer, SimulatedRequest } from '../exchange.js';
import type { SystemWorld } from './world.js';

/** A request to a simulated system; `path` is what follows `/crm/<system>`, `base` this system's address. */
export interface SystemRequest extends SimulatedRequest {
  /** Of the faults that only the vendor knows how to show, the one that hits this request. */
  fault?: VendorFault;
}

export type SystemAnswer = SimulatedAnswer;

/**
 * Faults that look different at each vendor; the frame shows the others by itself.
 * expired-token: the key is not accepted any more (until asked for a new one, where the vendor has such) · ok-with-error: a failure with
 * HTTP 200 · ignore-filter: the search gives everybody · licence: the licence page · quota: no more requests this month
 */
export const vendorFaults = ['expired-token', 'ok-with-error', 'ignore-filter', 'licence', 'quota'] as const;
export type VendorFault = (typeof vendorFaults)[number];

/** One vendor's system: a file that quotes the shapes of its API. It holds no state: all of it is in the world. */
export interface SimulatedSystem {
  /** As in `/crm/<id>/…`. */
  id: string;
  /** What has to be typed in Hilo's settings, by the names of the adapter's settings, besides `url`. */
  keys: Record<string, string>;
  /** Answers, and changes the world where the request does. What it does not know is a 404 of that vendor. */
  answer(request: SystemRequest, world: SystemWorld): SystemAnswer | Promise<SystemAnswer>;
}

/** The body as JSON; undefined when it is none. */
export function jsonOf(request: SystemRequest): unknown {
  try {
    return JSON.parse(request.body.toString('utf8')) as unknown;
  } catch {
    return undefined;
  }
}

/** The body as JSON object, or an empty one. */
export function fieldsOf(request: SystemRequest): Record<string, unknown> {
  const json = jsonOf(request);
  return typeof json === 'object' && json !== null && !Array.isArray(json) ? (json as Record<string, unknown>) : {};
}

/** The body as a form: `multipart/form-data` or `application/x-www-form-urlencoded`. @throws when it is neither */
export function formOf(request: SystemRequest): Promise<FormData> {
  return new Response(new Uint8Array(request.body), { headers: { 'content-type': request.headers['content-type'] ?? '' } }).formData();
}
