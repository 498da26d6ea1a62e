import type { Page } from 'playwright-core';
import PDFDocument from 'pdfkit';
import sharp from 'sharp';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { PanelStage, adminPassword, demoPassword, expectWellMade, shown } from './panel-stage.js';

/** The review of receipts on a whole running copy: what a reading left is looked at, found, and decided by keyboard. */
let stage: PanelStage;

const read = { isReceipt: true, issuer: 'galicia', kind: 'transfer', state: 'completed', amount: { amount: '24900.00', currency: 'ARS' }, paidAt: { on: '2026-11-18', at: '20:47' },
  payer: { name: 'GONZALEZ PABLO ARIEL' }, beneficiary: { name: 'LITORAL FIBRA SRL' }, references: [{ type: 'operation', value: '661022984471' }], confidence: { amount: 0.99, payerName: 0.55 } };

async function addReceipt(name: string, amount: string, state: string, code: string): Promise<void> {
  await stage.copy.rows(
    `insert into receipts (company, source, state, customer, customer_name, amount, currency, issuer, payer_name, read, reasons, comparisons, policy)
      values ('demo', 'panel', '${state}', 'c1', '${name}', ${amount}, 'ARS', 'galicia', 'Otro', '${JSON.stringify(read)}', '{${code}}', '[{"code": "${code}", "verdict": "warn"}]', '{}')`);
}

const aPicture = () => sharp({ create: { width: 320, height: 520, channels: 3, background: '#e8eefc' } }).png().toBuffer();

/** What a bank's app hands out, on two pages. */
async function aPdf(): Promise<Buffer> {
  const pdf = new PDFDocument({ size: 'A4' });
  pdf.fontSize(30).text('$ 24.900,00', 80, 120).fontSize(12).text('18/11/2026 20:47', 80, 180).text('Para LITORAL FIBRA S.R.L.', 80, 210).text('Número de operación 661022984471', 80, 240);
  pdf.addPage().text('Condiciones', 80, 120).end();
  const parts: Buffer[] = [];
  for await (const part of pdf as AsyncIterable<Buffer>) parts.push(part);
  return Buffer.concat(parts);
}

/** Puts a file up as the API takes it, and gives it to a receipt. */
async function putUp(page: Page, name: string, file: Buffer): Promise<void> {
  const status = await page.evaluate<number>(`(async () => {
    const { csrf } = await (await fetch('/api/session')).json();
    const bytes = Uint8Array.from(atob('${file.toString('base64')}'), (one) => one.charCodeAt(0));
    return (await fetch('/api/receipts/files', { method: 'POST', body: bytes, headers: { 'content-type': 'application/octet-stream', 'x-csrf-token': csrf } })).status;
  })()`);
  expect(status).toBe(200);
  await stage.copy.rows(
    `update receipts r set sha256 = u.sha256, size = u.size, mimetype = u.mimetype, regions = '{"amount": {"x": 0.2, "y": 0.3, "w": 0.6, "h": 0.07}}'
      from uploads u where u.company = r.company and u.size = ${file.byteLength} and r.customer_name = '${name}'`);
}

beforeAll(async () => {
  stage = await PanelStage.create();
  await addReceipt('Kiosco El Trébol', '24900', 'review', 'beneficiary-other');
  await addReceipt('Natalia Vega', '20000', 'review', 'amount-below-due');
  await addReceipt('Hugo Ledesma', '18500', 'accepted', 'verified');
});
afterEach(() => stage.clear());
afterAll(() => stage.stop());

test('a supervisor goes through the queue by keyboard, looks at one, and finds an earlier one in the history', async () => {
  const page = await stage.openAs('sofia', demoPassword, '/receipts');
  await shown(page.getByRole('link', { name: /Kiosco El Trébol/ }));
  await shown(page.getByRole('link', { name: /^Comprobantes 2/ }));
  await expectWellMade(page, 'receipts: the queue');
  await page.keyboard.press('j');
  await shown(page.getByText('Para revisar: es menos de lo que debe'));
  await page.keyboard.press('j');
  await shown(page.getByText('Para revisar: no es tu empresa'));
  await shown(page.getByText('Se registra el pago en Libro de clientes de Hilo'));
  await putUp(page, 'Kiosco El Trébol', await aPicture());
  await page.reload();
  await shown(page.getByRole('img', { name: 'Imagen del comprobante' }));
  await expect.poll(() => page.evaluate<number>(`document.querySelector('receipts-picture img').naturalWidth`), { timeout: 20_000 }).toBe(320);
  expect(await page.locator('receipts-picture .mark').count()).toBe(1);
  await page.getByRole('button', { name: 'Marcar lo leído' }).click();
  await page.locator('receipts-picture .mark').waitFor({ state: 'detached' });
  await expectWellMade(page, 'receipts: one');

  await page.keyboard.press('r');
  await page.getByRole('dialog').getByRole('button', { name: 'Rechazar' }).click();
  await shown(page.getByText('Escribí el motivo.'));
  await page.getByLabel('Motivo').fill('a');
  await expectWellMade(page, 'receipts: the reason');
  // What is typed is no command.
  expect(await page.getByLabel('Motivo').inputValue()).toBe('a');
  await page.getByRole('button', { name: 'Cancelar' }).click();

  await page.getByRole('button', { name: 'Corregir Monto' }).click();
  await page.getByLabel('Monto', { exact: true }).fill('nada');
  await page.getByRole('button', { name: 'Guardar' }).click();
  await shown(page.getByText('Escribí un importe, como 27.900,50.'));

  await page.getByRole('button', { name: /^Todos/ }).click();
  await shown(page.getByRole('columnheader', { name: 'Lo decidió' }));
  await page.getByLabel('Desde').fill('2020-01-02');
  await page.getByLabel('Hasta').fill('2020-01-01');
  await shown(page.getByText('El primer día es posterior al último.'));
  await page.getByLabel('Hasta').fill('2020-01-03');
  await page.getByRole('button', { name: 'Aplicar' }).click();
  await page.waitForURL(/from=2020-01-02&to=2020-01-03|to=2020-01-03&from=2020-01-02/);
  await shown(page.getByText('Probá con otros días u otras palabras.'));
  await page.getByRole('button', { name: 'Limpiar' }).click();
  await shown(page.getByRole('link', { name: 'Hugo Ledesma' }));
  await expectWellMade(page, 'receipts: the history');
  const saved = page.waitForEvent('download');
  await page.getByRole('link', { name: 'Exportar' }).click();
  expect((await saved).suggestedFilename()).toBe('comprobantes.csv');

  await page.getByRole('button', { name: /^Aprobados/ }).click();
  await page.getByRole('textbox', { name: 'Nombre, operación o monto' }).fill('ledesma');
  await shown(page.getByRole('link', { name: /Hugo Ledesma/ }));
  await page.waitForURL(/show=accepted.*q=ledesma|q=ledesma.*show=accepted/);
  await page.getByRole('link', { name: /Hugo Ledesma/ }).click();
  await shown(page.getByRole('button', { name: 'Rechazar' }));
  expect(await page.getByRole('button', { name: 'Aprobar' }).count()).toBe(0);
  await page.getByRole('button', { name: 'Volver a la lista' }).click();
  await shown(page.getByRole('columnheader', { name: 'Lo decidió' }));
});

test('a PDF is shown by its pages, with what was read marked on them, enlarged by keyboard, and by its words', async () => {
  await addReceipt('Marina Sosa', '24900', 'review', 'payer-other');
  const page = await stage.openAs('sofia', demoPassword, '/receipts');
  const scripts: string[] = [];
  page.on('request', (request) => void (request.resourceType() === 'script' && scripts.push(request.url())));
  await putUp(page, 'Marina Sosa', await aPdf());
  await page.getByRole('link', { name: /Marina Sosa/ }).click();
  await shown(page.getByRole('img', { name: 'Página 2' }));
  expect(scripts.length).toBeGreaterThan(0); // what draws it was not there before
  expect(await page.locator('receipts-pdf-pages .mark').allTextContents()).toEqual(['1', '2', '3', '6']);
  // The amount's mark is around the amount, which stands 80 points from the left and 120 from the top of an A4 page.
  const [leaf, mark] = [(await page.getByRole('img', { name: 'Página 1' }).boundingBox())!, (await page.locator('receipts-pdf-pages .mark').first().boundingBox())!];
  expect([Math.round((595 * (mark.x - leaf.x)) / leaf.width), Math.round((842 * (mark.y - leaf.y + mark.height / 2)) / leaf.height)]).toEqual([expect.closeTo(80, -1), expect.closeTo(135, -1.3)]);
  const width = async () => (await page.getByRole('img', { name: 'Página 1' }).boundingBox())!.width;
  const fitted = await width();
  await page.keyboard.press('+');
  await expect.poll(width, { timeout: 20_000 }).toBeGreaterThan(fitted);
  await page.keyboard.press('0');
  await expect.poll(width, { timeout: 20_000 }).toBe(fitted);
  await page.getByRole('button', { name: 'Ver el texto' }).click();
  await shown(page.getByText('Lo que dice el PDF:'));
  await stage.copy.rows(`delete from receipts where customer_name = 'Marina Sosa'`);
});

test('what is decided goes through the receipt’s workflow: rejected for a reason, the next one is open, and both screens and audit know who did it', async () => {
  await addReceipt('Ernesto Paz', '15000', 'review', 'date-old');
  const page = await stage.openAs('sofia', demoPassword, '/receipts');
  await page.getByRole('link', { name: /Ernesto Paz/ }).click();
  await shown(page.getByText('Para revisar: es viejo'));
  await page.keyboard.press('r');
  await page.getByLabel('Motivo').fill('no figura en la cuenta');
  await page.getByRole('dialog').getByRole('button', { name: 'Rechazar' }).click();
  await shown(page.getByText('Para revisar: es menos de lo que debe'));
  await page.goto(`${stage.url}/receipts?show=rejected`);
  await page.getByRole('link', { name: /Ernesto Paz/ }).click();
  await shown(page.getByText('Lo decidió Sofía Aguirre'));
  await shown(page.getByText('no figura en la cuenta').first());
  const audited = await stage.copy.rows(`select actor_name from audit_log where action = 'receipt.rejected'`);
  expect(audited).toHaveLength(1);
});

test('on a phone the queue and the receipt are pages of their own', async () => {
  const page = await stage.openAs('sofia', demoPassword, '/receipts', { viewport: { width: 360, height: 740 } });
  await page.getByRole('link', { name: /Kiosco El Trébol/ }).click();
  await shown(page.getByRole('button', { name: 'Aprobar' }));
  await page.getByRole('button', { name: 'Volver a la lista' }).click();
  await shown(page.getByRole('link', { name: /Natalia Vega/ }));
});

test('a bank’s statement with columns of its own is mapped, seen and imported once, and shows which receipt it confirms', async () => {
  await stage.copy.rows(`insert into payment_methods (company, kind, name, holder, number) values ('demo', 'transfer', 'Banco de la Ribera', 'Litoral Fibra SRL', '2850590940090418135201')`);
  const text = 'Banco de la Ribera;;;\nCuánto;Qué;Cuándo;Operación\n24.900,00;TRANSF DE GONZALEZ PABLO ARIEL;18/11/2026;661022984471\nmucho;ALGO;19/11/2026;\n-500,00;COMISION;19/11/2026;\n';
  const statement = { name: 'ribera.csv', mimeType: 'text/csv', buffer: Buffer.from(text, 'latin1') };
  const page = await stage.openAs('sofia', demoPassword, '/receipts');
  await page.getByRole('link', { name: 'Extractos bancarios' }).click();
  await page.getByLabel('Elegir archivo').setInputFiles(statement);
  await shown(page.getByText('ribera.csv: 5 filas.'));
  await page.getByLabel('Fila con los nombres').selectOption({ label: 'Fila 2: Cuánto Qué Cuándo Operación' });
  for (const [field, at] of [['Fecha', '2'], ['Importe (con signo)', '0'], ['Concepto', '1'], ['Número de operación', '3']] as const) await page.getByLabel(field, { exact: true }).selectOption(at);
  await page.getByRole('button', { name: 'Ver qué se entiende' }).click();
  await shown(page.getByText('Fila 4: el importe no se entiende'));
  await shown(page.getByText('Se confirma con la fila 3').first());
  await expectWellMade(page, 'statements: preview');
  await page.getByRole('button', { name: 'Confirmar e importar' }).click();
  await shown(page.getByRole('heading', { name: 'ribera.csv' }));
  await shown(page.getByRole('region', { name: 'Lo que entró' }).getByText('GONZALEZ PABLO ARIEL').first());
  await expectWellMade(page, 'statements: one import');

  await page.getByRole('link', { name: 'Extractos bancarios' }).click();
  await page.getByLabel('Elegir archivo').setInputFiles(statement);
  await shown(page.getByText('Las columnas son las que elegiste la última vez.'));
  await shown(page.getByText(/^Este mismo archivo ya se importó en Banco de la Ribera/));
  await shown(page.getByText('Así no hay nada nuevo para importar.'));
  await expectWellMade(page, 'statements: nothing new');
});

test('an administrator chooses what happens to receipts and what customers are told', async () => {
  await stage.chooseAdminPassword();
  const page = await stage.openAs('admin', adminPassword, '/settings/receipts');
  await shown(page.getByRole('heading', { name: 'Comprobantes con IA' }));
  await expectWellMade(page, 'settings: receipts');
  await page.getByText('También lo que se ve bien, hasta un monto').click();
  await page.getByLabel('Hasta cuánto, en ARS').fill('mucho');
  await page.getByLabel('Días de antigüedad').fill('9');
  await page.getByLabel('Queda para una persona', { exact: true }).fill('Lo miramos, {{nombe}}.');
  await page.getByRole('button', { name: 'Guardar' }).click();
  await shown(page.getByText('{{nombe}} no es una variable').first());
  await page.getByLabel('Queda para una persona', { exact: true }).fill('Lo miramos, {{nombre}}.');
  await shown(page.getByText('Lo miramos, Marta.'));
  await page.getByLabel('Hasta cuánto, en ARS').fill('25.000');
  await page.getByRole('button', { name: 'Guardar' }).click();
  await shown(page.getByText('Guardado: vale para los comprobantes que se analicen desde ahora.'));
  const [saved] = await stage.copy.rows<{ policy: object; texts: object }>(`select policy, texts from receipt_policies where company = 'demo'`);
  expect(saved).toMatchObject({ policy: { mode: 'auto_if_clean', cleanCap: '25000.00', maxAgeDays: 9 }, texts: { review: 'Lo miramos, {{nombre}}.' } });
  await page.reload();
  expect(await page.getByLabel('Hasta cuánto, en ARS').inputValue()).toBe('25000,00');
});

test('an administrator sees how customers can pay and which model reads receipts', async () => {
  const page = await stage.openAs('admin', adminPassword, '/settings/payment-methods');
  await shown(page.getByText('Transferencia bancaria').first());
  await expectWellMade(page, 'settings: payment methods');
  await page.getByRole('button', { name: 'Agregar cuenta' }).click();
  await expectWellMade(page, 'settings: a new account');
  await page.goto(new URL('/settings/models', page.url()).href);
  await shown(page.getByRole('heading', { name: 'Inteligencia artificial' }).first());
  await expectWellMade(page, 'settings: models');
  await page.goto(new URL('/receipts/new', page.url()).href);
  await shown(page.getByRole('heading', { name: 'Cargar comprobante' }));
  await page.getByRole('button', { name: 'Analizar' }).click();
  await shown(page.getByText('Elegí el archivo.'));
  await expectWellMade(page, 'receipts: put up');
});
