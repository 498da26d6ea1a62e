import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { weekdays, type Span } from '../../../libs/domain/hours/hours.js';
import { LocalFolder } from '../../../libs/media/local-folder.js';
import { asSuperuser } from '../../../libs/testing/companies.js';
import { clientOf, sessionOf } from '../testing/people.js';
import { openTwoCompanies, type TwoCompanies } from '../testing/two-companies.js';
import type { CompanyView, HoursWords, LogoView } from './company.schema.js';

let stage: TwoCompanies;

beforeAll(async () => {
  stage = await openTwoCompanies(new LocalFolder(await mkdtemp(join(tmpdir(), 'hilo-logos-'))));
});
afterAll(() => stage.close());

const sql = async (text: string) => (await asSuperuser(stage.db, (client) => client.query<Record<string, unknown>>(text))).rows;
const patch = (body: object) => stage.boss.call('PATCH', '/api/company', { body });
const read = async (client = stage.boss) => (await client.call('GET', '/api/company')).body as CompanyView;
const week = (days: Partial<Record<(typeof weekdays)[number], Span[]>>) => Object.fromEntries(weekdays.map((day) => [day, days[day] ?? []]));
const hours = (days: Parameters<typeof week>[0], exceptions: object[] = []) => ({ week: week(days), exceptions });
const morning = [{ from: '08:00', to: '12:00' }];
const lastAudit = async () => (await sql(`select action, before, after from audit_log where company = 'litoral' order by id desc limit 1`))[0];

describe('what a company says of itself', () => {
  it('is nothing at first, kept as said, and audited with what differs', async () => {
    expect(await read()).toMatchObject({ name: 'Empresa litoral', contacts: { phones: [], social: [] } });
    expect((await read()).hours).toBeUndefined();
    const said = {
      currency: 'CLP', locale: 'es-CL', welcome: '¡Hola! Somos *Litoral*.', hours: hours({ monday: morning }, [{ date: '2026-12-25', yearly: true, name: 'Navidad', spans: [] }]),
      contacts: { phones: ['0343 421-0000'], email: 'hola@litoral.example', web: 'https://litoral.example', social: [{ network: 'instagram', name: '@litoral' }] },
    };
    expect(await patch(said)).toMatchObject({ status: 200, body: said });
    expect(await read()).toMatchObject({ ...said, name: 'Empresa litoral' });
    expect(await lastAudit()).toEqual({
      action: 'company.changed', before: { currency: 'ARS', locale: 'es-AR', welcome: null, hours: null, contacts: { phones: [], social: [] } },
      after: { currency: said.currency, locale: said.locale, welcome: said.welcome, hours: said.hours, contacts: said.contacts },
    });
  });

  it('stays where it is not said again, and goes where null is', async () => {
    await patch({ name: 'Litoral' });
    expect(await read()).toMatchObject({ name: 'Litoral', welcome: '¡Hola! Somos *Litoral*.', currency: 'CLP' });
    await patch({ welcome: null, hours: null });
    expect(Object.keys(await read())).not.toEqual(expect.arrayContaining(['welcome']));
    expect((await read()).contacts.email).toBe('hola@litoral.example');
  });

  it.each<[string, object, string, string]>([
    ['an overlap', hours({ tuesday: [...morning, { from: '11:00', to: '13:00' }] }), 'hours-overlap', 'Martes: dos horarios se superponen.'],
    ['an end before the beginning', hours({ friday: [{ from: '20:00', to: '18:00' }] }), 'hours-span-backwards', 'Viernes: un horario termina antes de empezar.'],
    ['no time', hours({ friday: [{ from: '8', to: '12:00' }] }), 'hours-time-wrong', 'Viernes: hay una hora que no existe.'],
    ['a date twice', hours({}, [1, 2].map(() => ({ date: '2026-12-25', yearly: true, name: 'Navidad', spans: [] }))), 'hours-date-twice', '2026-12-25: esa fecha está dos veces.'],
  ])('%s is refused in words, and nothing is kept', async (_, wrong, code, detail) => {
    const before = await read();
    expect(await patch({ name: 'Otra', hours: wrong })).toMatchObject({ status: 422, body: { code, detail } });
    expect(await read()).toEqual(before);
  });

  it.each([
    { contacts: { phones: ['llamame'], social: [] } }, { contacts: { phones: [], email: 'no es', social: [] } },
    { contacts: { phones: [], web: 'javascript:alert(1)', social: [] } }, { currency: 'XXXX' }, { locale: 'klingon' }, { welcome: 'x'.repeat(601) },
  ])('refuses %j', async (wrong) => expect((await patch(wrong)).status).toBe(400));

  it("is not another company's", async () => {
    const theirs = await sessionOf(stage.db, stage.api, stage.theirs, 'administrator');
    expect(await read(theirs)).toMatchObject({ id: 'vecina', name: 'Empresa vecina', currency: 'ARS', contacts: { phones: [] } });
  });
});

describe('how hours are said', () => {
  const ask = async (body: object) => (await stage.boss.call('POST', '/api/company/hours/words', { body })).body as HoursWords;

  it('is told before they are saved, with what is wrong in each day', async () => {
    const all = Object.fromEntries(weekdays.map((day) => [day, [{ from: '00:00', to: '24:00' }]]));
    expect(await ask({ timeZone: 'UTC', hours: { week: all, exceptions: [] } })).toEqual({ problems: [], open: true, week: { es: 'todos los días las 24 horas', en: 'every day 24 hours' } });
    expect(await ask({ timeZone: 'UTC', hours: hours({}) })).toEqual({ problems: [], open: false });
    const bad = await ask({ timeZone: 'UTC', hours: hours({ monday: [{ from: '20:00', to: '18:00' }], sunday: [{ from: '08:00', to: '08:00' }] }) });
    expect(bad).toEqual({ problems: [{ code: 'span-backwards', at: 'monday' }, { code: 'span-empty', at: 'sunday' }] });
    expect(await ask({ timeZone: 'Marte/Norte', hours: hours({}) })).toMatchObject({ code: 'time-zone-unknown' });
  });
});

describe('the logo', () => {
  const image = (width: number, height: number) => sharp({ create: { width, height, channels: 3, background: '#0B7A75' } });
  const withCopyright = () => image(1_200, 600).withExif({ IFD0: { Copyright: 'Privado' } }).jpeg().toBuffer();
  const put = (body: Buffer) => stage.boss.call('PUT', '/api/company/logo', { body, headers: { 'content-type': 'image/png' } });
  const shown = (host: string) => stage.api.app.inject({ method: 'GET', url: '/api/company/logo', headers: { host } });

  it('is drawn again within its bounds, without what else the file held, and shown to whoever comes to the host', async () => {
    const photo = await withCopyright();
    expect(photo.toString('latin1')).toContain('Privado');
    const logo = (await put(photo)).body as LogoView;
    expect(logo).toMatchObject({ width: 512, height: 256 });
    const { statusCode, headers, rawPayload } = await shown('litoral.example');
    expect({ statusCode, type: headers['content-type'], tag: headers['etag'] }).toEqual({ statusCode: 200, type: 'image/png', tag: `"${logo.sha256}"` });
    expect(await sharp(rawPayload).metadata()).toMatchObject({ format: 'png', width: 512, height: 256 });
    expect(rawPayload.toString('latin1')).not.toContain('Privado');
    const everybody = clientOf(stage.api, { host: 'litoral.example' });
    expect((await everybody.call('GET', '/api/company/public')).body).toMatchObject({ logo: logo.sha256 });
    expect((await stage.boss.call('GET', '/api/session')).body).toMatchObject({ company: { logo: logo.sha256 } });
    expect(await lastAudit()).toMatchObject({ action: 'company.logo-changed', before: null, after: { size: '512×256' } });
  });

  it('put up again is the same, and is no change', async () => {
    const count = async () => (await sql(`select count(*)::int as n from audit_log where action = 'company.logo-changed'`))[0];
    const before = await count();
    expect((await put(await withCopyright())).status).toBe(200);
    expect(await count()).toEqual(before);
  });

  it('is no text, no drawing that can run, nothing broken, nothing tiny and nothing huge', async () => {
    const png = await image(200, 200).png().toBuffer();
    const refused = async (body: Buffer) => (await put(body)).body;
    expect(await refused(Buffer.from('hola'))).toMatchObject({ code: 'unsupported-media-type' });
    expect(await refused(Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'))).toMatchObject({ code: 'unsupported-media-type' });
    expect(await refused(png.subarray(0, png.length - 60))).toMatchObject({ code: 'image-refused' });
    expect(await refused(await image(8, 8).png().toBuffer())).toMatchObject({ code: 'image-refused' });
    expect(await refused(await image(6_000, 6_000).png().toBuffer())).toMatchObject({ code: 'image-refused' });
    expect(await refused(Buffer.concat([png, Buffer.alloc(5_000_000)]))).toMatchObject({ code: 'too-large' });
    expect((await shown('litoral.example')).statusCode).toBe(200);
  });

  it("is not another company's, and goes", async () => {
    expect((await shown('vecina.example')).statusCode).toBe(404);
    const theirs = await sessionOf(stage.db, stage.api, stage.theirs, 'administrator');
    expect((await theirs.call('DELETE', '/api/company/logo')).status).toBe(204);
    expect((await shown('litoral.example')).statusCode).toBe(200);
    expect((await stage.boss.call('DELETE', '/api/company/logo')).status).toBe(204);
    expect((await shown('litoral.example')).statusCode).toBe(404);
    expect(await lastAudit()).toMatchObject({ action: 'company.logo-changed', after: null });
  });
});
