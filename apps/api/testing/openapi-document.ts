import path from 'node:path';
import { openApi } from './api-under-test.js';

/** The API's document as committed: what the screens' client is generated from. `npm run openapi` writes it. */
export const COMMITTED_DOCUMENT = path.resolve(import.meta.dirname, '..', 'openapi.json');

/** What the API says of itself, as the text of that file: indented, in the order in which the API says it. Needs no database. */
export async function openApiDocument(): Promise<string> {
  const api = await openApi('postgres://nobody:nothing@127.0.0.1:1/none');
  try {
    return `${JSON.stringify((await api.get('/api/openapi.json')).body, null, 2)}\n`;
  } finally {
    await api.close();
  }
}
