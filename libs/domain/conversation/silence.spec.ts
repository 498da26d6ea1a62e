import { describe, expect, it } from 'vitest';
import { rehearse } from './scripted-flows.js';
import { FakeIsp } from './scripted-isp.js';
import { beginsSession, defaultLimits, initialState, readState, type ConversationState } from './state.js';

const mainMenu = '¿Qué necesitás?\n\n*1* Mi saldo\n*2* Mi conexión\n*3* Autoayuda\n*4* Planes';

describe('a reaction, a vote or a deletion', () => {
  it('is noted and answered by nobody, and leaves the customer where they were', () => {
    const chat = rehearse(new FakeIsp());
    chat.write('hola', '3');
    const [place, settled] = [chat.state.trail, chat.outcomes.size];
    expect(chat.send([{ kind: 'gesture' }])).toEqual([]);
    expect([...chat.outcomes.values()].slice(settled)).toEqual(['noted']);
    expect(chat.state.trail).toEqual(place);
  });
});

describe('after a long silence', () => {
  it('the customer begins at the start again, recognised without asking the ISP system', () => {
    const chat = rehearse(new FakeIsp());
    chat.write('hola', '3', '1');
    chat.queries.length = 0;
    expect(chat.wait(31).write('hola')).toEqual([`Hola, Ana.\n\n${mainMenu}`]);
    expect(chat.queries).toEqual([]);
  });

  it('the place is kept for half an hour', () => {
    const chat = rehearse(new FakeIsp());
    chat.write('hola', '3');
    expect(chat.wait(29).write('2')[0]).toMatch(/^Reiniciá el módem/u);
  });

  it('the phone is looked up again when the answer is too old', () => {
    const chat = rehearse(new FakeIsp());
    chat.write('hola');
    chat.queries.length = 0;
    chat.wait(12 * 60 + 1).write('hola');
    expect(chat.queries).toMatchObject([{ kind: 'by-phone' }]);
  });

  it('a number means the menu that is still on the screen, and nothing if that was another one', () => {
    const chat = rehearse(new FakeIsp());
    chat.write('hola');
    expect(chat.wait(40).write('1')[0]).toContain('Debés $ 27.900');
    chat.write('3');
    expect(chat.wait(40).write('1')).toEqual([`Hola, Ana.\n\n${mainMenu}`]);
  });

  it('the first number of a stranger to the bot is answered with the menu', () => {
    expect(rehearse(new FakeIsp()).write('1')).toEqual([`Hola, Ana.\n\n${mainMenu}`]);
  });

  it('thanks are returned without beginning anew', () => {
    const chat = rehearse(new FakeIsp());
    chat.write('hola', '1');
    expect(chat.wait(40).write('gracias')).toEqual(['¡De nada!']);
    expect(chat.write('menú')[0]).toMatch(/^Hola, Ana\./u);
  });

  it('callers are told to load the newest flows, and not within a session or a reply', () => {
    const chat = rehearse(new FakeIsp());
    expect(beginsSession(initialState(), chat.nowMs, defaultLimits)).toBe(true);
    const steps = chat.decide([chat.message({ kind: 'text', text: 'hola' })]);
    expect(beginsSession(chat.state, chat.nowMs, defaultLimits)).toBe(false);
    chat.answer(steps);
    expect(beginsSession(chat.state, chat.nowMs + 29 * 60_000, defaultLimits)).toBe(false);
    expect(beginsSession(chat.state, chat.nowMs + 31 * 60_000, defaultLimits)).toBe(true);
  });
});

describe('the end of a conversation', () => {
  it('is said without a menu, and the next message begins anew', () => {
    const isp = new FakeIsp();
    isp.isDown = true;
    const chat = rehearse(isp);
    chat.write('hola');
    expect(chat.write('despedirme')).toEqual(['Hasta luego.']);
    isp.isDown = false;
    expect(chat.write('hola')).toEqual([`Hola, Ana.\n\n${mainMenu}`]);
  });
});

describe('the owner writing on the linked phone', () => {
  it('has the chat: customers are not answered by the bot for half an hour', () => {
    const chat = rehearse(new FakeIsp());
    chat.write('hola');
    expect(chat.send([{ kind: 'text', text: 'Hola Ana, soy Pedro' }], 'owner')).toEqual([]);
    expect(chat.wait(29).write('1')).toEqual([]);
    expect([...chat.outcomes]).toEqual([
      [1, 'answered'],
      [2, 'owner'],
      [3, 'silent:owner'],
    ]);
  });

  it('gives it back after half an hour of their silence, and the customer begins at the start', () => {
    const chat = rehearse(new FakeIsp());
    chat.write('hola', '3');
    chat.send([{ kind: 'text', text: 'Yo te ayudo' }], 'owner');
    expect(chat.wait(31).write('1')).toEqual([`Hola, Ana.\n\n${mainMenu}`]);
  });

  it('takes over what the bot was about to answer', () => {
    const chat = rehearse(new FakeIsp());
    const [query] = chat.decide([chat.message({ kind: 'text', text: 'hola' }), chat.message({ kind: 'text', text: '3' })]);
    chat.send([{ kind: 'text', text: 'Yo te ayudo' }], 'owner');
    expect(chat.decide([{ kind: 'result', step: query!.id, result: { ok: false, reason: 'unavailable' } }])).toEqual([]);
    expect([...chat.outcomes]).toEqual([
      [1, 'silent:owner'],
      [2, 'silent:owner'],
      [3, 'owner'],
    ]);
  });
});

describe('a stored state', () => {
  it('of newer code is refused', () => {
    expect(() => readState({ v: 2 } as unknown as ConversationState)).toThrow('state-version-unknown: 2');
  });

  it('that stands at a node which a new version of the flow lacks begins again', () => {
    const chat = rehearse(new FakeIsp());
    chat.write('hola', '3');
    chat.state.trail = [{ flow: 'support', node: 'gone' }];
    expect(chat.write('hola')).toEqual([`Hola, Ana.\n\n${mainMenu}`]);
  });

  it('that waits for a query of a node which is gone answers what was asked all the same', () => {
    const chat = rehearse(new FakeIsp());
    chat.write('hola');
    chat.decide([chat.message({ kind: 'text', text: 'saldo' })]);
    chat.state.pending!.place!.node = 'gone';
    expect(chat.write('hola')).toEqual([`Hola, Ana.\n\n${mainMenu}`]);
    expect(chat.outcomes.get(2)).toBe('answered');
  });
});
