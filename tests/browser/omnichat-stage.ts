import type { Locator, Page, WebSocketRoute } from 'playwright-core';
import { waitFor } from '../../libs/testing/wait-for.js';
import { Person } from '../stories/person.js';
import { demoPassword, type PanelStage } from './panel-stage.js';

/** A customer on the simulated phone who has asked for a person and said what it is about: their ticket waits. */
export async function customerInQueue(stage: PanelStage, number: string, name: string, problem: string): Promise<Person> {
  const person = await Person.with(stage.copy, number, { name });
  await person.ask('hola', /asistente/);
  await person.ask('agente', /un solo mensaje/);
  await person.ask(problem, /Tu pedido es el/);
  return person;
}

/** OmniChat of one of the demo's people, with its queue on the screen. */
export async function openOmniChat(stage: PanelStage, login: string, path = '/omnichat'): Promise<Page> {
  const page = await stage.openAs(login, demoPassword, path);
  await page.getByRole('tab', { name: /Pendientes/ }).waitFor();
  return page;
}

export const ticketOf = (page: Page, name: string): Locator => page.getByRole('listitem').filter({ hasText: name }).getByRole('link');
export const bubbles = (page: Page): Locator => page.getByRole('log').locator('.bubble');
export const replyField = (page: Page): Locator => page.getByRole('textbox', { name: /^Respuesta a/ });

/** The texts in the chat, as they stand, each without its time and ticks. */
export function texts(page: Page): Promise<string[]> {
  return page.getByRole('log').locator('.bubble hilo-formatted-text').allTextContents();
}

/** Waits until the phone of a customer shows this after what it showed before. */
export function untilHeard(person: Person, text: string): Promise<string[]> {
  return waitFor(`“${text}” on the phone`, async () => {
    const heard = await person.heard();
    return heard.includes(text) ? heard : undefined;
  }, 30_000);
}

/** Loads the page again with a socket on which the server is never heard: this screen learns nothing by itself. */
export async function deafened(page: Page): Promise<void> {
  await page.routeWebSocket(/\/api\/push/, () => undefined);
  await page.reload();
}

/** A page whose connection may be cut: the socket at once, everything else from then on. */
export async function cuttable(page: Page): Promise<{ cut: () => Promise<void>; mend: () => Promise<void> }> {
  const sockets = new Set<WebSocketRoute>();
  let isCut = false;
  await page.routeWebSocket(/\/api\/push/, (socket) => {
    if (isCut) return void socket.close({ code: 1001 });
    socket.connectToServer();
    sockets.add(socket);
  });
  await page.reload();
  return {
    cut: async () => {
      isCut = true;
      await page.context().setOffline(true);
      for (const socket of sockets) await socket.close({ code: 1001 });
      sockets.clear();
    },
    mend: async () => {
      isCut = false;
      await page.context().setOffline(false);
    },
  };
}

/** Pending tickets of so many people, as their workflows would have left them: `Cola 00001` has waited longest. */
export async function addQueue(stage: PanelStage, count: number): Promise<void> {
  await stage.copy.rows(
    `with people as (
        select n, gen_random_uuid() as contact, gen_random_uuid() as conversation, 'Cola ' || lpad(n::text, 5, '0') as name from generate_series(1, $1::int) n),
      channel as (select company, id from channels limit 1),
      contacts_made as (insert into contacts (company, id, name) select c.company, p.contact, p.name from people p, channel c),
      chats_made as (insert into conversations (company, id, channel, contact) select c.company, p.conversation, c.id, p.contact from people p, channel c)
      insert into tickets (company, id, number, conversation, channel, contact, state, summary, opened_at, waiting_since)
        select c.company, gen_random_uuid(), 100000 + p.n, p.conversation, c.id, p.contact, 'pending', 'Sin internet desde anoche, luz LOS en rojo',
          now() - interval '3 days' + p.n * interval '1 second', now() - interval '3 days' + p.n * interval '1 second' from people p, channel c`,
    [count],
  );
}
