import QRCode from 'qrcode';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { waitFor } from '../../libs/testing/wait-for.js';
import { PhoneStage, business, businessPhone, customerPhone, hugo, marta, messages, shown, write } from './phone-stage.js';

let stage: PhoneStage;

beforeAll(async () => {
  stage = await PhoneStage.create();
});
afterAll(() => stage.browser.close());
beforeEach(() => stage.startNetwork());
afterEach(() => stage.clear());

test('a newcomer creates a customer with the keyboard, writes, and sees a single tick while nobody is linked', async () => {
  await stage.call('PUT', `/accounts/${business}`, { name: 'Litoral Fibra' });
  const page = await stage.open();
  await page.getByRole('button', { name: 'Cliente nuevo' }).press('Enter');
  await page.keyboard.type('Marta Giménez');
  await page.keyboard.press('Tab');
  await page.keyboard.type('343 400');
  await page.keyboard.press('Enter');
  await shown(page.getByText('Ese no es un número completo.'));
  await page.getByRole('textbox', { name: 'Número', exact: true }).fill('+54 9 343 400-0001');
  await page.keyboard.press('Enter');
  await shown(customerPhone(page).getByText('Escribí hola como Marta Giménez'));
  await shown(customerPhone(page).getByText('nadie va a responder todavía'));
  expect(new URL(page.url()).searchParams.get('person')).toBe(marta);
  await page.getByRole('button', { name: 'Mandar “hola”' }).press('Enter');
  await shown(messages(customerPhone(page)).filter({ hasText: 'hola' }).getByText('Enviado'));
  expect(stage.network.network.ledger.after()).toMatchObject([{ direction: 'in', chat: marta, text: 'hola', state: 'sent', copies: 1 }]);
});

test('the address with a QR opens the business phone, and one button links it', async () => {
  const client = stage.newClient().connect();
  const page = await stage.open(`/?qr=${encodeURIComponent(await client.untilQr())}`);
  await shown(page.getByText('Código QR listo'));
  await page.getByRole('button', { name: 'Vincular', exact: true }).click();
  await client.untilOpen();
  await shown(businessPhone(page).getByText('En línea'));
  expect(stage.network.network.accounts).toMatchObject([{ number: business, name: 'Litoral Fibra', business: true, linked: true }]);
  expect(page.url()).not.toContain('qr=');
});

test('a picture of the QR links, too, and an ordinary WhatsApp is no Business', async () => {
  const client = stage.newClient().connect();
  const page = await stage.open('/?tab=business');
  const picture = page.locator('input[type=file]');
  await picture.setInputFiles({ name: 'gato.png', mimeType: 'image/png', buffer: Buffer.from('no soy una imagen') });
  await shown(page.getByText('Eso no es una imagen'));
  const blank = await QRCode.toBuffer('hola', { type: 'png' });
  await picture.setInputFiles({ name: 'otro-qr.png', mimeType: 'image/png', buffer: blank });
  await shown(page.getByText('Ese texto no es el de un QR de WhatsApp.'));
  await picture.setInputFiles({ name: 'qr.png', mimeType: 'image/png', buffer: await QRCode.toBuffer(await client.untilQr(), { type: 'png' }) });
  await shown(page.getByText('Código QR listo'));
  await page.getByRole('button', { name: 'WhatsApp común' }).click();
  await page.getByRole('button', { name: 'Vincular', exact: true }).click();
  await client.untilOpen();
  expect(stage.network.network.accounts).toMatchObject([{ business: false, linked: true }]);
});

test('a picture of the QR may be pasted anywhere, or dropped on the phone', async () => {
  const client = stage.newClient().connect();
  const picture = (await QRCode.toBuffer(await client.untilQr(), { type: 'png', width: 400 })).toString('base64');
  const bring = (event: string) => `(async () => {
    const data = new DataTransfer();
    data.items.add(new File([await (await fetch('data:image/png;base64,${picture}')).blob()], 'qr.png', { type: 'image/png' }));
    ${event}
  })()`;
  const page = await stage.open('/?tab=business');
  const target = page.getByText('Soltá acá una foto del QR, o pegala');
  await shown(target);
  await page.evaluate(bring(`document.body.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true }));`));
  await shown(page.getByText('Código QR listo'));
  await page.getByRole('button', { name: 'Usar otro código' }).click();
  await shown(target);
  await page.evaluate(bring(`document.querySelector('.finder').dispatchEvent(new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true }));`));
  await page.getByText('Código QR listo').waitFor();
  await page.getByRole('button', { name: 'Vincular', exact: true }).click();
  await client.untilOpen();
});

test('the pairing code links; a code that nobody waits for is explained', async () => {
  const page = await stage.open('/?tab=business');
  await page.getByRole('button', { name: 'Código de 8' }).click();
  const code = page.getByRole('textbox', { name: 'Código de 8 caracteres' });
  await code.fill('ABC');
  await page.keyboard.press('Enter');
  await shown(page.getByText('El código tiene 8 letras o números'));
  await code.fill('ABCD-1234');
  await page.keyboard.press('Enter');
  await shown(page.getByText('Ningún dispositivo espera un código para ese número.'));
  const client = stage.newClient().connect();
  await client.untilQr();
  await code.fill(await client.socket.requestPairingCode(business));
  await page.keyboard.press('Enter');
  await client.untilOpen();
  await shown(businessPhone(page).getByText('En línea'));
});

test('a QR that expired says so, and the phone stays unlinked', async () => {
  const client = stage.newClient().connect();
  const qr = await client.untilQr();
  await client.disconnect();
  const page = await stage.open(`/?qr=${encodeURIComponent(qr)}`);
  await page.getByRole('button', { name: 'Vincular', exact: true }).click();
  await shown(page.getByText('Ese QR ya no sirve'));
  await shown(businessPhone(page).getByText('Sin vincular'));
});

test('customer and business chat: ticks, typing, formatting, and a menu that can be tapped', async () => {
  await stage.call('PUT', `/people/${marta}`, { name: 'Marta Giménez' });
  const client = await stage.linkedBusiness();
  const page = await stage.open(`/?person=${marta}`);
  const phone = customerPhone(page);
  await write(page, 'hola');
  const { key } = await client.untilText('hola');
  await shown(messages(phone).filter({ hasText: 'hola' }).getByText('Entregado'));
  await client.socket.readMessages([key]);
  await shown(messages(phone).filter({ hasText: 'hola' }).getByText('Leído'));
  await client.socket.sendPresenceUpdate('composing', key.remoteJid ?? '');
  await shown(phone.getByText('escribiendo…'));
  await client.send(key.remoteJid ?? '', '¿Qué *necesitás*? <img src=x onerror=alert(1)>\n1. Mi saldo\n2. Mi _conexión_');
  await shown(phone.getByText('<img src=x onerror=alert(1)>'));
  await shown(phone.getByText('en línea'));
  expect(await phone.getByText('necesitás', { exact: true }).getAttribute('style')).toContain('font-weight: 600');
  await phone.getByRole('button', { name: 'Responder 2: Mi conexión' }).click();
  await client.untilText('2');
  await write(page, 'línea uno');
  await page.keyboard.type('a');
  await page.keyboard.press('Shift+Enter');
  await page.keyboard.type('b');
  await page.keyboard.press('Enter');
  await client.untilText('a\nb');
  expect(client.texts).toEqual(['hola', '2', 'línea uno', 'a\nb']);
});

test('a chat keeps its place while one reads further up, and offers the way back', async () => {
  await stage.call('PUT', `/accounts/${business}`, { name: 'Litoral Fibra' });
  await stage.call('PUT', `/people/${marta}`, { name: 'Marta Giménez' });
  const say = (text: string) => stage.call('POST', `/people/${marta}/messages`, { to: business, text });
  for (let line = 1; line <= 30; line++) await say(`mensaje ${line}`);
  const page = await stage.open(`/?person=${marta}`);
  const log = customerPhone(page).getByRole('log');
  await shown(log.getByText('mensaje 30', { exact: true }));
  const top = () => log.evaluate((node) => node.scrollTop);
  const distance = () => log.evaluate((node) => Math.round(node.scrollHeight - node.scrollTop - node.clientHeight));
  await waitFor('the end of the chat', async () => (await distance()) === 0);
  await log.press('Home');
  await waitFor('the beginning of the chat', async () => (await top()) === 0);
  await say('uno más');
  await log.getByText('uno más').waitFor({ state: 'attached' });
  expect(await top()).toBe(0);
  await customerPhone(page).getByRole('button', { name: 'Ir a lo último' }).click();
  await waitFor('the end of the chat', async () => (await distance()) === 0);
  await say('y otro');
  await shown(log.getByText('y otro'));
  await waitFor('the end of the chat', async () => (await distance()) === 0);
});

test('what arrives in another chat counts as unread until that chat is opened', async () => {
  await stage.call('PUT', `/people/${marta}`, { name: 'Marta Giménez' });
  await stage.call('PUT', `/people/${hugo}`, { name: 'Hugo Ledesma' });
  const client = await stage.linkedBusiness();
  await stage.call('POST', `/people/${hugo}/messages`, { to: business, text: 'soy hugo' });
  const { key } = await client.untilText('soy hugo');
  const page = await stage.open(`/?person=${marta}`);
  await client.send(key.remoteJid ?? '', 'Hola Hugo');
  await client.send(key.remoteJid ?? '', '¿Seguís ahí?');
  const row = page.getByRole('button', { name: /Hugo Ledesma/ });
  await shown(row.getByText('2 sin leer'));
  await row.click();
  await row.getByText('sin leer').waitFor({ state: 'detached' });
  await page.goBack();
  await shown(customerPhone(page));
});

test('a message that could not be sent says why, and another try sends it', async () => {
  await stage.call('PUT', `/people/${marta}`, { name: 'Marta Giménez' });
  const client = await stage.linkedBusiness();
  const page = await stage.open(`/?person=${marta}`);
  await shown(page.getByRole('button', { name: 'Mandar “hola”' }));
  await page.route('**/people/*/messages', (route) => route.abort());
  await write(page, 'a la segunda');
  await shown(page.getByText('No salió. No llegamos al simulador.'));
  await page.unroute('**/people/*/messages');
  await page.getByRole('button', { name: 'Reintentar' }).click();
  await shown(messages(customerPhone(page)).filter({ hasText: 'a la segunda' }).getByText('Entregado'));
  expect(await messages(customerPhone(page)).count()).toBe(1);
  expect(client.texts).toEqual(['a la segunda']);
});

test('a message whose answer was lost did arrive, and is shown as sent, once', async () => {
  await stage.call('PUT', `/people/${marta}`, { name: 'Marta Giménez' });
  const client = await stage.linkedBusiness();
  const page = await stage.open(`/?person=${marta}`);
  await shown(page.getByRole('button', { name: 'Mandar “hola”' }));
  await page.route('**/people/*/messages', async (route) => {
    await route.fetch();
    await route.abort();
  });
  await write(page, 'llegó');
  await client.untilText('llegó');
  await shown(messages(customerPhone(page)).filter({ hasText: 'llegó' }).getByText('Entregado'));
  expect(await messages(customerPhone(page)).count()).toBe(1);
  expect(await page.getByText('No salió').count()).toBe(0);
});

test('faults are proven by the ledger: repeated messages show once, a cut connection comes back', async () => {
  await stage.call('PUT', `/people/${marta}`, { name: 'Marta Giménez' });
  const client = await stage.linkedBusiness();
  const page = await stage.open(`/?person=${marta}`);
  await page.getByRole('button', { name: 'Mensajes', exact: true }).click();
  await page.getByRole('button', { name: 'Repetir 3 mensajes' }).click();
  await shown(page.getByText('Repetir 3 mensajes: hecho'));
  await write(page, 'repetime');
  const ledger = page.getByRole('region', { name: 'Mensajes que pasaron por la red simulada, el último primero' });
  await shown(ledger.getByRole('listitem').filter({ hasText: 'repetime' }).getByText('2 copias'));
  expect(await messages(customerPhone(page)).count()).toBe(1);
  const opened = client.opened;
  await page.getByRole('button', { name: 'Conexión', exact: true }).click();
  await page.getByRole('button', { name: 'Cortar la conexión' }).click();
  await waitFor('the client to be connected again', () => client.opened > opened && client.isOpen);
  await write(page, 'sigo acá');
  await client.untilText('sigo acá');
  await shown(page.getByLabel('La prueba').getByText('Perdidos'));
  expect(await page.getByLabel('La prueba').locator('dd').nth(2).innerText()).toBe('0');
});

test('the owner writes on the business phone, and unlinks it after being told what that means', async () => {
  await stage.call('PUT', `/people/${marta}`, { name: 'Marta Giménez' });
  const client = await stage.linkedBusiness();
  const page = await stage.open(`/?person=${marta}`);
  await page.getByRole('textbox', { name: 'Mensaje de la empresa para Marta Giménez' }).fill('Te escribe el dueño');
  await page.keyboard.press('Enter');
  await shown(customerPhone(page).getByText('Te escribe el dueño'));
  await waitFor('the copy for the linked device', () => client.messages.some(({ key }) => key.fromMe));
  const closed = client.untilClosed();
  await businessPhone(page).getByRole('button', { name: 'Desvincular' }).click();
  const dialog = page.getByRole('dialog', { name: '¿Desvincular +54 9 341 555 0100?' });
  await shown(dialog.getByText('Hilo deja de recibir'));
  await dialog.getByRole('button', { name: 'Desvincular' }).click();
  expect((await closed).code).toBe(401);
  await shown(businessPhone(page).getByText('Sin vincular'));
});

test('a simulator that goes away is noticed, and its return as well', async () => {
  await stage.call('PUT', `/accounts/${business}`, { name: 'Litoral Fibra' });
  const page = await stage.open();
  await shown(businessPhone(page).getByText('Sin vincular'));
  const port = Number(new URL(stage.network.controlUrl).port);
  await stage.network.stop();
  await shown(page.getByText('No llegamos al simulador.'));
  await stage.startNetwork(port);
  await stage.call('PUT', `/people/${hugo}`, { name: 'Hugo Ledesma' });
  await shown(page.getByText('Reconectado'));
  await shown(page.getByRole('button', { name: /Hugo Ledesma/ }));
});

test('starting over empties the world once it was confirmed', async () => {
  await stage.call('PUT', `/people/${marta}`, { name: 'Marta Giménez' });
  await stage.call('PUT', `/accounts/${business}`, { name: 'Litoral Fibra' });
  const page = await stage.open(`/?person=${marta}`);
  await write(page, 'hola');
  await shown(page.getByRole('listitem').filter({ hasText: 'hola' }).first());
  await page.getByRole('button', { name: 'Empezar de cero' }).click();
  const dialog = page.getByRole('dialog', { name: '¿Empezar de cero?' });
  await page.keyboard.press('Escape');
  expect(stage.network.network.people).toHaveLength(1);
  await page.getByRole('button', { name: 'Empezar de cero' }).click();
  await dialog.getByRole('button', { name: 'Empezar de cero' }).click();
  await shown(page.getByText('Todavía no hay clientes'));
  await shown(page.getByText('Todavía no pasó ningún mensaje.'));
});
