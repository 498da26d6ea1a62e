import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { pdf, png, wav } from '../../libs/simulator/whatsapp/testing/files.js';
import { waitFor } from '../../libs/testing/wait-for.js';
import { PhoneStage, business, customerPhone, expectAccessible, marta, shown } from './phone-stage.js';

let stage: PhoneStage;

beforeAll(async () => {
  stage = await PhoneStage.create();
});
afterAll(() => stage.browser.close());
beforeEach(() => stage.startNetwork());
afterEach(() => stage.clear());

test('English is whole, and stays after a reload', async () => {
  const page = await stage.open();
  await page.getByRole('button', { name: 'Read in English' }).click();
  await page.reload();
  await shown(page.getByRole('heading', { name: 'Simulated phone' }));
  await shown(page.getByText('No customers yet'));
  expect(await page.locator('html').getAttribute('lang')).toBe('en');
});

for (const colorScheme of ['light', 'dark'] as const) {
  test(`every pane is accessible in the ${colorScheme} theme and fits 360 px`, async () => {
    await stage.call('PUT', `/people/${marta}`, { name: 'Marta Giménez', hidePhone: true, ad: true });
    const client = await stage.linkedBusiness();
    await stage.call('POST', `/people/${marta}/messages`, { to: business, text: 'hola', id: 'A1' });
    const { key } = await waitFor('the message from the ad', () => client.messages.find((message) => !message.key.fromMe));
    await client.send(key.remoteJid ?? '', `*Menú*\n1. Saldo\n2. ${'Conexión'.repeat(20)}`);
    const files = { image: { base64: png(40).toString('base64'), mimetype: 'image/png' }, audio: { base64: wav().toString('base64'), mimetype: 'audio/wav', voice: true } };
    for (const [kind, file] of Object.entries(files)) await stage.call('POST', `/people/${marta}/messages`, { to: business, [kind]: file });
    await stage.call('POST', `/people/${marta}/messages`, { to: business, document: { base64: pdf().toString('base64'), mimetype: 'application/pdf', fileName: 'factura.pdf' } });
    await stage.call('POST', `/people/${marta}/messages`, { to: business, text: 'eso', quote: 'A1' });
    await stage.call('POST', `/people/${marta}/messages`, { to: business, text: 'nada', id: 'A2' });
    await stage.call('POST', `/people/${marta}/deletions`, { to: business, id: 'A2' });
    const group = stage.network.network.groups.create({ subject: 'Torre 2', members: [marta, business] }).id;
    await client.send(group, 'hola a todos');
    const chat = `/?person=${marta}`;
    const inGroup = `${chat}&group=${group}`;
    const panes = { 360: ['/', chat, inGroup, `${chat}&statuses=`, `${chat}&tab=business`, '/?tab=tests', '/?qr=2%40ref'], 1280: [inGroup] };
    for (const [width, paths] of Object.entries(panes)) {
      const page = await stage.open('/', { colorScheme, viewport: { width: Number(width), height: 720 } });
      for (const path of paths) {
        await page.goto(stage.network.controlUrl + path);
        await page.getByText('Litoral Fibra').first().waitFor({ state: 'attached' });
        await expectAccessible(page, `${path} at ${width}`);
        expect(await page.evaluate<number>('document.documentElement.scrollWidth'), path).toBe(Number(width));
      }
    }
    const page = await stage.open('/', { colorScheme });
    await page.getByRole('button', { name: 'Cliente nuevo' }).click();
    await page.getByRole('button', { name: 'Crear cliente' }).click();
    await expectAccessible(page, 'the form with errors');
    await page.goto(stage.network.controlUrl + chat);
    await page.getByRole('button', { name: 'Reglas', exact: true }).click();
    await expectAccessible(page, 'rules and restrictions');
    await customerPhone(page).getByRole('button', { name: /^Qué hacer con/ }).last().click();
    await expectAccessible(page, 'what can be done with a message');
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Opciones de Marta Giménez' }).click();
    await expectAccessible(page, 'a customer’s options');
    await page.keyboard.press('Escape');
    await customerPhone(page).locator('input[type=file]').setInputFiles({ name: 'techo.png', mimeType: 'image/png', buffer: png(40) });
    await expectAccessible(page, 'a file that waits to be sent');
  });
}
