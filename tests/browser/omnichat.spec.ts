import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { waitFor } from '../../libs/testing/wait-for.js';
import { Person } from '../stories/person.js';
import { addQueue, bubbles, cuttable, customerInQueue, deafened, openOmniChat, replyField, texts, ticketOf, untilHeard } from './omnichat-stage.js';
import { PanelStage, expectWellMade, gone, shown } from './panel-stage.js';

let stage: PanelStage;

beforeAll(async () => {
  stage = await PanelStage.create();
});
afterEach(() => stage.clear());
afterAll(() => stage.stop());

test('an agent takes, answers in order, notes, passes on; the colleague answers and closes; the bot is back', async () => {
  const carla = await openOmniChat(stage, 'carla');
  const diego = await openOmniChat(stage, 'diego');
  await shown(carla.getByText('Nadie espera'));
  const marta = await customerInQueue(stage, '5493434000401', 'Marta Giménez', 'No tengo internet desde anoche');
  await ticketOf(carla, 'Marta Giménez').click();
  await shown(carla.getByText('Tomá el ticket para responder.'));
  await expectWellMade(carla, 'a pending ticket');

  await carla.keyboard.press('t');
  await carla.keyboard.type('Hola Marta, soy Carla');
  await carla.keyboard.press('Enter');
  await carla.keyboard.type('La luz roja es un *corte*');
  await carla.keyboard.press('Enter');
  const heard = await untilHeard(marta, 'La luz roja es un *corte*');
  expect(heard.slice(-2)).toEqual(['Hola Marta, soy Carla', 'La luz roja es un *corte*']);
  await shown(carla.locator('.msg--agent').last().getByText(/Entregado|Leído/));
  await marta.write('gracias!! después de las 15 estoy');
  await shown(bubbles(carla).getByText('gracias!! después de las 15 estoy'));
  expect((await texts(carla)).slice(-3)).toEqual(['Hola Marta, soy Carla', 'La luz roja es un corte', 'gracias!! después de las 15 estoy']);

  await carla.keyboard.press('Escape');
  await carla.keyboard.press('n');
  await carla.keyboard.type('Hay 2 más sin señal en la misma caja');
  await carla.keyboard.press('Enter');
  await shown(carla.locator('.note').getByText('Hay 2 más sin señal en la misma caja'));
  await expectWellMade(carla, 'my ticket, with a note');

  await carla.getByRole('button', { name: 'Transferir' }).click();
  await expectWellMade(carla, 'transferring');
  await carla.getByRole('radio', { name: /Diego Ferreyra/ }).check();
  await carla.getByRole('textbox', { name: /Nota para quien lo recibe/ }).fill('Confirmale el horario');
  await carla.getByRole('dialog').getByRole('button', { name: 'Transferir' }).click();
  await shown(carla.getByText('No podés ver ese ticket'));
  await diego.getByRole('tab', { name: /Mis tickets/ }).click();
  await ticketOf(diego, 'Marta Giménez').click();
  await shown(diego.locator('.note').getByText('Confirmale el horario'));
  await diego.keyboard.press('r');
  await diego.keyboard.type('Pasamos entre las 15 y las 17');
  await diego.keyboard.press('Enter');
  expect((await untilHeard(marta, 'Pasamos entre las 15 y las 17')).join()).not.toMatch(/misma caja|Confirmale/);

  const before = (await marta.heard()).length;
  await diego.getByRole('button', { name: 'Cerrar', exact: true }).click();
  await expectWellMade(diego, 'closing');
  await diego.getByRole('textbox', { name: /Comentario de cierre/ }).fill('Visita agendada');
  await diego.keyboard.press('Control+Enter');
  await shown(diego.getByText('El ticket está cerrado. Reabrilo para responder.'));
  await shown(diego.getByText('Visita agendada'));
  await waitFor('the bot to say good-bye', async () => (await marta.heard()).length > before);
  await marta.ask('hola', /asistente/);
});

test('an invoice goes out in one click, to whoever has the ticket alone', async () => {
  const carla = await openOmniChat(stage, 'carla');
  const bruno = await Person.with(stage.copy, '5493415550202', { name: 'Bruno' });
  await bruno.ask('hola', /Bruno/);
  await bruno.ask('agente', /un solo mensaje/);
  await bruno.ask('No me llegó la factura', /Tu pedido es el/);
  await ticketOf(carla, 'Bruno').click();
  await shown(carla.getByText('Factura ', { exact: false }).first());
  expect(await carla.getByRole('button', { name: /Enviar la factura/ }).count()).toBe(0);
  await carla.keyboard.press('t');
  await carla.getByRole('button', { name: /Enviar la factura/ }).first().click();
  await shown(bubbles(carla).filter({ hasText: '.pdf' }).first());
  const documents = async () => (await bruno.chat()).filter(({ from, kind }) => from !== '5493415550202' && kind === 'document');
  await waitFor('the invoice on the phone', async () => (await documents()).length === 1, 30_000);
  await carla.getByRole('button', { name: /Enviar el link de pago/ }).first().click();
  await expectWellMade(carla, 'a payment link, before it goes out');
  await carla.getByRole('alertdialog').getByRole('button', { name: 'Enviar link' }).click();
  await shown(bubbles(carla).filter({ hasText: '/checkout/' }).first());
  await waitFor('the link on the phone', async () => (await bruno.heard()).some((text) => /Pagala desde acá: https?:\/\//.test(text)), 30_000);
  await shown(carla.getByText(/Link de pago pendiente, vale hasta/));
  await expectWellMade(carla, 'a customer with invoices');
});

test('Ctrl+Enter sends and closes; a closed ticket is opened again where it lies', async () => {
  const hugo = await customerInQueue(stage, '5493434000402', 'Hugo Sosa', 'Quiero cambiar de plan');
  const page = await openOmniChat(stage, 'carla');
  await ticketOf(page, 'Hugo Sosa').click();
  await page.getByRole('button', { name: 'Tomar', exact: true }).click();
  await replyField(page).fill('Listo, ya quedó');
  await page.keyboard.press('Control+Enter');
  await untilHeard(hugo, 'Listo, ya quedó');
  await shown(page.getByText('El ticket está cerrado. Reabrilo para responder.'));
  await page.locator('panel-chat-pane').getByRole('button', { name: 'Reabrir' }).click();
  await replyField(page).fill('¿Algo más?');
  await page.keyboard.press('Enter');
  await untilHeard(hugo, '¿Algo más?');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Cerrar', exact: true }).click();
  await page.getByRole('button', { name: 'Cerrar ticket' }).click();
  await shown(page.getByText('Cerraste el ticket'));
});

test('of two agents one gets the ticket: the other reads who has it, and what was shown at once is taken back', async () => {
  await customerInQueue(stage, '5493434000403', 'Rosa Paz', 'Me llegó una factura de más');
  const sofia = await openOmniChat(stage, 'sofia');
  await deafened(sofia);
  await ticketOf(sofia, 'Rosa Paz').click();
  await shown(sofia.getByText('Tomá el ticket para responder.'));
  const carla = await openOmniChat(stage, 'carla');
  await ticketOf(carla, 'Rosa Paz').click();
  await shown(carla.getByText('Tomá el ticket para responder.'));
  await carla.keyboard.press('t');
  await shown(carla.getByText(/Tomaste el ticket/));

  await sofia.getByRole('button', { name: 'Tomar', exact: true }).click();
  await shown(sofia.getByText(/Lo tomó Carla Benítez hace \d+ s/));
  await shown(sofia.getByText('Lo atiende Carla Benítez: solo esa persona puede responder.'));
  await gone(replyField(sofia));
  await shown(replyField(carla));
});

test('a socket that was cut goes on where it stopped: nothing is missing, nothing is there twice, and what failed is sent once', async () => {
  const ana = await customerInQueue(stage, '5493434000404', 'Ana Ríos', 'Anda lento a la noche');
  const page = await openOmniChat(stage, 'carla');
  const line = await cuttable(page);
  await ticketOf(page, 'Ana Ríos').click();
  await page.getByRole('button', { name: 'Tomar', exact: true }).click();
  await replyField(page).fill('Hola Ana');
  await page.keyboard.press('Enter');
  await untilHeard(ana, 'Hola Ana');

  await line.cut();
  await shown(page.getByText('Sin conexión', { exact: true }));
  for (const text of ['uno', 'dos', 'tres']) await ana.write(text);
  await replyField(page).fill('esto no sale');
  await page.keyboard.press('Enter');
  await replyField(page).fill('y esto espera');
  await page.keyboard.press('Enter');
  await shown(page.getByRole('button', { name: 'Reintentar' }));
  expect(await texts(page)).not.toContain('tres');

  await line.mend();
  await shown(page.getByText('Reconectado'));
  await shown(bubbles(page).getByText('tres', { exact: true }));
  await page.getByRole('button', { name: 'Reintentar' }).click();
  await untilHeard(ana, 'y esto espera');
  await shown(page.locator('.msg--agent').last().getByText(/Entregado|Leído/));
  expect((await texts(page)).slice(-6)).toEqual(['Hola Ana', 'uno', 'dos', 'tres', 'esto no sale', 'y esto espera']);
  expect((await ana.heard()).slice(-3)).toEqual(['Hola Ana', 'esto no sale', 'y esto espera']);
});

test('on a phone there is one pane at a time, each of them well made; the keys are told, and English is whole', async () => {
  await customerInQueue(stage, '5493434000405', 'Luis Vega', 'No me anda el cable del módem');
  const page = await openOmniChat(stage, 'carla');
  await page.setViewportSize({ width: 390, height: 844 });
  await expectWellMade(page, 'the queue on a phone');
  await ticketOf(page, 'Luis Vega').click();
  await shown(page.getByText('Tomá el ticket para responder.'));
  await gone(page.getByRole('tab', { name: /Pendientes/ }));
  await expectWellMade(page, 'a chat on a phone');
  await page.getByRole('link', { name: 'Cliente', exact: true }).click();
  await shown(page.getByText('Historia del ticket'));
  await expectWellMade(page, 'a customer on a phone');
  await page.getByRole('link', { name: 'Cola', exact: false }).click();
  await shown(page.getByRole('tab', { name: /Pendientes/ }));

  await page.setViewportSize({ width: 1280, height: 800 });
  await page.keyboard.press('?');
  await shown(page.getByRole('heading', { name: 'Atajos de teclado' }));
  await expectWellMade(page, 'the keys');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: /Tu cuenta/ }).click();
  await page.getByRole('menuitem', { name: 'Read in English' }).click();
  await shown(page.getByRole('tab', { name: /Pending/ }));
  await shown(page.getByText('Choose a ticket'));
  await ticketOf(page, 'Luis Vega').click();
  await shown(page.getByText('Take the ticket to reply.'));
});

test('a contact that turned out to be the same person is shown as that, and taken apart again', async () => {
  await customerInQueue(stage, '5493434000477', 'Elsa Prado', 'Se cortó otra vez');
  await stage.copy.rows(`with other as (insert into contacts (company, name) select company, 'Elsa sin número' from channels limit 1 returning company, id),
    hidden as (insert into contact_addresses (company, address, contact) select company, '99000477@lid', id from other)
    select count(*) from other`);
  await stage.copy.rows(`select contact_merge(a.company, a.id, b.id, null, 'envelope') from contacts a join contacts b on b.company = a.company
    where a.name = 'Elsa Prado' and b.name = 'Elsa sin número'`);
  const page = await openOmniChat(stage, 'sofia');
  await ticketOf(page, 'Elsa Prado').click();
  await shown(page.getByText('Unido con Elsa sin número (número oculto)'));
  await expectWellMade(page, 'a merged contact');
  await page.getByRole('button', { name: 'Deshacer la unión con Elsa sin número (número oculto)' }).click();
  await expectWellMade(page, 'taking a merged contact apart');
  await page.getByRole('button', { name: 'Separar' }).click();
  await gone(page.getByText('Unido con Elsa sin número'));
  const [address] = await stage.copy.rows<{ name: string }>(`select c.name from contact_addresses a join contacts c on c.company = a.company and c.id = a.contact where a.address = '99000477@lid'`);
  expect(address).toEqual({ name: 'Elsa sin número' });
  const carla = await openOmniChat(stage, 'carla');
  await ticketOf(carla, 'Elsa Prado').click();
  await shown(carla.getByText('Historia del ticket'));
  expect(await carla.getByText('Es la misma persona').count()).toBe(0);
});

// The last: nobody finds anything else in this queue without searching.
test('a queue of 10,000 draws only what is in sight, is walked with a key, and searched', async () => {
  await addQueue(stage, 10_000);
  const page = await openOmniChat(stage, 'carla');
  await shown(page.getByText('Cola 00001', { exact: true }));
  expect(Number((await page.getByRole('tab', { name: /Pendientes/ }).locator('.badge [aria-hidden]').textContent())!)).toBeGreaterThanOrEqual(10_000);
  const list = page.locator('cdk-virtual-scroll-viewport');
  for (let loaded = 0; loaded < 1_000; ) {
    await list.evaluate((element) => element.scrollTo({ top: element.scrollHeight }));
    const more = await waitFor('more tickets', async () => {
      const px = await list.evaluate((element) => element.scrollHeight);
      return px / 104 > loaded ? px : undefined;
    });
    loaded = Math.floor(more / 104);
  }
  expect(await page.locator('panel-queue-item').count()).toBeLessThan(60);
  await list.evaluate((element) => element.scrollTo({ top: 0 }));
  await shown(page.getByText('Cola 00001', { exact: true }));
  const first = page.url();
  await page.keyboard.press('j');
  await page.waitForURL((url) => url.href !== first);
  const second = page.url();
  await page.keyboard.press('j');
  await page.waitForURL((url) => url.href !== second);
  await page.getByRole('searchbox', { name: 'Buscar en la cola' }).fill('cola 09999');
  await shown(page.getByText('Cola 09999', { exact: true }));
  expect(await page.locator('panel-queue-item').count()).toBe(1);
});
