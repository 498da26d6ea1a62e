import type { Page } from 'playwright-core';
import sharp from 'sharp';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { PanelStage, adminPassword, expectWellMade, gone, shown, signIn } from './panel-stage.js';

/** The settings on a whole running copy, as its administrator. */
let stage: PanelStage;

beforeAll(async () => {
  stage = await PanelStage.create();
  const page = await stage.open();
  await signIn(page, 'admin', 'admin');
  await page.getByRole('textbox', { name: 'Contraseña nueva' }).fill(adminPassword);
  await page.getByRole('button', { name: 'Guardar y entrar' }).click();
  await shown(page.getByRole('heading', { name: '¿Cómo se llama tu empresa?' }));
  await stage.clear();
});
afterEach(() => stage.clear());
afterAll(() => stage.stop());

const open = (path: string): Promise<Page> => stage.openAs('admin', adminPassword, path);
const card = (page: Page, name: string) => page.getByRole('listitem').filter({ has: page.getByRole('heading', { name, exact: true }) });
const saveBar = (page: Page) => page.locator('.savebar');

test('the grid says how each part is, finds it by other words, and Ctrl K finds it, too', async () => {
  const page = await open('/settings');
  await shown(card(page, 'Datos de la empresa').getByText('Falta completar'));
  await shown(card(page, 'Usuarios').getByText('Configurado'));
  await expectWellMade(page, 'settings');
  await page.getByRole('textbox', { name: 'Buscar en la configuración' }).fill('FERIADOS');
  await gone(card(page, 'Usuarios'));
  await expectWellMade(page, 'settings: searched');
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox').fill('feriados');
  await shown(page.getByRole('option', { name: /Datos de la empresa/ }));
  await page.keyboard.press('Enter');
  await shown(page.getByRole('heading', { name: 'Datos de la empresa', level: 1 }));
  await page.getByRole('link', { name: 'Regresar' }).click();
  await shown(page.getByRole('heading', { name: 'Configuración', level: 1 }));
});

test('company data: hours are said before they are saved, what is wrong is said where it is, nothing is lost unasked, and all of it is audited', async () => {
  const page = await open('/settings/company');
  await page.getByRole('button', { name: 'Cargar horarios' }).click();
  await shown(page.getByText('«Atendemos de lunes a viernes de 8 a 12 y de 16 a 20, y los sábados de 9 a 13.»'));
  const until = page.getByLabel('Martes: hasta').first();
  await until.fill('17:00');
  await shown(page.getByText('Dos tramos se superponen.'));
  await page.getByRole('button', { name: 'Guardar', exact: true }).click();
  await shown(saveBar(page).getByText('Hay horarios para corregir.'));
  await expectWellMade(page, 'company: an overlap');
  await until.fill('12:00');
  await gone(page.getByText('Dos tramos se superponen.'));
  await page.getByRole('button', { name: 'Agregar un día' }).click();
  await page.getByLabel('Fecha', { exact: true }).fill('2026-12-25');
  await page.getByRole('textbox', { name: 'Nombre', exact: true }).last().fill('Navidad');
  await page.getByRole('textbox', { name: 'Mensaje de bienvenida' }).fill('¡Hola! Somos *Litoral*.');
  await page.getByRole('textbox', { name: 'Teléfonos' }).fill('llamame');
  await page.getByRole('textbox', { name: 'Correo' }).focus();
  await shown(page.getByText('«llamame» no parece un teléfono.'));
  await page.getByRole('textbox', { name: 'Teléfonos' }).fill('0343 421-0000');
  await shown(saveBar(page).getByText('3 cambios sin guardar:'));
  await expectWellMade(page, 'company: unsaved');

  await page.getByRole('link', { name: 'Regresar' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Seguir editando' }).click();
  await page.getByRole('button', { name: 'Guardar', exact: true }).click();
  await gone(saveBar(page));

  const png = await sharp({ create: { width: 300, height: 300, channels: 3, background: '#0B7A75' } }).png().toBuffer();
  await page.locator('input[type=file]').setInputFiles({ name: 'logo.png', mimeType: 'image/png', buffer: png });
  await shown(page.locator('nav img.company'));
  await expectWellMade(page, 'company: saved');
  await page.reload();
  await shown(page.getByText('«Atendemos de lunes a viernes de 8 a 12 y de 16 a 20, y los sábados de 9 a 13.»'));
  await page.getByRole('link', { name: 'Regresar' }).click();
  await shown(card(page, 'Datos de la empresa').getByText('Configurado'));

  await page.goto(`${stage.url}/settings/audit?kind=company.changed`);
  await page.getByRole('button', { name: 'Datos de la empresa cambiados' }).first().click();
  const sheet = page.getByRole('region', { name: 'Datos de la empresa cambiados' });
  await shown(sheet.getByText('¡Hola! Somos *Litoral*.'));
  await shown(sheet.getByText('08:00–12:00, 16:00–20:00').first());
  await shown(sheet.getByText('Contacto › Teléfonos'));
  await expectWellMade(page, 'audit: a change');
  await page.keyboard.press('Escape');
  await gone(sheet);
  await page.getByRole('textbox', { name: 'Buscar en el registro' }).fill('nada que exista');
  await shown(page.getByRole('heading', { name: 'Ningún cambio coincide' }));
  expect(new URL(page.url()).searchParams.get('q')).toBe('nada que exista');
});

test('Info Cliente: facts are hidden and moved by keyboard, seen in the preview, and stay', async () => {
  const page = await open('/settings/customer-fields');
  const preview = page.getByRole('region', { name: 'Así lo ve el agente' });
  await shown(preview.getByText('Marta Giménez'));
  await expectWellMade(page, 'customer fields');
  await page.getByRole('checkbox', { name: 'IP', exact: true }).press('Space');
  await shown(preview.getByText('100.64.3.17'));
  await page.getByRole('button', { name: 'Subir Estado de cuenta' }).press('Enter');
  await shown(saveBar(page).getByText('2 cambios sin guardar:'));
  await expectWellMade(page, 'customer fields: unsaved');
  await page.getByRole('button', { name: 'Guardar', exact: true }).click();
  await gone(saveBar(page));
  await page.reload();
  await shown(preview.getByText('100.64.3.17'));
  expect(await preview.getByRole('heading', { level: 3 }).allTextContents()).toEqual(
    ['Cliente', 'Contacto', 'Estado de cuenta', 'Plan y servicio', 'Conexión', 'Facturas', 'Tickets anteriores']);
});

test('MercadoPago’s notices get another address after a word about what follows, and the page says how long the former one is taken', async () => {
  const page = await open('/settings/payment-methods');
  const address = () => page.getByText(/\/hooks\/mercadopago\/demo\//).first().textContent();
  await shown(page.getByRole('button', { name: 'Cambiar la dirección' }));
  const before = await address();
  await page.getByRole('button', { name: 'Cambiar la dirección' }).click();
  await shown(page.getByText('La de ahora se acepta 14 días más, por los links que ya se mandaron.'));
  await page.getByRole('alertdialog').getByRole('button', { name: 'Cambiar la dirección' }).click();
  await shown(page.getByText(/La dirección anterior se acepta hasta el/));
  expect(await address()).not.toBe(before);
  await expectWellMade(page, 'payments: another address');
});
