import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { demoBook, wellKnown } from '../../libs/db/seeds/demo/customers.js';
import { waitFor } from '../../libs/testing/wait-for.js';
import { Person } from './person.js';
import { reconcile } from './reconcile.js';
import { RunningCopy, type ProcessName } from './running-copy.js';

const CUSTOMERS = 20;
const BURSTS = 5;
/** In turn, two rounds: what may die at any moment. */
const VICTIMS: ProcessName[] = ['whatsapp', 'worker', 'temporal', 'api', 'whatsapp', 'worker', 'temporal', 'whatsapp'];
const words = ['hola', '1', '2', '0', 'menú', 'saldo', 'autoayuda', 'no anda internet', 'planes', '3'];

const CONVERSATION = `select v.id, v.last_decision, v.revision from conversations v
  join contact_addresses a on a.company = v.company and a.contact = v.contact where a.address = $1`;
const WAITING_COMMIT = `select 1 from pg_stat_activity where query like '%conversation_commit%' and wait_event_type = 'Lock'`;

let copy: RunningCopy;
beforeAll(async () => {
  copy = await RunningCopy.start();
});
afterAll(async () => {
  await copy?.stop();
});

/** Writes bursts of one to three messages without waiting for answers. The texts are numbered in the order they are written. */
async function chatter(person: Person, written: string[], turn: number): Promise<void> {
  for (let burst = 0; burst < BURSTS; burst++) {
    for (let part = 0; part <= (burst + turn) % 3; part++) {
      written.push(await person.write(words[(turn * 7 + burst * 3 + part) % words.length]!));
    }
    await pause(5_000 + ((turn * 37 + burst * 211) % 4_000)); // people pause between bursts; nothing is waited for here
  }
}

describe('kill any process at any moment', () => {
  it(
    'and every message is handled once, in order, and each answer shown once',
    async () => {
      const people = demoBook('2026-11-22').customers.filter((customer) => customer.phones.length > 0).slice(20, 20 + CUSTOMERS);
      const persons = await Promise.all(people.map((one) => Person.with(copy, one.phones[0]!, { name: one.name })));
      const written = persons.map((): string[] => []);
      const chatting = Promise.all(persons.map((person, turn) => chatter(person, written[turn]!, turn)));
      let kills = 0;
      for (const victim of VICTIMS) {
        await pause(3_000 + kills * 300); // the kill comes at a moment of no meaning to anybody
        const untilBack = copy.killProcess(victim);
        kills += 1;
        await untilBack();
      }
      await chatting;
      await copy.untilFit(120_000);
      const report = await waitFor('everything to be settled', async () => {
        const found = await reconcile(copy, persons.map((person, turn) => ({ person, written: written[turn]! })));
        if (found.open.length > 0) throw new Error(found.open.slice(0, 5).join('; '));
        return found;
      }, 120_000);
      process.stdout.write(`kill story: ${JSON.stringify({ kills, ...report.counts, ...report.outcomes })}\n`);
      expect(report.wrong).toEqual([]);
      expect(report.counts.written).toBe(written.flat().length);
      expect(await copy.network.unknown()).toEqual([]);
      expect(copy.output.join('')).not.toContain('privKey');
    },
    400_000,
  );

  it(
    'also the worker between its decision and the report of it: the same decision is found again, and said once',
    async () => {
      const { name, phones } = wellKnown.upToDate;
      const person = await Person.with(copy, phones[0], { name });
      await person.ask('hola', /Ana/);
      const client = await copy.connect();
      const decisionOf = async () =>
        (await client.query<{ id: string; last_decision: string; revision: string }>(CONVERSATION, [`${person.number}@s.whatsapp.net`])).rows[0]!;
      const before = await decisionOf();
      const wroteId = await person.write('1');
      await waitFor('the journal', async () => (await client.query('select 1 from messages where wa_id = $1', [wroteId])).rowCount);
      await client.query('begin');
      await client.query('select 1 from conversations where id = $1 for update', [before.id]);
      const observer = await copy.connect();
      await waitFor('the decision to wait for the row', async () => (await observer.query(WAITING_COMMIT)).rowCount);
      const thaw = copy.freeze('temporal');
      await client.query('commit');
      await waitFor('the decision to be committed', async () => (await decisionOf()).revision !== before.revision);
      const untilBack = copy.killProcess('worker');
      thaw();
      await untilBack();
      await person.hears(/saldo|debés|al día/i, 1, 60_000);
      await copy.untilFit();
      const shown = (await person.heard()).length;
      const [rows] = await copy.rows<{ out: string; decided: string }>(
        `select count(*) filter (where direction = 'out') out, count(*) filter (where seq is not null) decided from messages where conversation = $1`,
        [before.id],
      );
      expect({ shown, ...rows }).toEqual({ shown: 2, out: '2', decided: '2' });
      await Promise.all([client.end(), observer.end()]);
    },
    180_000,
  );
});
