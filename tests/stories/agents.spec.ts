import { randomUUID } from 'node:crypto';
import type { Client } from '@temporalio/client';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { databaseUrls } from '../../infra/postgres-roles.mjs';
import { readSecrets } from '../../infra/secrets.mjs';
import { acceptText } from '../../libs/db/accepted-texts.js';
import { forCompany } from '../../libs/db/company.js';
import { companyKeys } from '../../libs/db/company-keys.js';
import { openOrm, type MikroORM } from '../../libs/db/orm.js';
import { wellKnown } from '../../libs/db/seeds/demo/well-known.js';
import { temporalClient } from '../../libs/temporal/client.js';
import { masterKeyFrom, openVault } from '../../libs/vault/vault.js';
import { waitFor } from '../../libs/testing/wait-for.js';
import { reply } from '../../workflows/conversation/client.js';
import { closeTicket, takeTicket } from '../../workflows/ticket/client.js';
import type { TicketRef } from '../../workflows/ticket/contract.js';
import { Person } from './person.js';
import { RunningCopy } from './running-copy.js';

let copy: RunningCopy;
let client: Client;
let orm: MikroORM;
let pool: pg.Pool;

/** The agents stand where the API does: they accept texts as rows and ask the workflows. */
beforeAll(async () => {
  copy = await RunningCopy.start();
  const secrets = readSecrets(copy.dataDir)!;
  const { app } = databaseUrls(copy.ports.postgres, secrets);
  pool = new pg.Pool({ connectionString: app, max: 2 });
  orm = await openOrm(app);
  const vault = openVault({ masterKey: masterKeyFrom(secrets.masterKey), loadKeys: companyKeys(pool) });
  client = temporalClient({ address: `127.0.0.1:${copy.ports.temporal}`, namespace: 'default' }, vault);
});
afterAll(async () => {
  await client?.connection.close();
  await pool?.end();
  await orm?.close();
  await copy?.stop();
});

type Row = Omit<TicketRef, 'number'> & { number: string; channel: string; state: string; summary: string };

const ticketAbout = (summary: string) =>
  waitFor(`a ticket about «${summary}»`, async () =>
    (await copy.rows<Row>('select company, id ticket, number::text, conversation, contact, channel, state, summary from tickets where summary = $1', [summary]))[0]);

const refOf = ({ company, ticket, number, conversation, contact }: Row): TicketRef => ({ company, ticket, number: Number(number), conversation, contact });

async function agentOf(company: string, name: string): Promise<string> {
  const [row] = await copy.rows<{ id: string }>(
    `insert into users (company, login, name, role, password_hash) values ($1, $2, $3, 'supervisor', '-') returning id`,
    [company, `${name}-${randomUUID()}`, name],
  );
  return row!.id;
}

const order = (actor: string) => ({ command: randomUUID(), actor });

describe('a customer who needs a person', () => {
  it('is handed over, answered in order while the bot is silent, and given back', async () => {
    const { name, phones } = wellKnown.upToDate;
    const person = await Person.with(copy, phones[0], { name });
    await person.ask('hola', /En qué te puedo ayudar/);
    await person.ask('hablar con una persona', /en un solo mensaje/);
    const told = await person.ask('Se cortó el cable en la vereda', /N\.º/);
    const row = await ticketAbout('Se cortó el cable en la vereda');
    expect(told).toContain(`N.º ${row.number}`);

    const [carla, diego] = [await agentOf(row.company, 'carla'), await agentOf(row.company, 'diego')];
    const takes = await Promise.all([carla, diego].map((agent) => takeTicket(client.workflow, refOf(row), order(agent))));
    expect(takes.filter((answer) => answer.ok)).toHaveLength(1);
    const owner = takes[0]!.ok ? carla : diego;
    expect(takes.find((answer) => !answer.ok)).toMatchObject({ reason: 'taken', by: { agent: owner } });

    const before = (await person.heard()).length;
    await person.write('¿Hay alguien? Quiero ver mi saldo');
    const texts = ['Hola, soy del equipo', 'Ya lo estoy mirando', 'Va un técnico mañana'];
    const requests: string[] = [];
    for (const text of texts) {
      const request = randomUUID();
      const { company, conversation, ticket } = row;
      await forCompany(orm, company, (em) => acceptText(em, { company, request, conversation, ticket, agent: owner, kind: 'reply', text }));
      requests.push(request);
    }
    const answers = await Promise.all(requests.toReversed().map((request) => reply(client.workflow, row, request)));
    expect(answers.every((answer) => answer.ok)).toBe(true);
    await waitFor('three answers', async () => (await person.heard()).length >= before + 3);
    expect((await person.heard()).slice(before)).toEqual(texts);

    await closeTicket(client.workflow, refOf(row), order(owner));
    await person.hears(/Cerramos tu pedido/, before + 3);
    await person.ask('hola', /En qué te puedo ayudar/);
    const outcomes = await copy.rows<{ outcome: string }>(
      `select outcome from messages where conversation = $1 and direction = 'in' order by seq`, [row.conversation]);
    expect(outcomes.map(({ outcome }) => outcome)).toEqual(['answered', 'answered', 'answered', 'agent', 'answered']);
  });
});
