import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { PanelStage, adminPassword, demoPassword, expectWellMade, gone, shown } from './panel-stage.js';

/** The customer book on a whole running copy: a list comes in, a month is invoiced, somebody pays, and each of it can be taken back. */
let stage: PanelStage;

beforeAll(async () => {
  stage = await PanelStage.create();
  await stage.chooseAdminPassword();
});
afterEach(() => stage.clear());
afterAll(() => stage.stop());

const LIST = 'N° cliente;Nombre y apellido;DNI;Celular;Dirección;Plan;Precio\n' +
  '0001;Zoe Importada;60111222;343 400-1234;Mitre 5;Fibra importada 77;12.345,50\n;;60333444;;;;\n';
const file = { name: 'clientes.csv', mimeType: 'text/csv', buffer: Buffer.from(LIST, 'latin1') };
const confirmed = async (page: Page, action: string): Promise<void> => {
  await page.getByRole('alertdialog').getByRole('button', { name: action }).click();
  await gone(page.getByRole('alertdialog'));
};

test('a list is imported after a look at it, a month is invoiced, paid, printed, and all of it taken back', async () => {
  const page = await stage.openAs('admin', adminPassword, '/customers/import');
  await page.getByLabel('Elegir archivo').setInputFiles(file);
  await shown(page.getByText('clientes.csv: 2 filas, 7 columnas.'));
  await page.getByRole('button', { name: 'Ver qué haría' }).click();
  await shown(page.getByText('Nombre: falta'));
  await expectWellMade(page, 'import: preview');
  await page.getByRole('button', { name: 'Confirmar e importar' }).click();
  await shown(page.getByRole('button', { name: 'Deshacer' }));

  await page.goto(`${stage.url}/customers?q=zoe`);
  await shown(page.getByRole('link', { name: /Zoe Importada/ }));
  await expectWellMade(page, 'customers');

  await page.goto(`${stage.url}/customers/invoicing`);
  await page.getByLabel('Mes', { exact: true }).fill('2041-03');
  await page.getByRole('button', { name: 'Ver antes de hacer' }).click();
  await shown(page.getByRole('cell', { name: 'Zoe Importada' }));
  await expectWellMade(page, 'invoicing: preview');
  await page.getByRole('button', { name: 'Confirmar y facturar' }).click();
  await confirmed(page, 'Confirmar y facturar');
  await shown(page.getByRole('region', { name: 'Facturaciones anteriores' }).getByRole('cell', { name: /^marzo de 2041/ }));

  await page.goto(`${stage.url}/customers?q=zoe`);
  await page.getByRole('link', { name: /Zoe Importada/ }).click();
  await page.getByRole('tab', { name: 'Facturas' }).click();
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: /^Descargar el PDF/ }).click();
  expect((await readFile(await (await download).path())).subarray(0, 5).toString()).toBe('%PDF-');
  await expectWellMade(page, 'customer: invoices');

  await page.getByRole('link', { name: 'Registrar pago' }).click();
  await page.getByLabel('Importe').fill('2.345,50');
  await page.getByRole('button', { name: 'Registrar pago' }).click();
  await shown(page.getByText('Escribí la referencia.'));
  await page.getByLabel('Referencia').fill('recibo-1');
  await expectWellMade(page, 'customer: payment');
  await page.getByRole('button', { name: 'Registrar pago' }).click();
  await shown(page.getByRole('cell', { name: 'recibo-1', exact: true }));
  await shown(page.getByText('$ 10.000,00').first());
  await page.getByRole('button', { name: 'Anular el pago recibo-1' }).click();
  await page.getByLabel('Motivo').fill('Comprobante repetido');
  await page.getByRole('button', { name: 'Anular pago', exact: true }).click();
  await shown(page.getByText('Comprobante repetido'));

  await page.goto(`${stage.url}/customers/invoicing`);
  await page.getByRole('button', { name: 'Deshacer' }).click();
  await confirmed(page, 'Deshacer');
  await shown(page.getByText('Deshecha', { exact: true }));
});

test('who only reads the book finds no button that writes, and the sheets of plans and customers tell what is missing', async () => {
  const reader = await stage.openAs('sofia', demoPassword, '/customers');
  await shown(reader.getByRole('table'));
  expect(await reader.getByRole('link', { name: /Cliente nuevo|Importar/ }).count()).toBe(0);
  const page = await stage.openAs('admin', adminPassword, '/customers/new');
  await page.getByRole('button', { name: 'Guardar' }).click();
  await shown(page.getByText('Escribí el nombre.'));
  await expectWellMade(page, 'customer: new');
  await page.goto(`${stage.url}/customers/plans/new`);
  await page.getByRole('button', { name: 'Guardar' }).click();
  await shown(page.getByText('Escribí un importe, como 27.900,50.'));
  await expectWellMade(page, 'plans');
});
