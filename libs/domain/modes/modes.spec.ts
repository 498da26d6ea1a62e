import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { contentOf, type InboundRow } from '../conversation/content.js';
import type { Rehearsal } from '../conversation/rehearsal.js';
import { rehearse } from '../conversation/scripted-flows.js';
import { FakeIsp } from '../conversation/scripted-isp.js';
import type { Outcome } from '../conversation/state.js';
import { mediaKinds } from '../message/details.js';
import { modes, refusalOf, takesIspMessages, type Mode, type Operation } from './mode.js';

const EMERGENCY = 'Hay un corte en toda la zona. Lo estamos arreglando.';
const in_ = (mode: Mode, text = EMERGENCY): Operation =>
  mode === 'emergency' ? { mode, message: { version: 3, text } } : { mode };

/** Every kind of row that the gateway writes (message/details.ts): those that ask for something, and those that do not. */
const asking: Readonly<Record<string, Partial<InboundRow>>> = {
  text: { text: 'hola' },
  ...Object.fromEntries(mediaKinds.map((kind) => [kind, { text: 'un epígrafe' }])),
  location: {}, contact: {}, poll: {}, order: {}, product: {}, 'group-invite': {}, call: {}, other: {},
  unreadable: { reason: 'decrypt' },
  'unreadable, to be seen once': { kind: 'unreadable', reason: 'view-once' },
  'unreadable, unknown to us': { kind: 'unreadable', reason: 'unsupported' },
  'edit of what we never had': { kind: 'edit', text: 'hola', target: null },
};
const gestures: Readonly<Record<string, Partial<InboundRow>>> = {
  reaction: { text: '👍' },
  'reaction taken back': { kind: 'reaction', text: '' },
  'poll-vote': {},
  'deleted, decided before': { kind: 'deleted', target: 1 },
  'deleted, never seen': { kind: 'deleted', target: null },
  'edit of what was decided before': { kind: 'edit', text: 'chau', target: 1 },
  'edit that nobody can read': { kind: 'edit', reason: 'edit-unreadable' },
};
const rowOf = (name: string, row: Partial<InboundRow>): InboundRow => ({ kind: name, text: null, ...row });

/** Who has the conversation when the message comes; each has had one message before. */
const owners: Readonly<Record<string, (chat: Rehearsal) => void>> = {
  bot: (chat) => void chat.write('hola'),
  'nobody yet: the ticket waits': (chat) => void chat.write('agente', 'Se cortó la fibra'),
  'an agent': (chat) => {
    chat.write('agente', 'Se cortó la fibra');
    chat.ticket = { ...chat.ticket!, queued: false };
  },
  'the owner on the phone': (chat) => void chat.send([{ kind: 'text', text: 'Hola, soy Juan' }], 'owner'),
  'nobody: another bot writes': (chat) => {
    for (let round = 0; round < 8 && chat.state.botLoopUntilMs === undefined; round += 1) chat.wait(1).write('Gracias por comunicarte con nosotros, te contestamos pronto');
  },
};

type Said = 'a reply' | 'the emergency message' | 'nothing';
type Row = [owner: keyof typeof owners, ...Record<'complete' | 'gateway-only' | 'emergency' | 'stopped', [Outcome, Said]>[]];

/** What asks for something. */
const table: Row[] = [
  ['bot', {
    complete: ['answered', 'a reply'], 'gateway-only': ['kept:gateway-only', 'nothing'],
    emergency: ['answered', 'the emergency message'], stopped: ['kept:stopped', 'nothing'],
  }],
  ['nobody yet: the ticket waits', {
    complete: ['agent', 'nothing'], 'gateway-only': ['agent', 'nothing'],
    emergency: ['agent', 'the emergency message'], stopped: ['agent', 'nothing'],
  }],
  ['an agent', {
    complete: ['agent', 'nothing'], 'gateway-only': ['agent', 'nothing'], emergency: ['agent', 'nothing'], stopped: ['agent', 'nothing'],
  }],
  ['the owner on the phone', {
    complete: ['silent:owner', 'nothing'], 'gateway-only': ['silent:owner', 'nothing'],
    emergency: ['silent:owner', 'nothing'], stopped: ['silent:owner', 'nothing'],
  }],
  ['nobody: another bot writes', {
    complete: ['silent:bot-loop', 'nothing'], 'gateway-only': ['silent:bot-loop', 'nothing'],
    emergency: ['silent:bot-loop', 'nothing'], stopped: ['silent:bot-loop', 'nothing'],
  }],
];

/** What asks for nothing ends the same in every mode, and is never answered. */
const gestureOutcome: Readonly<Record<string, Outcome>> = {
  bot: 'noted',
  'nobody yet: the ticket waits': 'agent',
  'an agent': 'agent',
  'the owner on the phone': 'silent:owner',
  'nobody: another bot writes': 'silent:bot-loop',
};

/** One message in a conversation that `owner` has, in a mode that has just begun. */
function send(owner: string, mode: Mode, row: InboundRow, author: 'customer' | 'owner' = 'customer'): [Outcome | undefined, Said] {
  const chat = rehearse(new FakeIsp());
  owners[owner]!(chat);
  const texts = chat.operate(in_(mode)).wait(1).send([contentOf(row)], author);
  const said = texts.length === 0 ? 'nothing' : texts.join() === EMERGENCY ? 'the emergency message' : 'a reply';
  return [[...chat.outcomes.values()].at(-1), said];
}

describe.each(table)('a conversation that has: %s', (owner, expected) => {
  it.each(modes.flatMap((mode) => Object.entries(asking).map(([name, row]) => [mode, name, row] as const)))('in %s, answers «%s» as it should', (mode, name, row) => {
    expect(send(owner, mode, rowOf(name, row))).toEqual(expected[mode]);
  });

  it.each(modes.flatMap((mode) => Object.entries(gestures).map(([name, row]) => [mode, name, row] as const)))('in %s, never answers «%s»', (mode, name, row) => {
    expect(send(owner, mode, rowOf(name, row))).toEqual([gestureOutcome[owner], 'nothing']);
  });

  it.each(modes)('in %s, is the owner’s as soon as they write on the phone, whatever they write', (mode) => {
    for (const [name, row] of Object.entries(asking)) expect(send(owner, mode, rowOf(name, row), 'owner'), name).toEqual(['owner', 'nothing']);
    for (const [name, row] of Object.entries(gestures)) expect(send(owner, mode, rowOf(name, row), 'owner'), name).toEqual(['noted', 'nothing']);
  });
});

describe('a mode that keeps messages', () => {
  it.each([['gateway-only', 'Escribió durante Solo Gateway'], ['stopped', 'Escribió con el bot detenido']] as const)(
    '(%s) offers them when it ends: one silent ticket a conversation, whose later messages are the agents’', (mode, summary) => {
      const chat = rehearse(new FakeIsp()).operate(in_(mode));
      expect([...chat.write('hola', 'no tengo internet'), ...chat.wait(60).write('¿hay alguien?')]).toEqual([]);
      expect(chat.operate({ mode: 'complete' }).lookAgain()).toEqual([]);
      expect([chat.summaries, chat.ticket?.queued, chat.state.kept]).toEqual([[summary], true, undefined]);
      expect(chat.lookAgain()).toEqual([]);
      expect(chat.write('sigo acá')).toEqual([]);
      expect([...chat.outcomes.values()]).toEqual([`kept:${mode}`, `kept:${mode}`, `kept:${mode}`, 'agent']);
      expect(chat.closeTicket()).toEqual([]);
      expect(chat.write('hola')[0]).toMatch(/^Hola, Ana\./u);
      expect(chat.summaries).toHaveLength(1);
    });

  it('offers what was kept together with what comes before it was noticed that the mode has ended, also into an emergency', () => {
    for (const next of ['complete', 'emergency'] as const) {
      const chat = rehearse(new FakeIsp()).operate(in_('gateway-only'));
      chat.write('hola');
      expect(chat.operate(in_(next)).write('¿hola?')).toEqual([]);
      expect([...chat.outcomes.values()]).toEqual(['kept:gateway-only', 'agent']);
      expect(chat.summaries).toHaveLength(1);
    }
  });

  it('keeps them through another one that does', () => {
    const chat = rehearse(new FakeIsp()).operate(in_('gateway-only'));
    chat.write('hola');
    chat.operate(in_('stopped')).write('¿hola?');
    expect(chat.summaries).toEqual([]);
    chat.operate({ mode: 'complete' }).lookAgain();
    expect(chat.summaries).toEqual(['Escribió durante Solo Gateway']);
  });

  it('offers nothing of a chat that the owner has answered on the phone', () => {
    const chat = rehearse(new FakeIsp()).operate(in_('stopped'));
    chat.write('hola');
    chat.send([{ kind: 'text', text: 'Hola, ya lo vemos' }], 'owner');
    expect(chat.operate({ mode: 'complete' }).lookAgain()).toEqual([]);
    expect(chat.summaries).toEqual([]);
  });

  it('stops the bot amid what it was about to say', () => {
    const isp = new FakeIsp();
    const chat = rehearse(isp);
    chat.write('hola');
    const [query] = chat.decide([chat.message({ kind: 'text', text: 'saldo' })]);
    chat.operate(in_('gateway-only'));
    if (query?.kind !== 'query') throw new Error('the bot asks nothing');
    expect(chat.decide([{ kind: 'result', step: query.id, result: isp.ask(query.query) }])).toEqual([]);
    expect(chat.outcomes.get(2)).toBe('kept:gateway-only');
  });

  it('lets a ticket that was asked for come, and says nothing of its place', () => {
    const chat = rehearse(new FakeIsp());
    chat.write('agente');
    const steps = chat.decide([chat.message({ kind: 'text', text: 'Se cortó la fibra' })]);
    expect(chat.operate(in_('stopped')).answer(steps)).toEqual([]);
    expect([chat.ticket?.queued, chat.outcomes.get(2)]).toEqual([true, 'agent']);
    chat.operate({ mode: 'complete' });
    expect(chat.closeTicket()).toEqual(['Cerramos el N.º 1.']);
  });

  it('does not say good-bye for an agent who closes a ticket', () => {
    const chat = rehearse(new FakeIsp());
    chat.write('agente', 'Se cortó la fibra');
    expect(chat.operate(in_('gateway-only')).closeTicket()).toEqual([]);
  });
});

describe('an emergency', () => {
  it('is told once an hour, to a whole burst at once; then the menus are back', () => {
    const chat = rehearse(new FakeIsp());
    chat.write('hola', 'saldo');
    chat.operate(in_('emergency'));
    expect(chat.write('hola', '¿qué pasa?')).toEqual([EMERGENCY]);
    expect(chat.wait(59).write('¿y ahora?')).toEqual([]);
    expect(chat.wait(1).write('¿y ahora?')).toEqual([EMERGENCY]);
    expect([...chat.outcomes.values()].slice(2)).toEqual(['answered', 'answered', 'silent:emergency', 'answered']);
    expect(chat.operate({ mode: 'complete' }).wait(1).write('hola')[0]).toMatch(/^Hola, Ana\./u);
  });

  it('is told in the words that are saved when they are said, never as a template', () => {
    const chat = rehearse(new FakeIsp()).operate(in_('emergency', 'Corte en {{empresa}}'));
    const [step] = chat.decide([chat.message({ kind: 'text', text: 'hola' })]);
    expect(step).toMatchObject({ kind: 'say', text: 'Corte en {{empresa}}', node: 'emergency/3', answers: [1] });
  });

  it('is told to the next message where the owner’s answer came before it was said', () => {
    const chat = rehearse(new FakeIsp()).operate(in_('emergency'));
    const burst = [chat.message({ kind: 'text', text: 'hola' }), chat.message({ kind: 'text', text: 'Hola, soy Juan' }, 'owner')];
    expect(chat.decide(burst)).toEqual([]);
    expect(chat.wait(31).write('¿hola?')).toEqual([EMERGENCY]);
    expect([...chat.outcomes.values()]).toEqual(['silent:owner', 'owner', 'answered']);
  });

  it('answers what the bot was asking the ISP’s system for', () => {
    const chat = rehearse(new FakeIsp());
    chat.write('hola');
    chat.decide([chat.message({ kind: 'text', text: 'saldo' })]);
    expect(chat.operate(in_('emergency')).lookAgain()).toEqual([EMERGENCY]);
    expect(chat.outcomes.get(2)).toBe('answered');
  });

  it('leaves tickets as they are: their place and their end are told', () => {
    const chat = rehearse(new FakeIsp());
    chat.write('agente');
    const steps = chat.decide([chat.message({ kind: 'text', text: 'Se cortó la fibra' })]);
    expect(chat.operate(in_('emergency')).answer(steps)).toEqual(['Pedido N.º 1. No tenés a nadie adelante.']);
    expect(chat.closeTicket()).toEqual(['Cerramos el N.º 1.']);
  });
});

describe('modes', () => {
  it('begin when what they need is there', () => {
    expect(modes.map((mode) => refusalOf(mode, false))).toEqual([undefined, undefined, 'emergency-message-missing', undefined]);
    expect(modes.map((mode) => refusalOf(mode, true))).toEqual([undefined, undefined, undefined, undefined]);
  });

  it('take what the ISP’s system sends, but for one', () => {
    expect(modes.filter((mode) => !takesIspMessages(mode))).toEqual(['stopped']);
  });

  const events = fc.array(fc.oneof(
    fc.record({ do: fc.constant('mode' as const), mode: fc.constantFrom(...modes) }),
    fc.record({ do: fc.constant('write' as const), text: fc.constantFrom('hola', 'saldo', 'agente', 'Se cortó', '1') }),
    fc.record({ do: fc.constantFrom('close' as const, 'wait' as const, 'look' as const) }),
  ), { maxLength: 25 });

  it('settle each message once in whatever order they come, and people get all that was kept', () => {
    fc.assert(fc.property(events, (all) => {
      const chat = rehearse(new FakeIsp());
      let written = 0;
      const keptSince = () => [...chat.outcomes].filter(([, outcome]) => outcome.startsWith('kept:')).length;
      let offered = 0;
      for (const event of all) {
        if (event.do === 'mode') chat.operate(in_(event.mode));
        else if (event.do === 'write') {
          chat.write(event.text);
          written += 1;
        } else if (event.do === 'close' && chat.ticket) chat.closeTicket();
        else if (event.do === 'wait') chat.wait(20);
        else chat.lookAgain();
        if (chat.state.kept === undefined) offered = keptSince();
        else expect(chat.ticket).toBeUndefined();
      }
      chat.operate({ mode: 'complete' }).lookAgain();
      expect([...chat.outcomes.keys()].toSorted((a, b) => a - b)).toEqual(Array.from({ length: written }, (_, index) => index + 1));
      expect(chat.state.kept).toBeUndefined();
      if (keptSince() > offered) expect(chat.ticket).toBeDefined();
    }), { numRuns: 300 });
  });
});
