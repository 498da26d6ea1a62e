import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { demoBook } from '../../libs/db/seeds/demo/customers.js';
import { waitFor } from '../../libs/testing/wait-for.js';
import { Person } from './person.js';
import { reconcile } from './reconcile.js';
import { RunningCopy, type ProcessName } from './running-copy.js';

const CUSTOMERS = 20;
const BURSTS = 5;
/** In turn, two rounds: what may die at any moment. */
const VICTIMS: ProcessName[] = ['whatsapp', 'worker', 'temporal', 'api', 'whatsapp', 'worker', 'temporal', 'whatsapp'];
const words = ['hola', '1', '2', '0', 'menú', 'saldo', 'autoayuda', 'no anda internet', 'planes', '3'];

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
    await pause(3_000 + ((turn * 37 + burst * 211) % 4_000)); // people pause between bursts; nothing is waited for here
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
        await pause(1_500 + kills * 300); // the kill comes at a moment of no meaning to anybody
        copy.killProcess(victim);
        kills += 1;
        await waitFor(`${victim} to be back`, () => process.kill(copy.pidOf(victim), 0), 60_000);
      }
      await chatting;
      await copy.untilFit(120_000);
      const report = await waitFor('everything to be settled', async () => {
        const found = await reconcile(copy, persons.map((person, turn) => ({ person, written: written[turn]! })));
        if (found.open.length > 0) throw new Error(found.open.slice(0, 5).join('; '));
        return found;
      }, 120_000);
      process.stdout.write(`kill story: ${JSON.stringify({ kills, ...report.counts })}\n`);
      expect(report.wrong).toEqual([]);
      expect(report.counts.written).toBe(written.flat().length);
      expect(await copy.network.unknown()).toEqual([]);
      expect(copy.output.join('')).not.toContain('privKey');
    },
    400_000,
  );
});
