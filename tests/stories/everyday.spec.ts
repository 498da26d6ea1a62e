import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { waitFor } from '../../libs/testing/wait-for.js';
import { wellKnown } from '../../libs/db/seeds/demo/well-known.js';
import { bookOf, SimulatedMikrowisp } from './isp-system.js';
import { Person } from './person.js';
import { RunningCopy } from './running-copy.js';
import { temporalBytes } from './temporal-bytes.js';

let copy: RunningCopy;
beforeAll(async () => {
  copy = await RunningCopy.start();
});
afterAll(async () => {
  await copy?.stop();
});

const menu = /¿En qué te puedo ayudar\?/;

describe('a customer on WhatsApp', () => {
  it('says hello, is known by the phone, and learns balance and due date', async () => {
    const { name, phones } = wellKnown.debtor;
    const person = await Person.with(copy, phones[0], { name });
    await person.ask('hola', /Hola, \*Carla\*/);
    const balance = await person.ask('1', /\$/);
    expect(balance).toMatch(/venc/i);
  });

  it('asks in their own words how the connection is', async () => {
    const { name, phones } = wellKnown.offline;
    const person = await Person.with(copy, phones[0], { name });
    await person.ask('buenas, cómo está mi conexión?', /señal|conexión|módem/i);
  });

  it('gets an invoice as a PDF in the chat, with the facts of it under the file', async () => {
    const { name, phones } = wellKnown.upToDate;
    const person = await Person.with(copy, phones[0], { name });
    await person.ask('mandame la factura en pdf', /Ahí va tu factura/);
    const document = (await person.chat()).findLast(({ kind }) => kind === 'document');
    expect(document).toMatchObject({ text: expect.stringMatching(/^Factura N\.º .+ · \$ .+ · vencimiento: /) });
    expect((await copy.network.file(document!.media!)).subarray(0, 5).toString()).toBe('%PDF-');
    const rows = await copy.rows<{ state: string; mimetype: string; sent: boolean }>(
      `select f.state, f.mimetype, m.sent_at is not null as sent from media_files f join messages m on m.company = f.company and m.id = f.message
        where m.wa_id = $1`, [document!.id]);
    expect(rows).toEqual([{ state: 'stored', mimetype: 'application/pdf', sent: true }]);
  });

  it('goes down into self-help, back with 0 and to the start with menú', async () => {
    const { name, phones } = wellKnown.upToDate;
    const person = await Person.with(copy, phones[0], { name });
    await person.ask('hola', menu);
    const help = await person.ask('autoayuda', /\*?1/);
    const deeper = await person.ask('1', /\*?1/);
    expect(deeper).not.toBe(help);
    await person.ask('0', new RegExp(help.split('\n')[0]!.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')));
    await person.ask('menú', menu);
  });

  it('is answered helpfully when nobody could understand it', async () => {
    const person = await Person.with(copy, wellKnown.weakSignal.phones[0], { name: wellKnown.weakSignal.name });
    await person.ask('hola', menu);
    const answer = await person.ask('qwerty zxcvb', /.+/);
    expect(answer).toMatch(/1/);
  });

  it('writes from an unknown number, identifies with document and a second fact, and sees the balance', async () => {
    const stranger = await Person.with(copy, '5493415559901', { name: 'Un celular prestado' });
    await stranger.ask('hola', /¿Ya sos cliente\?/);
    await stranger.ask('sí', /DNI/);
    await stranger.ask(wellKnown.dueSoon.document, /número de servicio/);
    await stranger.ask(wellKnown.dueSoon.phones[0].slice(-4), /Bruno/);
    await stranger.ask('saldo', /\$/);
  });

  it('writes from an unknown number, is no customer, and sees the plans', async () => {
    const lead = await Person.with(copy, '5493415559902', { name: 'Interesada' });
    await lead.ask('hola', /¿Ya sos cliente\?/);
    await lead.ask('no', /plan/i);
    await lead.ask('planes', /Mb/);
  });

  it('hides the phone number, is asked for the document, and sees the balance by it', async () => {
    const hidden = await Person.with(copy, '5493415559903', { name: 'Reservado', hidePhone: true });
    await hidden.ask('hola', /no me muestra tu número.*DNI/s);
    await hidden.ask(wellKnown.dueSoon.document, /número de servicio/);
    await hidden.ask(wellKnown.dueSoon.phones[0].slice(-4), /Bruno/);
    await hidden.ask('saldo', /\$/);
  });

  it('comes from an ad, whose text arrives later than the message', async () => {
    const person = await Person.with(copy, '5493415559904', { name: 'Vio el anuncio', ad: true });
    await person.ask('hola, vi el anuncio', /¿Ya sos cliente\?|asistente/);
    const rows = await copy.rows<{ seq: string; text: string }>(
      `select m.seq, m.text from messages m join conversations v using (company) join contact_addresses a
         on a.company = v.company and a.contact = v.contact
       where m.conversation = v.id and a.address = $1 and m.direction = 'in'`,
      ['5493415559904@s.whatsapp.net'],
    );
    expect(rows).toEqual([{ seq: '1', text: 'hola, vi el anuncio' }]);
  });

  it('is answered once although the network delivers the message twice', async () => {
    const person = await Person.with(copy, wellKnown.twoServices.phones[0], { name: wellKnown.twoServices.name });
    await copy.network.fault({ kind: 'duplicate', times: 1 });
    await person.ask('hola', menu);
    await person.ask('menú', menu);
    const heard = await person.heard();
    expect(heard.filter((text) => /Hola, \*Elena\*/.test(text))).toHaveLength(1);
    const rows = await copy.rows<{ n: string }>(`select count(*) n from messages where direction = 'in' and wa_id = any($1)`, [
      (await person.chat()).filter((message) => message.from === person.number).map((message) => message.id),
    ]);
    expect(rows[0]!.n).toBe('2');
  });

  it('writes while the link is down and is answered when it is back', async () => {
    const person = await Person.with(copy, wellKnown.suspended.phones[0], { name: wellKnown.suspended.name });
    await copy.network.fault({ kind: 'refuse-connection', ms: 4_000 });
    await copy.network.fault({ kind: 'drop-connection' });
    await waitFor('the link to be down', async () => (await copy.network.accounts()).every((account) => !account.online));
    await person.ask('hola', /Diego/, 60_000);
  });

  it('finds the bot silent while the owner of the phone writes', async () => {
    const person = await Person.with(copy, wellKnown.coupleOne.phones[0], { name: wellKnown.coupleOne.name });
    await person.ask('hola', /.+/);
    await copy.network.writeAsOwner(await copy.account(), person.number, 'Hola, soy Pedro, te atiendo yo');
    await person.hears(/soy Pedro/);
    await waitFor('the owner’s message to be settled', async () =>
      (await copy.rows(`select 1 from messages where author = 'owner' and outcome = 'owner'`)).length > 0,
    );
    const before = (await person.heard()).length;
    const id = await person.write('gracias Pedro');
    await waitFor('the message to be settled', async () => {
      const [row] = await copy.rows<{ outcome: string }>('select outcome from messages where wa_id = $1', [id]);
      return row?.outcome === 'silent:owner';
    });
    expect((await person.heard()).length).toBe(before);
  });

  it('turns out to be another bot: both stop', async () => {
    const bot = await Person.with(copy, '5493415559905', { name: 'Bot de otra empresa' });
    const says = 'Gracias por comunicarte con Ferretería El Tornillo. En breve te responderemos.';
    await bot.write(says);
    await waitFor(
      'our side to fall silent',
      async () => {
        const chat = await bot.chat();
        if (chat.at(-1)?.from !== bot.number) await bot.write(says);
        return (await copy.rows(`select 1 from messages where outcome = 'silent:bot-loop'`)).length > 0;
      },
      90_000,
    );
    expect((await bot.heard()).length).toBeLessThan(12);
  });

  it('learns the balance from the ISP’s own system, is told when that does not answer, and is answered again when it is back', async () => {
    const mikrowisp = new SimulatedMikrowisp(copy);
    const number = '5493415559911';
    await mikrowisp.activate(bookOf('Marina Wisp', number));
    try {
      const person = await Person.with(copy, number, { name: 'Marina' });
      await person.ask('hola', /Hola, \*Marina\*/);
      await person.ask('saldo', /27\.900,10/);
      await person.ask('menú', menu);
      await mikrowisp.goDown();
      await person.ask('cómo está mi conexión?', /El sistema no responde/);
      await mikrowisp.comeBack();
      await person.ask('menú', menu);
      await person.ask('cómo está mi conexión?', /^(?!.*no responde).*(conectad|en línea|conexión)/is);
    } finally {
      await mikrowisp.deactivate();
    }
  });

  it('leaves nothing readable in Temporal: no text, name or number, in histories, descriptions or files', async () => {
    const { name, phones, document } = wellKnown.paidButSuspended;
    const person = await Person.with(copy, phones[0], { name });
    await person.ask('hola', menu);
    const secret = 'mi vecina se llama Clotilde Tucán';
    await person.ask(secret, /.+/);
    const [{ id }] = (await copy.rows<{ id: string }>('select conversation id from messages where text = $1', [secret])) as [{ id: string }];
    const { told, stored } = await temporalBytes(copy, `demo/conversation/${id}`);
    expect(told.includes(id)).toBe(true);
    expect(stored.includes(id)).toBe(true);
    for (const text of [secret, 'Clotilde', name.split(' ')[0]!, phones[0], document]) {
      expect({ text, told: told.includes(text), stored: stored.includes(text) }).toEqual({ text, told: false, stored: false });
    }
  });

  it('leaves no stanza behind that the network does not know, and no private key in any output', async () => {
    expect(await copy.network.unknown()).toEqual([]);
    expect(copy.output.join('')).not.toContain('privKey');
  });
});
