import type { AnyMessageContent, proto } from '@whiskeysockets/baileys';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import type { TestClient } from '../../libs/simulator/whatsapp/testing/client.js';
import { mp4, pdf, png, wav } from '../../libs/simulator/whatsapp/testing/files.js';
import { waitFor } from '../../libs/testing/wait-for.js';
import { PhoneStage, business, businessPhone, customerPhone, hugo, marta, messages, shown, write } from './phone-stage.js';

let stage: PhoneStage;
let client: TestClient;

beforeAll(async () => {
  stage = await PhoneStage.create();
});
afterAll(() => stage.browser.close());
beforeEach(async () => {
  await stage.startNetwork();
  await stage.call('PUT', `/people/${marta}`, { name: 'Marta Giménez' });
  client = await stage.linkedBusiness();
});
afterEach(() => stage.clear());

/** The content of the first message of that kind that the client got from somebody. */
const received = <Kind extends keyof proto.IMessage>(kind: Kind): Promise<NonNullable<proto.IMessage[Kind]>> =>
  waitFor(String(kind), () => client.messages.find(({ key, message }) => !key.fromMe && message?.[kind])?.message?.[kind] ?? undefined);

/** Chooses a file through Marta's phone, as which the page offers it, and sends it. */
async function sendFile(page: Page, file: { name: string; mimeType: string; buffer: Buffer }, as?: string, caption?: string): Promise<void> {
  await customerPhone(page).locator('input[type=file]').setInputFiles(file);
  const dialog = page.getByRole('dialog', { name: 'Enviar archivo' });
  if (as) await dialog.getByRole('button', { name: as, exact: true }).click();
  if (caption) await dialog.getByLabel('Texto que acompaña').fill(caption);
  await dialog.getByRole('button', { name: 'Enviar' }).click();
  await dialog.waitFor({ state: 'hidden' });
}

test('every kind that a customer sends from the page reaches the client as that kind', async () => {
  const page = await stage.open(`/?person=${marta}`);
  const phone = customerPhone(page);
  await shown(page.getByRole('button', { name: 'Mandar “hola”' }));
  await sendFile(page, { name: 'techo.png', mimeType: 'image/png', buffer: png(40) }, undefined, 'mirá');
  expect((await received('imageMessage')).caption).toBe('mirá');
  await sendFile(page, { name: 'nota.wav', mimeType: 'audio/wav', buffer: wav(2) });
  expect(await received('audioMessage')).toMatchObject({ ptt: true, seconds: 2 });
  await sendFile(page, { name: 'a.mp4', mimeType: 'video/mp4', buffer: mp4() });
  await received('videoMessage');
  await sendFile(page, { name: 'gato.webp', mimeType: 'image/webp', buffer: png() });
  await received('stickerMessage');
  await sendFile(page, { name: 'factura.pdf', mimeType: 'application/pdf', buffer: pdf() });
  expect((await received('documentMessage')).fileName).toBe('factura.pdf');

  await phone.getByRole('button', { name: 'Adjuntar' }).click();
  await phone.getByRole('button', { name: 'Ubicación' }).click();
  await page.getByRole('dialog', { name: 'Enviar ubicación' }).getByLabel('Latitud y longitud').fill('-31.5, -60.25');
  await page.keyboard.press('Enter');
  expect(await received('locationMessage')).toMatchObject({ degreesLatitude: -31.5, degreesLongitude: -60.25 });
  await phone.getByRole('button', { name: 'Adjuntar' }).click();
  await phone.getByRole('button', { name: 'Contacto' }).click();
  await page.getByRole('dialog', { name: 'Enviar contacto' }).getByLabel('Nombre').fill('Electricista');
  await page.getByRole('dialog', { name: 'Enviar contacto' }).getByLabel('Número').fill('+54 9 343 400-0009');
  await page.keyboard.press('Enter');
  expect((await received('contactMessage')).vcard).toContain('5493434000009');

  await customerPhone(page).locator('input[type=file]').setInputFiles({ name: 'nada.txt', mimeType: 'text/plain', buffer: Buffer.alloc(0) });
  await shown(page.getByText('El archivo está vacío'));
  await page.keyboard.press('Escape');
  expect(await messages(phone).count()).toBe(7);
  await waitFor('all bubbles delivered', async () => (await messages(phone).getByText('Entregado').count()) === 7);
});

test('a customer replies, reacts, edits and deletes from the bubble’s menu; a call is refused and says so', async () => {
  client.socket.ev.on('call', (calls) => {
    for (const { id, from, status } of calls) if (status === 'offer') void client.socket.rejectCall(id, from);
  });
  const page = await stage.open(`/?person=${marta}`);
  const phone = customerPhone(page);
  await write(page, 'hola');
  const { key } = await client.untilText('hola');
  const { id } = await client.send(key.remoteJid ?? '', '¿Qué necesitás?');
  const act = async (message: string, action: string) => {
    await phone.getByRole('button', { name: `Qué hacer con: ${message}` }).click();
    await page.getByRole('dialog', { name: 'Qué hacer con el mensaje' }).getByRole('button', { name: action }).click();
  };
  await act('¿Qué necesitás?', 'Responder');
  await write(page, 'una factura');
  expect((await received('extendedTextMessage')).contextInfo?.stanzaId).toBe(id);
  await act('¿Qué necesitás?', 'Reaccionar con 👍');
  expect(await received('reactionMessage')).toMatchObject({ text: '👍', key: { id } });
  await act('una factura', 'Editar');
  await page.getByRole('textbox', { name: 'Mensaje de Marta Giménez' }).fill('dos facturas');
  await page.keyboard.press('Enter');
  await shown(messages(phone).filter({ hasText: 'dos facturas' }).getByText('editado'));
  await act('hola', 'Eliminar para todos');
  await shown(messages(phone).first().getByText('Se eliminó este mensaje'));
  await phone.getByRole('button', { name: 'Llamar a la empresa' }).click();
  await shown(phone.getByText('La empresa la rechazó'));
});

test('what the business sends shows on the customer’s phone: files, places, reactions, edits, deletions', async () => {
  const page = await stage.open(`/?person=${marta}`);
  const phone = customerPhone(page);
  await write(page, 'hola');
  const { key } = await client.untilText('hola');
  const jid = key.remoteJid ?? '';
  const contents: AnyMessageContent[] = [
    { image: png(40), caption: 'el plano', mimetype: 'image/png', jpegThumbnail: '' },
    { audio: wav(), ptt: true, seconds: 1, mimetype: 'audio/wav' },
    { document: pdf(), fileName: 'factura.pdf', mimetype: 'application/pdf' },
    { location: { degreesLatitude: -31.5, degreesLongitude: -60.25, name: 'Local' } },
    { contacts: { displayName: 'Ventas', contacts: [{ displayName: 'Ventas', vcard: 'BEGIN:VCARD\nVERSION:3.0\nFN:Ventas\nTEL:+5493434000009\nEND:VCARD' }] } },
    { react: { key, text: '🙏' } },
  ];
  for (const content of contents) await client.socket.sendMessage(jid, content);
  await shown(phone.getByText('el plano'));
  await waitFor('the picture is drawn', () => phone.locator('img[alt="el plano"]').evaluate((node) => (node as unknown as { naturalWidth: number }).naturalWidth === 40));
  await waitFor('the note can be played', () => phone.locator('audio').evaluate((node) => (node as unknown as { duration: number }).duration >= 1));
  await shown(phone.getByRole('link', { name: /factura\.pdf/ }));
  await shown(phone.getByText('-31.50000, -60.25000'));
  await shown(phone.getByText('+5493434000009'));
  await shown(messages(phone).filter({ hasText: 'hola' }).getByText('🙏'));
  const sent = await client.socket.sendMessage(jid, { text: 'vence hoy', linkPreview: null });
  await shown(phone.getByText('vence hoy'));
  await client.socket.sendMessage(jid, { text: 'vence mañana', edit: sent!.key, linkPreview: null });
  await shown(messages(phone).filter({ hasText: 'vence mañana' }).getByText('editado'));
  await client.socket.sendMessage(jid, { delete: sent!.key });
  await shown(phone.getByText('Se eliminó este mensaje'));
});

test('a chat that is told not to read leaves messages delivered until it reads again', async () => {
  const page = await stage.open(`/?person=${marta}`);
  await write(page, 'hola');
  const { key } = await client.untilText('hola');
  const options = async (on: boolean) => {
    await page.getByRole('button', { name: 'Opciones de Marta Giménez' }).click();
    await page.getByRole('checkbox', { name: /Leer mensajes en este chat/ }).click();
    await shown(page.getByRole('checkbox', { name: /Leer mensajes en este chat/, checked: on }));
    await page.getByRole('button', { name: 'Cerrar', exact: true }).click();
  };
  await options(false);
  const { id } = await client.send(key.remoteJid ?? '', '¿seguís ahí?');
  await shown(customerPhone(page).getByText('¿seguís ahí?'));
  await waitFor('it is delivered', () => client.statusOf(id) === 3);
  await options(true);
  await waitFor('it is read', () => client.statusOf(id) === 4);
});

test('a group is made in the page; its members and the owner write in it, each under a name', async () => {
  await stage.call('PUT', `/people/${hugo}`, { name: 'Hugo Ledesma' });
  const page = await stage.open(`/?person=${marta}`);
  await page.getByRole('button', { name: 'Grupos', exact: true }).click();
  await page.getByRole('button', { name: 'Grupo nuevo' }).click();
  const form = page.getByRole('dialog', { name: 'Grupo nuevo' });
  await form.getByLabel('Asunto').fill('Torre 2');
  await form.getByRole('button', { name: 'Crear grupo' }).click();
  await shown(form.getByText('Elegí al menos a un cliente.'));
  await form.getByRole('checkbox', { name: 'Marta Giménez' }).check();
  await form.getByRole('checkbox', { name: 'Hugo Ledesma' }).check();
  await form.getByRole('button', { name: 'Crear grupo' }).click();
  await shown(page.getByRole('combobox', { name: 'Quién escribe' })); // until then the field is another chat's
  await write(page, 'hola vecinos');
  const { key } = await client.untilText('hola vecinos');
  expect(key.remoteJid).toMatch(/@g\.us$/);
  await page.getByRole('combobox', { name: 'Quién escribe' }).selectOption('Hugo Ledesma');
  await shown(page.getByRole('region', { name: 'Hugo Ledesma' }).locator('.msg', { hasText: 'hola vecinos' }).getByText('Marta Giménez'));
  await page.getByRole('textbox', { name: 'Mensaje de Hugo Ledesma' }).fill('buenas');
  await page.keyboard.press('Enter');
  await client.untilText('buenas');
  await page.getByRole('textbox', { name: 'Mensaje de la empresa para Torre 2' }).fill('soy el dueño');
  await page.keyboard.press('Enter');
  await shown(page.getByRole('region', { name: 'Hugo Ledesma' }).locator('.msg', { hasText: 'soy el dueño' }).getByText('Litoral Fibra'));
  await shown(businessPhone(page).locator('.msg', { hasText: 'buenas' }).getByText('Hugo Ledesma'));
  await shown(page.getByRole('region', { name: /Mensajes que pasaron/ }).getByText('Torre 2').first());
});

test('a status is announced by its ring, seen once opened, and its author is told; a customer posts one', async () => {
  const { lid } = stage.network.network.person(marta);
  await client.socket.sendMessage('status@broadcast', { text: 'Hoy 50 % off', linkPreview: null }, { statusJidList: [`${lid}@lid`], messageId: 'S1', backgroundColor: '#128C7E' });
  const page = await stage.open(`/?person=${marta}`);
  await page.getByRole('button', { name: 'Ver estados: hay nuevos' }).click();
  expect(stage.network.network.statuses.seenBy(stage.network.network.person(marta))[0]).toMatchObject({ id: 'S1', viewed: false });
  await customerPhone(page).getByRole('button', { name: /Litoral Fibra.*1 sin ver/ }).click();
  await shown(customerPhone(page).getByText('Hoy 50 % off'));
  await waitFor('the view reaches the author', () => stage.network.network.ledger.find('out', business, 'status@broadcast', 'S1')?.receipts?.[marta] === 'read');
  await customerPhone(page).getByRole('button', { name: 'Cerrar los estados' }).first().click();
  await shown(customerPhone(page).getByText('1 vistos'));
  await page.getByLabel('Mi estado').fill('de viaje');
  await page.getByRole('button', { name: 'Publicar' }).click();
  expect((await client.untilText('de viaje')).key.remoteJid).toBe('status@broadcast');
});

test('faults wait in sight until they are cleared; a ban keeps out; rules and restrictions are switched', async () => {
  client.reconnects = false;
  const page = await stage.open(`/?person=${marta}`);
  const closed = client.untilClosed();
  await page.getByRole('button', { name: 'Bloquear el número' }).click();
  expect((await closed).code).toBe(403);
  await shown(page.getByText('Activa hasta que la quites'));
  await page.getByRole('button', { name: 'Quitar fallas' }).click();
  await page.getByText('Activa hasta que la quites').waitFor({ state: 'hidden' });
  await client.reconnect();
  await page.getByRole('button', { name: 'Reglas', exact: true }).click();
  await page.getByRole('checkbox', { name: /Los estados van a LID/ }).uncheck();
  await waitFor('the rule is off', () => !stage.network.network.rules.statusLids);
  await page.getByRole('button', { name: 'Sin iniciar' }).click();
  await shown(businessPhone(page).getByText('Restringido'));
  expect(stage.network.network.account(business).restriction).toMatchObject({ kind: 'reachout' });
});

test('a phone is given a past before it is linked, which the client is told', async () => {
  await client.disconnect();
  await stage.call('POST', `/accounts/${business}/unlink`, {});
  const page = await stage.open(`/?person=${marta}&tab=business`);
  await page.getByRole('button', { name: 'Darle un pasado a este teléfono' }).click();
  await page.getByLabel('Qué se dijeron').fill('¿tienen fibra?\n> Sí');
  await page.getByRole('button', { name: 'Agregar' }).click();
  await shown(page.getByText('Marta Giménez: 2 mensajes de antes'));
  const next = stage.newClient();
  const told: string[] = [];
  const connect = next.connect.bind(next);
  // Each connection has its own events: the history comes on the one after the link.
  next.connect = () => {
    connect().socket.ev.on('messaging-history.set', ({ messages: past }) => told.push(...past.map(({ message }) => message?.conversation ?? '')));
    return next;
  };
  next.connect();
  await page.getByLabel('Qué se dijeron').waitFor({ state: 'hidden' });
  await page.getByLabel('O pegá el texto del QR').fill(await next.untilQr());
  await page.getByRole('button', { name: 'Vincular', exact: true }).click();
  await waitFor('the history', () => told.length >= 2);
  expect(told.toSorted()).toEqual(['Sí', '¿tienen fibra?']);
});
