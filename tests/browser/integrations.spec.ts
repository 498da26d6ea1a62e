import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { PanelStage, adminPassword, expectWellMade, gone, shown } from './panel-stage.js';

/** Integraciones ISP against the simulated MikroWisp: what is wrong is said in words, and what is right is activated. */
const TOKEN = 'token-de-mikrowisp';
let stage: PanelStage;

beforeAll(async () => {
  stage = await PanelStage.create();
  await stage.chooseAdminPassword();
});
afterEach(async () => {
  await control('DELETE', '/crm/faults?system=mikrowisp');
  await stage.clear();
});
afterAll(() => stage.stop());

const control = (method: string, path: string, body?: object): Promise<Response> =>
  fetch(stage.simulatorUrl + path, { method, ...(body ? { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } } : {}) });
const address = () => `${stage.simulatorUrl}/crm/mikrowisp`;
const fill = (page: Page, name: string, value: string) => page.getByRole('textbox', { name, exact: true }).fill(value);
const tried = async (page: Page, words: string | RegExp): Promise<void> => {
  await page.getByRole('button', { name: 'Probar conexión' }).click();
  await shown(page.getByRole('status').getByText(words));
};
const system = (page: Page, name: string) => page.getByRole('group', { name: 'Tu sistema' }).getByRole('button', { name });

test('a connection is tried with a diagnosis in words, saved, activated, and its key never comes back', async () => {
  const page = await stage.openAs('admin', adminPassword, '/settings');
  await page.getByRole('link', { name: /Integraciones ISP/ }).click();
  await shown(system(page, 'Libro de clientes de Hilo').getByText('Activo'));
  await system(page, 'MikroWisp').click();
  await shown(page.getByRole('heading', { name: 'Conexión con MikroWisp' }));
  await expectWellMade(page, 'integrations');

  await page.getByRole('button', { name: 'Probar conexión' }).click();
  await shown(page.getByText('Falta este dato.').first());
  await fill(page, 'URL del servidor', 'https://no-existe.invalid');
  await fill(page, 'Token de la API', 'otra-clave-cualquiera');
  await tried(page, /esa dirección no existe/);
  await fill(page, 'URL del servidor', 'http://10.20.30.40');
  await tried(page, /red privada/);
  await fill(page, 'URL del servidor', address());
  await tried(page, /MikroWisp rechazó la clave\. Revisala en MikroWisp → Ajustes → API\./);
  await expectWellMade(page, 'integrations: a key that is refused');
  await fill(page, 'Token de la API', TOKEN);
  await control('POST', '/crm/faults', { system: 'mikrowisp', kind: 'html', times: 1 });
  await tried(page, /hay una página web y no la API/);
  await tried(page, /Conexión correcta con MikroWisp/);
  await page.getByRole('button', { name: 'Guardar' }).click();
  await shown(page.getByText('Los datos de MikroWisp quedaron guardados.'));

  await page.getByRole('button', { name: 'Activar MikroWisp' }).click();
  await shown(page.getByRole('alertdialog').getByText('Libro de clientes de Hilo deja de consultarse'));
  await page.getByRole('alertdialog').getByRole('button', { name: 'Activar MikroWisp' }).click();
  await gone(page.getByRole('alertdialog'));
  await shown(system(page, 'MikroWisp').getByText('Activo'));
  await page.reload();
  await shown(page.getByText('configurado ••••wisp'));
  expect(await page.content()).not.toContain(TOKEN);
  await fill(page, 'URL del servidor', 'https://otra.example');
  await page.getByRole('button', { name: 'Guardar' }).click();
  await shown(page.getByText('Cambió la dirección: escribila de nuevo, la guardada era para la anterior.'));
  await page.getByRole('button', { name: 'Descartar' }).click();
  await expectWellMade(page, 'integrations: an active system');
});

test('a system that stops answering is seen on its screen and the dashboard, with what to do, and recovers', async () => {
  const page = await stage.openAs('admin', adminPassword, '/settings/integrations');
  await shown(system(page, 'MikroWisp').getByText('Activo'));
  await control('POST', '/crm/faults', { system: 'mikrowisp', kind: 'unavailable', times: 20 });
  for (let nth = 0; nth < 3; nth++) {
    await tried(page, /MikroWisp contestó con un error suyo/);
    await page.getByRole('button', { name: 'Probar conexión', disabled: false }).waitFor();
  }
  await shown(system(page, 'MikroWisp').getByText('No responde'));
  await shown(page.getByRole('region', { name: 'Últimos problemas' }).getByText(/3 veces/));
  await expectWellMade(page, 'integrations: a system that is down');
  const other = await stage.openAs('admin', adminPassword, '/dashboard');
  await shown(other.getByText('MikroWisp no responde: el bot no puede ver saldos ni conexiones.'));
  await control('DELETE', '/crm/faults?system=mikrowisp');
  for (let nth = 0; nth < 2; nth++) {
    await tried(page, /Conexión correcta con MikroWisp/);
    await page.getByRole('button', { name: 'Probar conexión', disabled: false }).waitFor();
  }
  await shown(system(page, 'MikroWisp').getByText('Activo'));
  await gone(other.getByText('MikroWisp no responde: el bot no puede ver saldos ni conexiones.'));
});
