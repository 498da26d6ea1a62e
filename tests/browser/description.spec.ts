import { readFile } from 'node:fs/promises';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { unknownSystem } from '../../libs/crm/generic/testing/unknown-system.js';
import { PanelStage, adminPassword, expectWellMade, shown } from './panel-stage.js';

/** Describing a system that Hilo does not know, against the simulated one. */
let stage: PanelStage;

beforeAll(async () => {
  stage = await PanelStage.create();
  await stage.chooseAdminPassword();
});
afterEach(() => stage.clear());
afterAll(() => stage.stop());

test('an imported description is tried: what went out, what came and what was understood; what is wrong is said in words', async () => {
  const page = await stage.openAs('admin', adminPassword, '/settings/integrations/generic');
  await shown(page.getByText('Describí al menos una operación.'));
  await expectWellMade(page, 'describe a system: nothing yet');
  await page.getByLabel('Importar').setInputFiles({ name: 'sistema.json', mimeType: 'application/json', buffer: Buffer.from(JSON.stringify(unknownSystem)) });
  await shown(page.getByText('La descripción está completa.'));
  await page.getByRole('textbox', { name: 'Dirección para probar' }).fill(`${stage.simulatorUrl}/crm/generic`);
  await page.getByRole('textbox', { name: 'Clave para probar' }).fill('clave-generica-1');
  await page.getByRole('button', { name: 'Editar Planes' }).press('Enter');
  await page.getByRole('button', { name: 'Probar', exact: true }).press('Enter');
  await shown(page.getByText(/^Funcionó en \d+ ms\. Filas: [1-9]/));
  await shown(page.getByRole('region', { name: 'Pedido' }).getByText('x-api-key: ***'));
  await expectWellMade(page, 'describe a system: tried');

  await page.getByRole('textbox', { name: 'downMbps (obligatorio)' }).fill('$.velocidad');
  await page.getByRole('textbox', { name: 'downMbps (obligatorio)' }).press('Tab');
  await page.getByRole('button', { name: 'Probar', exact: true }).press('Enter');
  await shown(page.getByText('Fila 1, plan.downMbps: no hay nada en $.velocidad'));
  await page.getByRole('textbox', { name: 'Ruta' }).fill('sin-barra');
  await shown(page.getByText('Planes · path: la ruta empieza con una sola barra'));
  await page.getByRole('button', { name: 'Guardar', exact: true }).click();
  await shown(page.getByRole('alert').getByText('A la descripción del sistema le falta algo. Revisá lo que está marcado.'));
  await expectWellMade(page, 'describe a system: something is wrong');
});

test('what was saved is there again, and goes out as a file that can be imported', async () => {
  const page = await stage.openAs('admin', adminPassword, '/settings/integrations/generic');
  await page.getByRole('combobox', { name: 'Empezar desde' }).selectOption('ispbrain');
  await shown(page.getByText('La descripción está completa.'));
  await page.getByRole('button', { name: 'Guardar', exact: true }).click();
  await shown(page.getByText('La descripción se guardó.'));
  await page.reload();
  await shown(page.getByText('GET /api/clients/{{id}}/balance'));
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Exportar' }).click()]);
  expect(JSON.parse(await readFile(await download.path(), 'utf8'))).toMatchObject({ version: 1, name: 'ISPBrain', auth: { mode: 'header', name: 'X-API-Key' } });
});
