import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { waitFor } from '../../libs/testing/wait-for.js';
import { PanelStage, demoPassword, expectWellMade, gone, shown } from './panel-stage.js';

/** Herramientas on a whole running copy. The last test leaves the number unlinked. */
const message = 'Hay un *corte* en toda la zona. Lo estamos arreglando.';
const [ana, beto] = ['5493434000901', '5493434000902'];
let stage: PanelStage;

beforeAll(async () => {
  stage = await PanelStage.create();
  for (const number of [ana, beto]) await stage.copy.network.putPerson(number, { name: 'Cliente' });
});
afterEach(() => stage.clear());
afterAll(() => stage.stop());

const write = async (from: string, text: string) => stage.copy.network.write(from, await stage.copy.account(), text);
const heard = async (number: string): Promise<string[]> =>
  (await stage.copy.network.chat(number, await stage.copy.account())).filter(({ from }) => from !== number).map(({ text }) => text);
const card = (page: Page, name: string) => page.getByRole('listitem').filter({ has: page.getByRole('heading', { name }) });
const begin = async (page: Page, name: string): Promise<void> => {
  await page.getByRole('button', { name: `Activar ${name}`, exact: true }).press('Enter');
  await page.getByRole('alertdialog').getByRole('button', { name: `Activar ${name}` }).press('Enter');
  await shown(card(page, name).getByText('Activo'));
};

test('an emergency begins when its message is saved, names its consequences, and is seen at once wherever the mode is shown', async () => {
  const page = await stage.openAs('sofia', demoPassword, '/tools');
  await shown(card(page, 'Completo').getByText('Activo'));
  await shown(page.getByText('Todavía no hay ninguno guardado: el modo Emergencia no puede empezar.'));
  await expectWellMade(page, 'tools');
  await page.getByRole('button', { name: 'Escribir el mensaje' }).press('Enter');
  const field = page.getByRole('textbox', { name: 'Mensaje' });
  expect(await field.evaluate((element) => element === element.ownerDocument.activeElement)).toBe(true);
  await field.fill('x'.repeat(1_001));
  await page.getByRole('button', { name: 'Guardar' }).click();
  await shown(page.getByText('Es demasiado largo: como mucho 1000 caracteres.'));
  await field.fill(message);
  await shown(page.getByRole('group', { name: 'Así lo ve el cliente' }).getByText('corte', { exact: true }));
  await expectWellMade(page, 'tools: a message that is not saved');
  await page.getByRole('button', { name: 'Guardar' }).click();
  await shown(page.getByText(/^Versión 1, guardada .* por Sof/));

  const other = await stage.openAs('sofia', demoPassword, '/dashboard');
  await shown(other.getByText('Modo Completo'));
  await page.getByRole('button', { name: 'Activar Emergencia', exact: true }).click();
  const dialog = page.getByRole('alertdialog');
  await shown(dialog.getByText(message));
  await expectWellMade(page, 'tools: before an emergency');
  await dialog.getByRole('button', { name: 'Cancelar' }).click();
  await gone(dialog);
  await begin(page, 'Emergencia');
  await shown(page.getByRole('banner').getByText('Emergencia'));
  await shown(other.getByRole('banner').getByText('Emergencia'));
  await shown(other.getByRole('main').getByText('Modo Emergencia'));
  await expectWellMade(page, 'tools: an emergency');
  await write(ana, 'hola');
  await waitFor('the message', async () => (await heard(ana)).join() === message);
});

test('what a mode keeps is counted live, and goes to the queue when the mode ends', async () => {
  const page = await stage.openAs('sofia', demoPassword, '/tools');
  await begin(page, 'Solo Gateway');
  await write(beto, 'hola');
  await shown(page.getByText('Una conversación espera a que el modo termine'));
  await page.getByRole('button', { name: 'Activar Completo', exact: true }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Activar Completo' }).click();
  await gone(page.getByRole('banner').getByText('Solo Gateway'));
  await gone(page.getByText('Una conversación espera a que el modo termine'));
  expect(await heard(beto)).toEqual([]);
  const queue = await stage.openAs('carla', demoPassword, '/omnichat');
  await shown(queue.getByText('Escribió durante Solo Gateway').first());
});

test('it says what it could not read, in English as well', async () => {
  const page = await stage.openAs('sofia', demoPassword, '/dashboard');
  await page.evaluate(`localStorage.setItem('hilo.language', 'en')`);
  await page.route('**/api/tools/*', (route) => route.abort());
  await page.goto(`${stage.url}/tools`);
  await shown(page.getByRole('heading', { name: 'Tools', level: 1 }));
  await shown(page.getByRole('button', { name: 'Try again' }).nth(1));
  await page.unroute('**/api/tools/*');
  await page.getByRole('button', { name: 'Try again' }).first().click();
  await shown(card(page, 'Complete').getByText('On', { exact: true }));
});

test('a number is restarted with a word, and unlinked when it was typed', async () => {
  const page = await stage.openAs('sofia', demoPassword, '/tools');
  const number = await stage.copy.account();
  await page.getByRole('button', { name: /^Reiniciar la conexión de/ }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Reiniciar la conexión' }).click();
  await shown(page.getByText('Reiniciando la conexión…'));
  await waitFor('the number to be back', async () => (await stage.copy.network.accounts()).find((one) => one.number === number)?.online);
  const unlink = page.getByRole('button', { name: /^Desvincular \+/ });
  await unlink.click();
  const dialog = page.getByRole('alertdialog');
  await shown(dialog.getByText('Solo un administrador puede vincularlo de nuevo.'));
  await dialog.getByRole('textbox').fill('5493410000000');
  await dialog.getByRole('button', { name: /^Desvincular/ }).click();
  await shown(dialog.getByText('No es el mismo.'));
  await expectWellMade(page, 'tools: unlinking');
  await dialog.getByRole('textbox').fill(number);
  await dialog.getByRole('button', { name: /^Desvincular/ }).click();
  await gone(dialog);
  await waitFor('the number to be unlinked', async () => (await stage.copy.network.accounts()).find((one) => one.number === number)?.linked === false);
  await shown(page.getByRole('banner').getByText('Bot desconectado'));
});

test('operators have no tools', async () => {
  const page = await stage.openAs('carla', demoPassword, '/tools');
  await page.waitForURL((url) => url.pathname.startsWith('/omnichat'));
});
