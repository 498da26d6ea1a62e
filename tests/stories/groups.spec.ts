import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { wellKnown } from '../../libs/db/seeds/demo/well-known.js';
import { waitFor } from '../../libs/testing/wait-for.js';
import { Person } from './person.js';
import { RunningCopy } from './running-copy.js';

const agents = { Carla: '5493434000771', Diego: '5493434000772' };
let copy: RunningCopy;
let group: string;

beforeAll(async () => {
  copy = await RunningCopy.start();
  for (const [name, phone] of Object.entries(agents)) {
    await copy.network.putPerson(phone, { name });
    await copy.rows(
      `insert into users (company, login, name, role, phone, password_hash) select company, $1, $2, 'supervisor', $3, '-' from channels where number is not null limit 1`,
      [`${name.toLowerCase()}-${randomUUID()}`, name, phone],
    );
  }
  group = (await copy.network.createGroup('Soporte', [await copy.account(), ...Object.values(agents)])).id;
  await waitFor('the gateway to know of the group', async () => (await copy.rows('select 1 from wa_groups where jid = $1', [group])).length === 1);
  await copy.rows('update channels set group_jid = $1 where number = $2', [group, await copy.account()]);
});
afterAll(() => copy?.stop());

const told = async (words: RegExp) => (await copy.network.groupChat(group)).filter(({ text }) => words.test(text));
const untilTold = (words: RegExp) => waitFor(`${words} in the group`, async () => (await told(words))[0], 60_000);

it('a group hears of a new ticket; of two agents who answer it at once one has it, and the other is told who', async () => {
  const { name, phones } = wellKnown.upToDate;
  const person = await Person.with(copy, phones[0], { name });
  await person.ask('hola', /En qué te puedo ayudar/);
  await person.ask('hablar con una persona', /en un solo mensaje/);
  await person.ask('Se cortó el cable en la vereda', /N\.º/);
  const notice = await untilTold(/Se cortó el cable en la vereda/);

  await Promise.all(Object.values(agents).map((agent) => copy.network.send(agent, group, { text: 'tomo', quote: notice.id })));
  const taken = await untilTold(/tomó el ticket/);
  const late = await untilTold(/ya lo tiene/);
  const [ticket] = await copy.rows<{ number: string; owner: string; state: string }>(
    `select t.number::text, t.state, u.name owner from tickets t join users u on u.company = t.company and u.id = t.assignee where t.summary = $1`,
    ['Se cortó el cable en la vereda'],
  );
  expect(ticket?.state).toBe('in-progress');
  expect(taken.text).toBe(`✅ ${ticket!.owner} tomó el ticket #${ticket!.number}. Se atiende en OmniChat.`);
  expect(late.text).toBe(`El ticket #${ticket!.number} ya lo tiene ${ticket!.owner}.`);
  expect(await told(/tomó el ticket|ya lo tiene/)).toHaveLength(2);
  expect(await copy.network.unknown()).toEqual([]);
});
