import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { waitFor } from '../../libs/testing/wait-for.js';
import { Person } from './person.js';
import { RunningCopy } from './running-copy.js';

let copy: RunningCopy;
let sofia: (path: string, body: object) => Promise<void>;

beforeAll(async () => {
  copy = await RunningCopy.start();
  sofia = await supervisor();
});
afterAll(() => copy?.stop());

/** The demo's supervisor at the API's door: what she sends is done, or the story ends. */
async function supervisor(): Promise<typeof sofia> {
  const origin = `http://127.0.0.1:${copy.ports.api}`;
  const send = (method: string, path: string, body: object, headers: Record<string, string> = {}) =>
    fetch(`${origin}${path}`, { method, headers: { origin, 'content-type': 'application/json', ...headers }, body: JSON.stringify(body) });
  const answer = await send('POST', '/api/session', { login: 'sofia', password: 'hilo-demo-2026' });
  const { csrf } = (await answer.json()) as { csrf: string };
  const cookie = answer.headers.getSetCookie()[0]!.split(';')[0]!;
  return async (path, body) => {
    const { ok, status } = await send('PUT', path, body, { cookie, 'x-csrf-token': csrf });
    if (!ok) throw new Error(`${path}: ${status}`);
  };
}

const begin = (mode: string) => sofia('/api/tools/mode', { mode });
const settled = (text: string, outcome: string) =>
  waitFor(`«${text}» to be ${outcome}`, async () => (await copy.rows('select 1 from messages where text = $1 and outcome = $2', [text, outcome])).length > 0);
const ticketsAbout = async (summary: string) =>
  (await copy.rows<{ number: string; name: string }>(
    'select t.number::text, k.name from tickets t join contacts k on k.company = t.company and k.id = t.contact where t.summary = $1 order by k.name', [summary]));

describe('modes, over all processes', () => {
  it('GATEWAY_ONLY answers nobody, and offers everybody when it ends, though worker and gateway die at that moment', async () => {
    const people = await Promise.all([['5493434000911', 'Ana'], ['5493434000912', 'Beto']].map(([number, name]) => Person.with(copy, number!, { name: name! })));
    await begin('gateway-only');
    for (const [nth, person] of people.entries()) await person.write(`estoy sin internet ${nth}`);
    for (const nth of people.keys()) await settled(`estoy sin internet ${nth}`, 'kept:gateway-only');
    await begin('complete');
    const back = (['worker', 'whatsapp'] as const).map((name) => copy.killProcess(name));
    await Promise.all(back.map((untilBack) => untilBack()));
    const summary = 'Escribió durante Solo Gateway';
    await waitFor('a ticket for each of them', async () => (await ticketsAbout(summary)).length === 2, 90_000);
    await people[0]!.write('¿me leyeron?');
    await settled('¿me leyeron?', 'agent');
    expect((await ticketsAbout(summary)).map(({ name }) => name)).toEqual(['Ana', 'Beto']);
    for (const person of people) expect(await person.heard()).toEqual([]);
  });

  it('EMERGENCY tells everybody once an hour; then the menus are back', async () => {
    const person = await Person.with(copy, '5493434000913', { name: 'Caro' });
    await sofia('/api/tools/emergency-message', { text: 'Hay un corte general' });
    await begin('emergency');
    await person.ask('hola', /^Hay un corte general$/);
    await person.write('¿y cuándo vuelve?');
    await settled('¿y cuándo vuelve?', 'silent:emergency');
    expect(await person.heard()).toHaveLength(1);
    await begin('complete');
    await person.ask('menú', /En qué te puedo ayudar|asistente/);
  });
});
