import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { PanelStage, demoPassword, expectWellMade, gone, shown } from './panel-stage.js';

let stage: PanelStage;
beforeAll(async () => {
  stage = await PanelStage.create();
  await stage.copy.rows(`update users set must_change_password = false where company = 'demo' and login = 'admin'`);
  await stage.copy.rows(`update channel_safety set quiet_from = '00:00', quiet_until = '00:00', first_contact_gap_least_ms = 0, first_contact_gap_most_ms = 0`);
});
afterEach(() => stage.clear());
afterAll(() => stage.stop());

test('an administrator makes a token, sees it once, and tries it out; a supervisor looks after what becomes of the notices', async () => {
  const page = await stage.openAs('admin', 'admin', '/settings/gateway');
  await shown(page.getByText('Todavía no hay ninguno: sin token nadie puede mandar.'));
  await page.getByRole('button', { name: 'Crear token' }).click();
  await shown(page.getByText('Poné un nombre, por ejemplo el de tu sistema.'));
  await page.getByRole('textbox', { name: 'Nombre del token' }).fill('MikroWisp');
  await page.getByRole('button', { name: 'Crear token' }).click();
  await shown(page.getByRole('heading', { name: 'Tu token nuevo' }));
  const token = (await page.locator('.given pre').innerText()).trim();
  expect(token).toMatch(/^hgw_/);
  await expectWellMade(page, 'gateway: a new token');
  await page.getByRole('button', { name: 'Ya lo copié' }).click();
  await gone(page.getByText(token));
  const address = (await page.locator('gateway-copied-text pre').first().innerText()).trim();
  await page.getByRole('textbox', { name: 'Número' }).fill('0343 15 400-0931');
  await page.getByRole('button', { name: 'Mandar prueba' }).click();
  await shown(page.getByText(/Aceptado con el id/));

  const send = async (to: string, message: string): Promise<void> => {
    const answer = await fetch(`${address}?${new URLSearchParams({ to, message, token }).toString()}`);
    expect(answer.status).toBe(200);
  };
  const panel = await stage.openAs('sofia', demoPassword, '/notices');
  await shown(panel.getByRole('row').filter({ hasText: 'Prueba de la pasarela de mensajes.' }).getByText('Falló'));
  await shown(panel.getByText(/Ese número no tiene WhatsApp/));
  await panel.getByRole('button', { name: 'Pausar' }).click();
  await shown(panel.getByRole('button', { name: 'Seguir' }));
  await send('0343 15 400-0932', 'Su factura vence mañana');
  await shown(panel.getByRole('row').filter({ hasText: 'Su factura vence mañana' }).getByText('Retenido'));
  await expectWellMade(panel, 'notices: a day');
  await panel.getByRole('link').filter({ hasText: '400-0932' }).click();
  await shown(panel.locator('hilo-side-sheet').getByText('Su factura vence mañana'));
  await expectWellMade(panel, 'notices: one');
  await panel.getByRole('button', { name: 'Cancelar aviso' }).click();
  await shown(panel.locator('hilo-side-sheet').getByText('Cancelado', { exact: true }).first());
  await panel.getByRole('button', { name: 'Mandar de nuevo' }).click();
  await shown(panel.getByText('El aviso vuelve a la cola'));
  await panel.getByRole('button', { name: 'Seguir' }).click();
  await shown(panel.getByRole('button', { name: 'Pausar' }));
});
