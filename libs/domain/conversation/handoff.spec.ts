import { describe, expect, it } from 'vitest';
import type { Rehearsal } from './rehearsal.js';
import { rehearse } from './scripted-flows.js';
import { FakeIsp } from './scripted-isp.js';
import { beginsSession, defaultLimits } from './state.js';

/** Ana asked for an agent, with some tickets before hers. */
function waiting(ahead = 2): Rehearsal {
  const chat = rehearse(new FakeIsp());
  chat.ahead = ahead;
  chat.write('hola');
  chat.write('agente');
  chat.write('Se cortó la fibra');
  return chat;
}

const outcomesFrom = (chat: Rehearsal, seq: number) => [...chat.outcomes].filter(([number]) => number >= seq).map(([, outcome]) => outcome);

describe('who asks for an agent', () => {
  it('is asked for the problem and told number and place', () => {
    const chat = rehearse(new FakeIsp());
    chat.ahead = 1;
    chat.write('hola');
    expect(chat.write('agente')).toEqual(['¿Qué te pasa?\n\n*0* Volver']);
    const steps = chat.decide([chat.message({ kind: 'text', text: 'Se cortó la fibra' })]);
    expect(steps).toEqual([{ kind: 'ticket', id: 's4', department: 'Soporte', summary: 'Se cortó la fibra' }]);
    expect(chat.outcomes.has(3)).toBe(false);
    expect(chat.answer(steps)).toEqual(['Pedido N.º 1. Tenés 1 persona adelante.']);
    expect(chat.outcomes.get(3)).toBe('answered');
  });

  it('can still go back instead of telling the problem', () => {
    const chat = rehearse(new FakeIsp());
    chat.write('hola', 'agente');
    expect(chat.write('0')[0]).toMatch(/^¿Qué necesitás\?/u);
    expect(chat.ticket).toBeUndefined();
  });

  it('is left to the agents from then on: the bot is silent, whatever is written', () => {
    const chat = waiting();
    expect(chat.write('hola', '1', 'menú', '¿están?')).toEqual([]);
    expect(chat.wait(500).write('saldo')).toEqual([]);
    expect(chat.send([{ kind: 'unsupported', what: 'audio' }, { kind: 'unreadable' }])).toEqual([]);
    expect(new Set(outcomesFrom(chat, 4))).toEqual(new Set(['agent']));
  });

  it('is told the place again on asking again while nobody has taken it, and not afterwards', () => {
    const chat = waiting(2);
    chat.ticket = { ...chat.ticket!, ahead: 1 };
    expect(chat.wait(1).write('quiero un agente', 'un agente por favor')).toEqual(['Pedido N.º 1. Tenés 1 persona adelante.']);
    expect(outcomesFrom(chat, 4)).toEqual(['answered', 'answered']);
    chat.ticket = { ...chat.ticket, queued: false };
    expect(chat.wait(1).write('quiero un agente')).toEqual([]);
    expect(chat.outcomes.get(6)).toBe('agent');
  });

  it('is not told it for ever: another bot that asks again and again hears nothing', () => {
    const chat = waiting();
    const said = Array.from({ length: 12 }, () => chat.wait(1).write('Necesito hablar ya mismo con un agente humano').length);
    expect(said.slice(0, 3)).toEqual([1, 1, 1]);
    expect(said.slice(3)).toEqual(Array.from({ length: 9 }, () => 0));
  });

  it('leaves to the agents what was written while the ticket was being opened', () => {
    const chat = rehearse(new FakeIsp());
    chat.write('hola', 'agente');
    const steps = chat.decide([chat.message({ kind: 'text', text: 'No anda' })]);
    expect(chat.decide([chat.message({ kind: 'text', text: 'desde ayer' })])).toEqual([]);
    expect(chat.answer(steps)).toHaveLength(1);
    expect([chat.outcomes.get(3), chat.outcomes.get(4)]).toEqual(['answered', 'agent']);
  });
});

describe('when an agent closes the ticket', () => {
  it('the bot says good-bye and begins anew at the next message', () => {
    const chat = waiting();
    expect(chat.closeTicket()).toEqual(['Cerramos el N.º 1.']);
    expect(chat.wait(1).write('hola')[0]).toMatch(/^Hola, Ana\./u);
    expect(chat.outcomes.get(4)).toBe('answered');
  });

  it('thanks are returned', () => {
    const chat = waiting();
    chat.closeTicket();
    expect(chat.write('gracias')).toEqual(['¡De nada!']);
  });

  it('a message that waits already is the bot’s to answer, and its answer is the good-bye, too', () => {
    const chat = waiting();
    chat.ticket = undefined;
    expect(chat.write('hola')).toEqual([expect.stringMatching(/^Hola, Ana\./u)]);
  });

  it('what was written before was the agents’, though nobody has looked at it yet', () => {
    const chat = waiting();
    const late = chat.message({ kind: 'text', text: 'gracias, era eso' });
    chat.wait(1).ticket = undefined;
    chat.closedAtMs = chat.nowMs;
    expect(chat.decide([late])).toMatchObject([{ kind: 'say', text: 'Cerramos el N.º 1.', answers: [] }]);
    expect(chat.outcomes.get(4)).toBe('agent');
    expect(chat.write('hola')[0]).toMatch(/^Hola, Ana\./u);
  });

  it('another one can be asked for', () => {
    const chat = waiting();
    chat.closeTicket();
    chat.write('agente');
    expect(chat.write('Otra cosa')).toEqual(['Pedido N.º 2. Tenés 2 personas adelante.']);
    expect(chat.summaries).toEqual(['Se cortó la fibra', 'Otra cosa']);
  });

  it('nothing is said twice, however often the row is looked at', () => {
    const chat = waiting();
    expect(chat.decide([])).toEqual([]);
    chat.closeTicket();
    expect(chat.decide([])).toEqual([]);
  });
});

describe('when an agent opens an old ticket again', () => {
  it('the conversation is the agents’ again, whatever the bot was about to do', () => {
    const chat = waiting();
    chat.closeTicket();
    const [query] = chat.decide([chat.message({ kind: 'text', text: 'saldo' })]);
    expect(chat.openTicket()).toEqual([]);
    expect(chat.answer(query ? [query] : [])).toEqual([]);
    expect(chat.outcomes.get(4)).toBe('agent');
    expect(chat.write('¿hola?')).toEqual([]);
    expect(chat.closeTicket()).toEqual(['Cerramos el N.º 2.']);
  });

  it('in a chat where none was ever asked for, there is no good-bye to say', () => {
    const chat = rehearse(new FakeIsp());
    chat.write('hola');
    chat.openTicket();
    expect(chat.closeTicket()).toEqual([]);
    expect(chat.write('hola')[0]).toMatch(/^Hola, Ana\./u);
  });
});

describe('the owner on the linked phone', () => {
  it('may write while an agent has the chat; the customer’s messages stay the agents’', () => {
    const chat = waiting();
    chat.send([{ kind: 'text', text: 'Soy Pedro' }], 'owner');
    expect(chat.write('quiero un agente')).toEqual([]);
    expect(outcomesFrom(chat, 4)).toEqual(['owner', 'agent']);
  });

  it('keeps the bot silent also after the ticket is closed, for as long as ever', () => {
    const chat = waiting();
    chat.send([{ kind: 'text', text: 'Soy Pedro' }], 'owner');
    expect(chat.closeTicket()).toEqual([]);
    expect(chat.wait(1).write('hola')).toEqual([]);
    expect(chat.outcomes.get(5)).toBe('silent:owner');
    expect(chat.wait(30).write('hola')[0]).toMatch(/^Hola, Ana\./u);
  });

  it('who writes while the ticket is being opened leaves it to the agents without a word of the bot', () => {
    const chat = rehearse(new FakeIsp());
    chat.write('hola', 'agente');
    const steps = chat.decide([chat.message({ kind: 'text', text: 'No anda' })]);
    chat.decide([chat.message({ kind: 'text', text: 'Yo te ayudo' }, 'owner')]);
    expect(chat.answer(steps)).toEqual([]);
    expect(outcomesFrom(chat, 3)).toEqual(['silent:owner', 'owner']);
    expect(chat.state.ticket).toEqual({ number: 1 });
  });
});

describe('the flows of a conversation with a ticket', () => {
  it('stay those it began with: the good-bye belongs to them', () => {
    const chat = waiting();
    expect(beginsSession(chat.state, chat.nowMs + 86_400_000, defaultLimits)).toBe(false);
    chat.closeTicket();
    expect(beginsSession(chat.state, chat.nowMs, defaultLimits)).toBe(true);
  });
});
