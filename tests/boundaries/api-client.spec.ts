import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { NgOpenApiGen } from 'ng-openapi-gen';
import ts from 'typescript';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openApi } from '../../apps/api/testing/api-under-test.js';

/** The screens' client is written by hand (ui/shared/api); what holds it to the API is this: its types against those generated from the document. */
const client = path.resolve('ui', 'shared', 'api');

/** What the API answers: name in its document, file and name in the client. */
const answers = [
  ['Session', 'session-api', 'Session'], ['Device', 'session-api', 'Device'],
  ['User', 'people-api', 'User'], ['Department', 'people-api', 'Department'], ['Agent', 'people-api', 'Agent'],
  ['Channel', 'channels-api', 'Channel'], ['Setup', 'company-api', 'Setup'],
  ['TicketItem', 'tickets-api', 'TicketItem'], ['Ticket', 'tickets-api', 'Ticket'], ['TicketPage', 'tickets-api', 'TicketPage'],
  ['Dashboard', 'overview-api', 'Dashboard'], ['Found', 'overview-api', 'Found'], ['Notification', 'overview-api', 'Notification'],
  ['Entry', 'conversations-api', 'Entry'], ['Conversation', 'conversations-api', 'Conversation'], ['CustomerPanel', 'conversations-api', 'CustomerPanel'],
] as const;
/** What it is sent. */
const requests = [['NewUser', 'people-api', 'NewUser'], ['UserChange', 'people-api', 'UserChanges']] as const;

let folder: string;
let paths: Record<string, Record<string, unknown>>;

beforeAll(async () => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'hilo-client-'));
  const api = await openApi('postgres://nobody:nothing@127.0.0.1:1/none'); // the document needs no database
  const document = (await api.get('/api/openapi.json')).body as ConstructorParameters<typeof NgOpenApiGen>[0];
  await api.close();
  paths = document.paths as typeof paths;
  new NgOpenApiGen(document, { input: 'openapi.json', output: path.join(folder, 'generated'), silent: true, ignoreUnusedModels: false }).generate();
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What TypeScript says of a file that uses the generated models and the client's types. */
function problemsOf(source: string): string[] {
  const file = path.join(folder, 'check.ts');
  writeFileSync(file, `import type * as G from './generated/models';\n${source}`);
  const options: ts.CompilerOptions = {
    strict: true, noEmit: true, skipLibCheck: true, experimentalDecorators: true, types: [], target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.Preserve, moduleResolution: ts.ModuleResolutionKind.Bundler, lib: ['lib.es2023.d.ts', 'lib.dom.d.ts', 'lib.dom.iterable.d.ts'],
  };
  const program = ts.createProgram([file], options);
  return program.getSemanticDiagnostics(program.getSourceFile(file)).map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'));
}

const handWritten = (file: string, type: string): string => `import('${path.join(client, file)}').${type}`;

test('what the API answers is what the client says it answers', () => {
  expect(problemsOf(answers.map(([model, file, type], index) => `export const a${index} = (given: G.${model}): ${handWritten(file, type)} => given;`).join('\n'))).toEqual([]);
});

test('what the client sends is what the API takes', () => {
  const writable = `type Writable<T> = T extends object ? { -readonly [K in keyof T]: Writable<T[K]> } : T;\n`;
  expect(problemsOf(writable + requests.map(([model, file, type], index) => `export const r${index} = (given: Writable<${handWritten(file, type)}>): G.${model} => given;`).join('\n'))).toEqual([]);
});

test('a client that expects what the API does not say is found', () => {
  expect(problemsOf(`export const wrong = (given: G.User): { shoeSize: number } => given;`)).toEqual([expect.stringContaining('shoeSize')]);
});

test('every address that the client calls is one of the API’s, with that method', () => {
  const called = readdirSync(client).filter((file) => file.endsWith('-api.ts')).flatMap((file) =>
    [...readFileSync(path.join(client, file), 'utf8').matchAll(/#http\.(get|post|patch|delete)\([`'](\/api\/[^`']*)[`']/g)]
      .map(([, method, address]) => `${method} ${address!.replace(/\$\{\w+\}/g, '{}')}`));
  const known = new Set(Object.entries(paths).flatMap(([address, methods]) => Object.keys(methods).map((method) => `${method} ${address.replace(/\{\w+\}/g, '{}')}`)));
  expect(called.length).toBeGreaterThan(30);
  expect(called.filter((call) => !known.has(call))).toEqual([]);
});
