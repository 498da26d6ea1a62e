import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { Page } from 'playwright-core';
import { pdf, png } from '../../libs/simulator/whatsapp/testing/files.js';
import { waitFor } from '../../libs/testing/wait-for.js';
import { voiceNote } from '../../ui/shared/chat/sound/testing/voice-note.js';
import type { Person } from '../stories/person.js';
import { bubbles, customerInQueue, openOmniChat, replyField, ticketOf } from './omnichat-stage.js';
import { PanelStage, expectWellMade, gone, shown } from './panel-stage.js';

let stage: PanelStage;
let page: Page;
let business: string;

beforeAll(async () => {
  stage = await PanelStage.create();
  business = await stage.copy.account();
});
afterEach(() => stage.clear());
afterAll(() => stage.stop());

const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');

/** What a person does on the phone, by the simulator's control API. @returns WhatsApp's id */
async function does(person: Person, what: 'messages' | 'reactions' | 'edits' | 'deletions' | 'calls', body: object): Promise<string> {
  const answer = await fetch(`${stage.simulatorUrl}/people/${person.number}/${what}`, {
    method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ to: business, ...body }),
  });
  if (!answer.ok) throw new Error(`${what}: ${answer.status} ${await answer.text()}`);
  return ((await answer.json()) as { id: string }).id;
}

interface OnPhone {
  id: string;
  from: string;
  kind: string;
  text?: string;
  quote?: string;
  media?: { url: string; mimetype: string; size: number; fileName?: string };
  location?: { lat: number; lng: number };
  contacts?: { name: string; phones: string[] }[];
  reactions?: { from: string; emoji: string }[];
}
const phone = (person: Person): Promise<OnPhone[]> => person.chat();
const untilOnPhone = (person: Person, what: string, is: (message: OnPhone) => unknown): Promise<OnPhone> =>
  waitFor(`${what} on the phone`, async () => (await phone(person)).find(is), 60_000);

async function taken(number: string, name: string): Promise<Person> {
  const person = await customerInQueue(stage, number, name, 'No tengo internet');
  page = await openOmniChat(stage, 'carla');
  await ticketOf(page, name).click();
  await page.getByRole('button', { name: 'Tomar', exact: true }).click();
  await shown(replyField(page));
  return person;
}

test('every kind that a customer sends is shown; what changed a message is shown with it', async () => {
  const ana = await taken('5493434000501', 'Ana Ríos');
  const log = page.getByRole('log');
  await does(ana, 'messages', { image: { base64: base64(png(64)), mimetype: 'image/png', caption: 'La luz está roja' } });
  await shown(bubbles(page).getByText('La luz está roja'));
  await waitFor('the picture', () => page.evaluate<boolean>(`document.querySelector('.media img')?.naturalWidth === 64`));
  await does(ana, 'messages', { document: { base64: base64(pdf()), mimetype: 'application/pdf', fileName: 'factura.pdf' } });
  const card = log.getByRole('link', { name: 'Descargar factura.pdf' });
  const [saved] = await Promise.all([page.waitForEvent('download'), card.click()]);
  expect(saved.suggestedFilename()).toBe('factura.pdf');
  await does(ana, 'messages', { location: { lat: -31.7333, lng: -60.5238, name: 'Casa', address: 'San Martín 450' } });
  await shown(log.getByText('-31.73330, -60.52380'));
  await does(ana, 'messages', { contact: { name: 'Electricista', phones: ['+54 9 343 400-0999'] } });
  await shown(log.getByRole('button', { name: /Copiar .*400-0999/ }));
  await does(ana, 'calls', { ms: 1_000 });
  await shown(log.getByText('Llamada rechazada: este número no atiende llamadas'));

  const said = await ana.write('el modem prende roja');
  await shown(bubbles(page).getByText('el modem prende roja'));
  await does(ana, 'edits', { id: said, text: 'el módem prende una luz roja' });
  await shown(bubbles(page).getByText('el módem prende una luz roja'));
  await gone(bubbles(page).getByText('el modem prende roja'));
  await log.getByRole('button', { name: 'editado' }).click();
  await shown(bubbles(page).getByText('el modem prende roja'));
  const wrong = await ana.write('mi clave es 1234');
  await shown(bubbles(page).getByText('mi clave es 1234'));
  await does(ana, 'deletions', { id: wrong });
  await shown(log.getByText(/Eliminado por el cliente/));
  await shown(bubbles(page).getByText('mi clave es 1234'));
  await does(ana, 'messages', { text: 'esto decía', quote: said });
  await does(ana, 'reactions', { id: said, emoji: '🙏' });
  await shown(log.locator('.msg__reactions').getByText('🙏'));
  await log.locator('.quote').click();
  await shown(log.locator('.msg--pointed').getByText('el módem prende una luz roja'));
  await expectWellMade(page, 'every kind of message');

  await log.getByRole('button', { name: 'Ver la foto' }).click();
  await shown(page.getByRole('dialog').getByRole('img'));
  await page.keyboard.press('+');
  await shown(page.locator('.zoomed'));
  await expectWellMade(page, 'the viewer');
  await page.keyboard.press('Escape');
  await gone(page.getByRole('dialog'));
});

/** Runs in the page: the loudest sample that the chat's player gives to the loudspeakers within its first seconds. */
const heard = `(async () => {
  const element = document.querySelector('audio');
  const context = new AudioContext();
  const ear = context.createAnalyser();
  context.createMediaElementSource(element).connect(ear);
  ear.connect(context.destination);
  await context.resume();
  const samples = new Float32Array(ear.fftSize);
  let peak = 0;
  element.playbackRate = 1;
  element.loop = true;
  await element.play();
  for (const until = performance.now() + 15_000; peak < 0.2 && performance.now() < until;) {
    await new Promise(requestAnimationFrame);
    ear.getFloatTimeDomainData(samples);
    peak = Math.max(peak, ...samples.map(Math.abs));
  }
  element.loop = false;
  return { peak, length: element.duration, address: element.currentSrc };
})()`;

test.each([
  { browser: 'plays Opus itself', without: '', from: /\/api\/messages\/\d+\/file$/ },
  { browser: 'says that it cannot', without: `HTMLMediaElement.prototype.canPlayType = () => '';`, from: /^blob:/ },
  {
    browser: 'believes that it can, and fails',
    without: `const set = Object.getOwnPropertyDescriptor(HTMLMediaElement.prototype, 'src').set;
      Object.defineProperty(HTMLMediaElement.prototype, 'src', { set(value) { set.call(this, /^blob:/.test(value) ? value : 'data:audio/ogg;base64,AAAA'); } });`,
    from: /^blob:/,
  },
])('a voice note is heard in a browser that $browser', async ({ browser, without, from }) => {
  const [number, name] = [`54934340005${10 + browser.length}`, `Voz ${browser.length}`];
  const person = await taken(number, name);
  await page.addInitScript(without);
  await page.reload();
  await shown(replyField(page));
  await does(person, 'messages', { audio: { base64: base64(voiceNote()), mimetype: 'audio/ogg; codecs=opus', voice: true, seconds: 1 } });
  const player = page.locator('hilo-sound-player');
  await player.getByRole('button', { name: 'Reproducir mensaje de voz de 0:01' }).click();
  await waitFor('its length, as decoded', () => page.evaluate<boolean>(`document.querySelector('audio').duration > 0.9`), 30_000);
  const { peak, length, address } = await page.evaluate<{ peak: number; length: number; address: string }>(heard);
  expect(peak).toBeGreaterThan(0.2);
  expect(length).toBeGreaterThan(0.9);
  expect(address).toMatch(from);
  await player.getByRole('button', { name: /Velocidad/ }).click();
  await shown(player.getByText('1,5×'));
  await player.getByRole('slider').press('End');
});

test('an agent sends pictures with words and a quote, files, a place, a card and a reaction, in order', async () => {
  const luis = await taken('5493434000502', 'Luis Vega');
  const asked = await luis.write('¿me mandás una foto?');
  const question = bubbles(page).filter({ hasText: '¿me mandás una foto?' }).first();
  await shown(question);
  await question.hover();
  await question.getByRole('button', { name: 'Qué hacer con este mensaje' }).click();
  await page.getByRole('menuitem', { name: 'Responder citando' }).click();
  await shown(page.getByText('Respondés a'));
  const choose = page.locator('hilo-composer input[type=file]');
  await choose.setInputFiles([
    { name: 'modem.png', mimeType: 'image/png', buffer: png(64) },
    { name: 'factura.pdf', mimeType: 'application/pdf', buffer: pdf() },
    { name: 'virus.exe', mimeType: '', buffer: Buffer.from('MZ') },
  ]);
  const dialog = page.getByRole('dialog');
  await shown(dialog.getByText('Es un programa: no se puede mandar.'));
  await dialog.getByRole('textbox', { name: 'Texto de modem.png' }).fill('Acá va');
  await expectWellMade(page, 'files before they leave');
  await dialog.getByRole('button', { name: 'Enviar 2 archivos' }).click();
  await replyField(page).fill('y este texto después');
  await replyField(page).press('Enter');
  const picture = await untilOnPhone(luis, 'the picture', ({ kind }) => kind === 'image');
  expect(picture).toMatchObject({ text: 'Acá va', quote: asked, media: { mimetype: 'image/png' } });
  expect(Buffer.from(await (await fetch(new URL(picture.media!.url, stage.simulatorUrl))).arrayBuffer())).toEqual(png(64));
  await untilOnPhone(luis, 'the text', ({ text }) => text === 'y este texto después');
  expect((await phone(luis)).filter(({ from }) => from !== luis.number).slice(-3).map(({ kind }) => kind)).toEqual(['image', 'document', 'text']);

  await page.getByRole('button', { name: 'Mandar una ubicación' }).click();
  await page.getByRole('textbox', { name: /Coordenadas/ }).fill('https://maps.app.goo.gl/abc');
  await shown(page.getByText(/Ese link está acortado/));
  await page.getByRole('textbox', { name: /Coordenadas/ }).fill('https://www.google.com/maps/@-31.7333,-60.5238,15z');
  await dialog.getByRole('button', { name: 'Enviar' }).click();
  expect((await untilOnPhone(luis, 'the place', ({ kind }) => kind === 'location')).location).toMatchObject({ lat: -31.7333, lng: -60.5238 });
  await page.getByRole('button', { name: 'Mandar un contacto' }).click();
  await page.getByRole('textbox', { name: 'Nombre' }).fill('Guardia técnica');
  await page.getByRole('textbox', { name: 'Número' }).fill('+54 9 343 400-0999');
  await dialog.getByRole('button', { name: 'Enviar' }).click();
  expect((await untilOnPhone(luis, 'the card', ({ kind }) => kind === 'contact')).contacts).toMatchObject([{ name: 'Guardia técnica' }]);
  await question.hover();
  await question.getByRole('button', { name: 'Qué hacer con este mensaje' }).click();
  await page.getByRole('menuitem', { name: 'Reaccionar con 👍' }).click();
  await untilOnPhone(luis, 'the reaction', ({ id, reactions }) => id === asked && reactions?.some(({ emoji }) => emoji === '👍'));
  await shown(page.locator('.msg__reactions').getByText('👍'));
  await expectWellMade(page, 'what an agent sent');
});
