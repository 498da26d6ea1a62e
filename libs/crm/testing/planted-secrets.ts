import type { HttpClient } from '../../http/http-client.js';

function planted(value: unknown, field: string, secret: string): unknown {
  if (Array.isArray(value)) return value.map((one) => planted(one, field, secret));
  if (typeof value !== 'object' || value === null) return value;
  const rows = Object.entries(value).map(([name, one]) => [name, planted(one, field, secret)] as const);
  return { ...Object.fromEntries(rows), ...(Object.hasOwn(value, field) ? {} : { [field]: secret }) };
}

/** A client in whose answers every object, however deep, has one field more, with a secret in it. */
export function plantingHttp(http: HttpClient, field: string, secret: string): HttpClient {
  return async (request) => {
    const response = await http(request);
    try {
      const json = JSON.parse(Buffer.from(response.body).toString('utf8')) as unknown;
      return { ...response, body: Buffer.from(JSON.stringify(planted(json, field, secret))) };
    } catch {
      return response; // a document, a page, a bare text
    }
  };
}
