import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { NgOpenApiGen } from 'ng-openapi-gen';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { COMMITTED_DOCUMENT, openApiDocument } from '../../apps/api/testing/openapi-document.js';

/** The screens' client (ui/shared/api) is generated from the API's committed document; here that document is held to the API, and the client to what is generated. */
const client = path.resolve('ui', 'shared', 'api');
const services = readdirSync(client).filter((file) => file.endsWith('-api.ts'));
const sourceOf = (file: string): string => readFileSync(path.join(client, file), 'utf8');

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'hilo-client-'));
  const document = JSON.parse(readFileSync(COMMITTED_DOCUMENT, 'utf8')) as ConstructorParameters<typeof NgOpenApiGen>[0];
  const settings = JSON.parse(readFileSync(path.resolve('ui', 'ng-openapi-gen.json'), 'utf8')) as ConstructorParameters<typeof NgOpenApiGen>[1];
  new NgOpenApiGen(document, { ...settings, output: path.join(folder, 'generated') }).generate();
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What a service of the client has of its own that must come from the document: addresses, and shapes of what is sent or answered. */
function ownWordsOf(source: string): string[] {
  return [...source.matchAll(/[`'"]\/api\/[^`'"]*|\binterface \w+|\bfetch\(/g)].map(([word]) => word);
}

test('the committed document is what the API says of itself', async () => {
  const said = await openApiDocument();
  const same = readFileSync(COMMITTED_DOCUMENT, 'utf8') === said;
  expect(same, 'apps/api/openapi.json is not what the API says any more: run `npm run openapi` and commit the file').toBe(true);
});

test('the client’s services take every address and shape from what is generated', () => {
  expect(services.length).toBeGreaterThan(5);
  expect(services.flatMap((file) => ownWordsOf(sourceOf(file)).map((word) => `${file}: ${word}`))).toEqual([]);
});

test('a service with an address or a shape of its own is found', () => {
  expect(ownWordsOf('export interface User { id: string }\nreturn fetch(`/api/users/${id}`);')).toEqual(['interface User', 'fetch(', '`/api/users/${id}']);
});

test('every operation that the services import is generated from the committed document', () => {
  const imported = services.flatMap((file) => [...sourceOf(file).matchAll(/'\.\/(generated\/[^']+)'/g)].map(([, module]) => module!));
  expect(imported.length).toBeGreaterThan(30);
  expect(imported.filter((module) => !existsSync(path.join(folder, `${module}.ts`)))).toEqual([]);
});
