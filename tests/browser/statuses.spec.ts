import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import sharp from 'sharp';
import { waitFor } from '../../libs/testing/wait-for.js';
import { PanelStage, demoPassword, expectWellMade, gone, shown } from './panel-stage.js';

const customer = '5493434000777';
let stage: PanelStage;

interface Seen {
  id: string;
  account: string;
  kind: string;
  text?: string;
  backgroundColor?: string;
}

beforeAll(async () => {
  stage = await PanelStage.create();
  const number = await stage.copy.account();
  await stage.copy.network.putPerson(customer, { name: 'Ana Ríos' });
  await stage.copy.network.write(customer, number, 'hola');
  // Whom the number has chatted with is who will see its statuses.
  await waitFor('the bot has answered her', async () => (await stage.copy.network.chat(customer, number)).some(({ from }) => from === number));
});
afterEach(() => stage.clear());
afterAll(() => stage.stop());

const seen = async (): Promise<Seen[]> => (await (await fetch(`${stage.simulatorUrl}/people/${customer}/statuses`)).json()) as Seen[];
const untilSeen = (text: string): Promise<Seen> => waitFor(`she sees "${text}"`, async () => (await seen()).find((one) => one.text === text), 60_000);

test('a status is written with its look, published now, seen by a customer, who is counted, and taken back', async () => {
  const page = await stage.openAs('sofia', demoPassword, '/statuses');
  await shown(page.getByRole('heading', { name: 'Todavía no hay estados acá' }));
  await expectWellMade(page, 'statuses: none');
  await page.getByRole('link', { name: 'Nuevo estado' }).first().click();
  await page.getByRole('button', { name: 'Publicar', exact: true }).click();
  await shown(page.getByText('Escribí el texto.'));
  await page.getByRole('textbox', { name: 'Texto', exact: true }).fill('x'.repeat(701));
  await shown(page.getByText('701 de 700 caracteres'));
  await page.getByRole('textbox', { name: 'Texto', exact: true }).fill('Mañana cortamos de 3 a 4 👷');
  await page.getByRole('radio', { name: 'Rosa' }).check();
  await shown(page.getByRole('figure', { name: 'Así se ve en el teléfono' }).getByText('Mañana cortamos de 3 a 4 👷'));
  await expectWellMade(page, 'statuses: new');
  await page.getByRole('button', { name: 'Publicar', exact: true }).click();
  await shown(page.getByText('El estado está saliendo'));

  const { id, account, backgroundColor } = await untilSeen('Mañana cortamos de 3 a 4 👷');
  expect(backgroundColor).toBe('#c2185b');
  await shown(page.getByRole('row').filter({ hasText: 'Mañana cortamos' }).getByText('Publicado'));
  await fetch(`${stage.simulatorUrl}/people/${customer}/status-views`, {
    method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ account, id }),
  });
  await page.getByRole('link', { name: /Mañana cortamos/ }).click();
  await shown(page.getByRole('heading', { name: 'Lo vieron 1' }));
  await shown(page.getByText(/Ana Ríos · /));
  await expectWellMade(page, 'statuses: published');
  await page.getByRole('button', { name: 'Eliminar', exact: true }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Eliminar' }).click();
  await shown(page.locator('hilo-side-sheet').getByText('Eliminado'));
  await waitFor('she sees it no more', async () => (await seen()).length === 0);

  await page.getByRole('button', { name: 'Limpiar historial' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Limpiar historial' }).click();
  await shown(page.getByText('Se borraron 1 estados del historial'));
});

test('one with an image is planned, changed, and cancelled; the keyboard is enough', async () => {
  const page = await stage.openAs('sofia', demoPassword, '/statuses/new');
  await page.getByRole('radio', { name: 'Imagen' }).check();
  const buffer = await sharp({ create: { width: 90, height: 160, channels: 3, background: '#0B7A75' } }).png().toBuffer();
  await page.getByLabel(/^Imagen \(JPEG/).setInputFiles({ name: 'promo.png', mimeType: 'image/png', buffer });
  await shown(page.getByRole('img', { name: 'Imagen del estado' }));
  await page.getByRole('textbox', { name: 'Texto de la imagen' }).fill('Fibra al doble');
  await page.getByRole('radio', { name: 'Programar' }).check();
  await page.getByLabel('Fecha y hora').fill('2020-01-01T10:00');
  await page.getByRole('button', { name: 'Programar', exact: true }).press('Enter');
  await shown(page.getByText('Esa hora ya pasó: elegí una que venga.'));
  await page.getByLabel('Fecha y hora').fill('2035-01-31T18:30');
  await page.getByRole('button', { name: 'Programar', exact: true }).press('Enter');
  await shown(page.getByText(/Quedó programado para el 31 ene/));
  await page.getByRole('link', { name: /Fibra al doble/ }).press('Enter');
  await page.getByRole('link', { name: 'Editar' }).click();
  await page.getByRole('textbox', { name: 'Texto de la imagen' }).fill('Fibra al triple');
  await page.getByRole('button', { name: 'Guardar cambios' }).click();
  await gone(page.getByRole('button', { name: 'Guardar cambios' }));
  await page.getByRole('link', { name: /Fibra al triple/ }).click();
  await expectWellMade(page, 'statuses: planned');
  await page.getByRole('button', { name: 'Cancelar estado' }).click();
  await gone(page.getByRole('row').filter({ hasText: 'Fibra al triple' }));
  expect((await seen()).filter(({ kind }) => kind === 'image')).toEqual([]);
});
