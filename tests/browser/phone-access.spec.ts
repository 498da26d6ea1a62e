import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { waitFor } from '../../libs/testing/wait-for.js';
import { PhoneStage, business, expectAccessible, marta, shown } from './phone-stage.js';

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
    await stage.call('POST', `/people/${marta}/messages`, { to: business, text: 'hola' });
    const { key } = await waitFor('the message from the ad', () => client.messages.find((message) => !message.key.fromMe));
    await client.send(key.remoteJid ?? '', `*Menú*\n1. Saldo\n2. ${'Conexión'.repeat(20)}`);
    const chat = `/?person=${marta}`;
    const panes = { 360: ['/', chat, `${chat}&tab=business`, '/?tab=tests', '/?qr=2%40ref'], 1280: [chat] };
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
  });
}
