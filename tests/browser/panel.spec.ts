import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { waitFor } from '../../libs/testing/wait-for.js';
import { PanelStage, adminPassword, demoPassword, expectWellMade, gone, shown, signIn } from './panel-stage.js';

const customer = '5493434000321';
let stage: PanelStage;

beforeAll(async () => {
  stage = await PanelStage.create();
});
afterEach(() => stage.clear());
afterAll(() => stage.stop());

test('the first run leads from admin/admin to a bot that answers: own password, company, linked number, test chat, dashboard', async () => {
  const number = await stage.copy.account();
  await fetch(`${stage.simulatorUrl}/accounts/${number}/unlink`, { method: 'POST' });

  const page = await stage.open();
  await shown(page.getByRole('heading', { name: 'Entrá a Litoral Fibra' }));
  await expectWellMade(page, 'login');
  await signIn(page, 'admin', 'no-es-esta');
  await shown(page.getByText('El usuario o la contraseña no coinciden.'));
  await signIn(page, 'admin', 'admin');
  const next = page.getByRole('textbox', { name: 'Contraseña nueva' });
  await next.fill('corta');
  await page.getByRole('button', { name: 'Guardar y entrar' }).click();
  await shown(page.getByText('necesita al menos 10'));
  await expectWellMade(page, 'new password');
  await next.fill(adminPassword);
  await page.getByRole('button', { name: 'Guardar y entrar' }).click();

  await shown(page.getByRole('heading', { name: '¿Cómo se llama tu empresa?' }));
  await expectWellMade(page, 'wizard: company');
  await page.getByRole('textbox', { name: 'Nombre de la empresa' }).fill('Litoral Fibra del Sur');
  await page.getByRole('button', { name: 'Guardar y seguir' }).click();

  await shown(page.getByRole('heading', { name: '¿Dónde están tus clientes?' }));
  await shown(page.getByRole('link', { name: 'Importar una planilla' }));
  await page.getByRole('button', { name: 'MikroWisp' }).click();
  await shown(page.getByRole('button', { name: 'Probar conexión' }));
  await expectWellMade(page, 'wizard: ISP system');
  await page.getByRole('button', { name: 'Siguiente' }).click();

  await shown(page.getByText('WhatsApp cerró la sesión desde el teléfono.'));
  await page.getByRole('button', { name: 'Mostrar el código QR' }).click();
  await shown(page.getByRole('img', { name: 'Código QR para vincular el teléfono' }));
  await expectWellMade(page, 'wizard: QR');
  const opening = page.context().waitForEvent('page');
  await page.getByRole('link', { name: 'Abrir en el teléfono simulado' }).click();
  const phone = await opening;
  await phone.getByRole('button', { name: 'Vincular', exact: true }).click();
  await shown(page.getByRole('heading', { name: 'Número vinculado' }));
  await page.getByRole('button', { name: 'Siguiente' }).click();

  await shown(page.getByText('Esperando el primer mensaje…'));
  await stage.copy.network.putPerson(customer, { name: 'Ana Ríos' });
  await stage.copy.network.write(customer, number, 'hola');
  await shown(page.getByText('El bot contestó.'));
  await page.getByRole('button', { name: 'Siguiente' }).click();
  await shown(page.getByRole('heading', { name: 'Tu bot ya sabe atender' }));
  await page.getByRole('button', { name: 'Siguiente' }).click();
  await page.getByRole('button', { name: 'Ir al Dashboard' }).click();

  await shown(page.getByText('CONECTADO', { exact: true }));
  await shown(page.getByText('Bot conectado'));
  await gone(page.getByText('Terminá la puesta en marcha'));
  await expectWellMade(page, 'dashboard');
});

test('a phone that logs out turns the dashboard to the QR by itself, and one that links turns it back', async () => {
  const page = await stage.openAs('admin', adminPassword);
  await shown(page.getByText('CONECTADO', { exact: true }));
  const number = await stage.copy.account();
  await fetch(`${stage.simulatorUrl}/accounts/${number}/unlink`, { method: 'POST' });
  await shown(page.getByText('DESCONECTADO', { exact: true }));
  await page.getByRole('button', { name: 'Mostrar el código QR' }).click();
  await shown(page.getByText('ESPERANDO QR', { exact: true }));
  await shown(page.getByText(/Se renueva solo en \d:\d\d/));
  await expectWellMade(page, 'dashboard: QR');
  const url = new URL((await page.getByRole('link', { name: 'Abrir en el teléfono simulado' }).getAttribute('href'))!);
  const scan = await fetch(`${stage.simulatorUrl}/accounts/${number}/scan`, {
    method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ qr: url.searchParams.get('qr') }),
  });
  expect(scan.ok).toBe(true);
  await shown(page.getByText('CONECTADO', { exact: true }));
});

test('a new colleague gets a password once, has to change it, sees OmniChat alone, and loses the way in when deactivated', async () => {
  const page = await stage.openAs('admin', adminPassword, '/settings/users');
  await shown(page.getByRole('link', { name: /Carla Benítez/ }));
  await expectWellMade(page, 'users');
  await page.getByRole('link', { name: 'Añadir usuario' }).click();
  await page.getByRole('textbox', { name: 'Usuario', exact: true }).fill('Con Espacios');
  await page.getByRole('textbox', { name: 'Nombre', exact: true }).fill('Lucía Franco');
  await page.getByRole('button', { name: 'Crear usuario' }).click();
  await shown(page.getByText('Solo minúsculas sin acentos'));
  await expectWellMade(page, 'new user');
  await page.getByRole('textbox', { name: 'Usuario', exact: true }).fill('lucia.franco');
  await page.getByRole('checkbox', { name: 'Ventas' }).check();
  await page.getByRole('button', { name: 'Crear usuario' }).click();
  const given = page.getByRole('heading', { name: 'Contraseña provisoria de Lucía Franco' }).locator('xpath=following-sibling::output');
  const temporary = (await given.textContent())!.trim();
  await page.getByRole('button', { name: 'Listo' }).click();
  await shown(page.getByRole('row', { name: /Lucía Franco.*Ventas.*Contraseña provisoria/ }));

  const hers = await stage.open();
  await signIn(hers, 'lucia.franco', temporary);
  await hers.getByRole('textbox', { name: 'Contraseña nueva' }).fill('la-clave-de-lucia');
  await hers.getByRole('button', { name: 'Guardar y entrar' }).click();
  await hers.waitForURL('**/omnichat');
  await hers.goto(`${stage.url}/settings/users`);
  await hers.waitForURL('**/omnichat');

  await page.getByRole('link', { name: /Lucía Franco/ }).click();
  await page.getByRole('button', { name: 'Desactivar' }).click();
  await hers.waitForURL('**/login/**');
  await page.getByRole('button', { name: 'Deshacer' }).click();
  await shown(page.getByText('Lucía Franco puede entrar de nuevo.'));
  await signIn(hers, 'lucia.franco', 'la-clave-de-lucia');
  await hers.waitForURL('**/omnichat');
});

test('an administrator chooses the group that hears of new tickets, and says by which phone a colleague is known there', async () => {
  const page = await stage.openAs('admin', adminPassword);
  const card = page.getByRole('region', { name: 'Avisos en un grupo' });
  await shown(card.getByText('Este número no está en ningún grupo.'));
  await expectWellMade(page, 'dashboard: no group');
  const created = await fetch(`${stage.simulatorUrl}/groups`, {
    method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ subject: 'Soporte Litoral', members: [await stage.copy.account(), customer] }),
  });
  expect(created.ok).toBe(true);
  await waitFor('the gateway to know of the group', async () => (await stage.copy.rows('select jid from wa_groups')).length > 0);
  await card.getByRole('button', { name: 'Buscar de nuevo' }).press('Enter');
  const list = card.getByRole('combobox', { name: 'Grupo que se entera de los tickets nuevos' });
  expect(await list.inputValue()).toBe('');
  await expectWellMade(page, 'dashboard: groups');
  await list.press('ArrowDown');
  await shown(page.getByText('Los tickets nuevos se avisan en Soporte Litoral.'));
  await page.reload();
  expect(await list.locator('option:checked').textContent()).toContain('Soporte Litoral');

  await page.goto(`${stage.url}/settings/users`);
  await page.getByRole('link', { name: /Carla Benítez/ }).click();
  const phone = page.getByRole('textbox', { name: 'WhatsApp (opcional)' });
  await phone.fill('0343');
  await page.getByRole('button', { name: 'Guardar' }).click();
  await shown(page.getByText('Escribilo entero, con código de país'));
  await expectWellMade(page, 'user: a phone that is none');
  await phone.fill('54 9 343 400-0900');
  await page.getByRole('button', { name: 'Guardar' }).click();
  await shown(page.getByText('Guardado.'));
  expect(await phone.inputValue()).toBe('+54 9 343 400-0900');
});

test('a form that was changed is not left by accident; what the other administrator changes shows by itself', async () => {
  const page = await stage.openAs('admin', adminPassword, '/settings/departments');
  await page.getByRole('link', { name: 'Añadir departamento' }).click();
  await page.getByRole('textbox', { name: 'Nombre' }).fill('Cobranzas');
  await page.getByRole('link', { name: 'Usuarios' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Seguir editando' }).click();
  await page.getByRole('button', { name: 'Crear departamento' }).click();
  await shown(page.getByRole('link', { name: 'Cobranzas' }));

  const other = await stage.openAs('admin', adminPassword, '/settings/departments');
  await other.getByRole('link', { name: 'Cobranzas' }).click();
  await expectWellMade(other, 'departments');
  await other.getByRole('button', { name: 'Borrar' }).click();
  await other.getByRole('alertdialog').getByRole('button', { name: 'Borrar' }).click();
  await gone(page.getByRole('link', { name: 'Cobranzas' }));
});

test('whoever changes the password stays, and the other places are logged out', async () => {
  const elsewhere = await stage.openAs('carla', demoPassword, '/account');
  const page = await stage.openAs('carla', demoPassword, '/account');
  await shown(page.getByRole('button', { name: 'Cerrar la sesión de Chrome en Linux' }).first());
  await expectWellMade(page, 'account');
  await page.getByRole('textbox', { name: 'Contraseña actual' }).fill('cualquier-otra');
  await page.getByRole('textbox', { name: 'Contraseña nueva' }).fill('otra-clave-de-carla');
  await page.getByRole('button', { name: 'Cambiar contraseña' }).click();
  await shown(page.getByText('La contraseña actual no es esa.'));
  await page.getByRole('textbox', { name: 'Contraseña actual' }).fill(demoPassword);
  await page.getByRole('button', { name: 'Cambiar contraseña' }).click();
  await shown(page.getByText('Contraseña cambiada.'));
  await elsewhere.waitForURL('**/login/?to=%2Faccount');
});

test('Ctrl K finds screens and people with the keyboard, and English is complete in its place', async () => {
  const page = await stage.openAs('admin', adminPassword);
  await shown(page.getByRole('heading', { level: 1 }));
  await page.keyboard.press('Control+K');
  const box = page.getByRole('combobox', { name: 'Buscar' });
  await box.fill('ANA RIOS');
  await shown(page.getByRole('option', { name: /Ana Ríos/ }));
  await expectWellMade(page, 'search');
  await box.fill('departam');
  await shown(page.getByRole('option', { name: /Departamentos/ }));
  await page.keyboard.press('Enter');
  await page.waitForURL('**/settings/departments');

  await page.getByRole('button', { name: /Tu cuenta/ }).click();
  await page.getByRole('menuitem', { name: 'Read in English' }).click();
  await shown(page.getByRole('heading', { name: 'Departments' }));
  expect(await page.locator('html').getAttribute('lang')).toBe('en');
});

test('a cut is told, and once the server is back the page says so and shows what happened meanwhile', async () => {
  const page = await stage.openAs('admin', adminPassword, '/settings/users');
  await shown(page.getByRole('link', { name: /Diego Ferreyra/ }));
  const thaw = stage.copy.freeze('api');
  stage.copy.killProcess('api');
  thaw();
  await shown(page.getByText('Sin conexión: esto puede estar atrasado.'));
  await stage.copy.rows(`update users set name = 'Diego Ferreyra Paz' where login = 'diego'`);
  await shown(page.getByText('Reconectado'));
  await waitFor('the change to show', () => page.getByRole('link', { name: /Diego Ferreyra Paz/ }).isVisible());
});

test('who tries passwords is slowed down, with the time left on the button’s side', async () => {
  const page = await stage.open();
  await waitFor('the wait', async () => {
    if (await page.getByRole('button', { name: 'Entrar', exact: true }).isEnabled()) await signIn(page, 'nadie', 'no-es-esta');
    return page.getByText(/Podés probar de nuevo en \d:\d\d/).isVisible();
  }, 60_000);
  expect(await page.getByRole('button', { name: 'Entrar', exact: true }).isDisabled()).toBe(true);
  await expectWellMade(page, 'login: slowed down');
});
