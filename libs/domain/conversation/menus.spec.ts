import { describe, expect, it } from 'vitest';
import { rehearse } from './scripted-flows.js';
import { FakeIsp } from './scripted-isp.js';

const mainMenu = '¿Qué necesitás?\n\n*1* Mi saldo\n*2* Mi conexión\n*3* Autoayuda\n*4* Planes';
const helpMenu = '¿Qué pasa?\n\n*1* No tengo internet\n*2* Anda lento\n*0* Volver';

describe('a recognised customer', () => {
  it('is greeted by first name and shown the menu', () => {
    expect(rehearse(new FakeIsp()).write('hola')).toEqual([`Hola, Ana.\n\n${mainMenu}`]);
  });

  it('gets a menu answer in one reply, without another look at who they are', () => {
    const chat = rehearse(new FakeIsp());
    chat.write('hola');
    chat.queries.length = 0;
    expect(chat.write('3')).toEqual([helpMenu]);
    expect(chat.queries).toEqual([]);
  });

  it.each(['1', '1️⃣', 'opción 1', '1)', 'la primera', 'uno', 'Mi saldo', 'MI SALDO', 'saldo', 'quiero ver mi saldo', 'mi saldoo porfa', 'cuanto debo?'])(
    'picks the first option with "%s"',
    (text) => {
      const chat = rehearse(new FakeIsp());
      chat.write('hola');
      expect(chat.write(text)).toEqual(['Debés $ 27.900, vence el 1 de diciembre.\n\n¿Algo más?']);
    },
  );

  it('is answered at once when the first message already says what it is about', () => {
    expect(rehearse(new FakeIsp()).write('Hola! quiero ver mi saldo')).toEqual([
      'Hola, Ana.\n\nDebés $ 27.900, vence el 1 de diciembre.\n\n¿Algo más?',
    ]);
  });

  it('reaches nested menus and comes back level by level', () => {
    const chat = rehearse(new FakeIsp());
    chat.write('hola', '3', '1');
    expect(chat.write('ninguna')).toEqual(['Revisá el enchufe.\n\n¿Qué pasa?\n\n*1* No tengo internet\n*2* Anda lento\n*0* Volver']);
    chat.write('1');
    expect(chat.write('0')).toEqual([helpMenu]);
    expect(chat.write('volver')).toEqual([mainMenu]);
    expect(chat.write('0')).toEqual([mainMenu]);
  });

  it.each(['menú', 'MENU', 'inicio', 'volver al menú', 'menu principal'])('is back at the start with "%s", from anywhere', (text) => {
    const chat = rehearse(new FakeIsp());
    chat.write('hola', '3', '1');
    expect(chat.write(text)).toEqual([mainMenu]);
  });

  it('is understood in a sub-menu when asking for something of the menu above, or for a shortcut', () => {
    const chat = rehearse(new FakeIsp());
    chat.write('hola', '3', '1');
    expect(chat.write('quiero hablar con una persona')).toEqual(['Llamanos.\n\n¿Algo más?']);
    chat.write('3');
    expect(chat.write('cuánto debo')[0]).toContain('Debés $ 27.900');
  });

  it('does not pick "No" with a sentence that merely contains the word', () => {
    const chat = rehearse(new FakeIsp(), '5493415559999');
    chat.write('hola');
    expect(chat.write('no tengo idea de eso')[0]).toMatch(/^No te entendí\./u);
  });

  it('goes to the sales menu and back', () => {
    const chat = rehearse(new FakeIsp());
    chat.write('hola');
    expect(chat.write('quiero contratar')[0]).toMatch(/^¿Qué querés saber\?/u);
    expect(chat.write('ver planes')[0]).toContain('*Fibra 100* · 100 Mbps de bajada y 50 de subida · $ 21.900 por mes');
    expect(chat.write('menú')).toEqual([mainMenu]);
  });
});

describe('what is not understood', () => {
  it('is answered with the options, and the second time with what else can be done', () => {
    const chat = rehearse(new FakeIsp());
    chat.write('hola');
    expect(chat.write('brumoso')).toEqual([`No te entendí.\n\n${mainMenu}`]);
    expect(chat.write('brumoso otra vez')).toEqual([`Sigo sin entenderte: llamanos.\n\n${mainMenu}`]);
    chat.write('3');
    expect(chat.write('brumoso')).toEqual([`No te entendí.\n\n${helpMenu}`]);
  });

  it('is no reproach in the first message, which is answered with the welcome', () => {
    const chat = rehearse(new FakeIsp());
    expect(chat.write('brumoso')).toEqual([`Hola, Ana.\n\n${mainMenu}`]);
    expect(chat.write('brumoso')[0]).toMatch(/^No te entendí\./u);
  });

  it('says that only text is read, what came, and which options there are', () => {
    const chat = rehearse(new FakeIsp());
    chat.write('hola');
    expect(chat.send([{ kind: 'unsupported', what: 'image' }])).toEqual([`Recibí la imagen, solo leo texto.\n\n${mainMenu}`]);
    expect(chat.send([{ kind: 'unsupported', what: 'hologram' }])[0]).toMatch(/^Recibí ese mensaje/u);
    expect(chat.send([{ kind: 'unreadable' }])).toEqual([`No lo pude leer.\n\n${mainMenu}`]);
  });

  it('is not even thanks, which are returned without the menu', () => {
    const chat = rehearse(new FakeIsp());
    chat.write('hola');
    expect(chat.write('muchas gracias!')).toEqual(['¡De nada!']);
  });
});

describe('a question', () => {
  it('takes what has its shape, asks again for what has not, and gives up in the end', () => {
    const chat = rehearse(new FakeIsp());
    chat.write('hola', '4');
    expect(chat.write('que me llamen')[0]).toMatch(/^¿Tu nombre\?/u);
    expect(chat.write('1234')[0]).toMatch(/^¿Cómo te llamás\?\n\n¿Tu nombre\?/u);
    expect(chat.write('Ana Gómez')[0]).toMatch(/^Gracias, Ana Gómez\./u);
    chat.write('2', '99');
    expect(chat.write('88')[0]).toMatch(/^¿Qué querés saber\?/u);
  });

  it('is left with the way back', () => {
    const chat = rehearse(new FakeIsp());
    chat.write('hola', '4', '2');
    expect(chat.write('0')[0]).toMatch(/^¿Qué querés saber\?/u);
  });
});
