import { describe, expect, it } from 'vitest';
import { rehearse } from './scripted-flows.js';
import { FakeIsp } from './scripted-isp.js';
import type { MessageContent } from './state.js';

const text = (value: string): MessageContent => ({ kind: 'text', text: value });
const edit = (replaces: number, value: string): MessageContent => ({ kind: 'text', text: value, replaces });
const deletion = (withdraws: number): MessageContent => ({ kind: 'gesture', withdraws });
const picture: MessageContent = { kind: 'unsupported', what: 'image' };

const balance = 'Debés $ 27.900, vence el 1 de diciembre.\n\n¿Algo más?';
const outcomesOf = (chat: ReturnType<typeof rehearse>) => [...chat.outcomes].toSorted(([a], [b]) => a - b).map(([, outcome]) => outcome);

describe('what customers correct', () => {
  it.each<[string, MessageContent[], string[], string[]]>([
    ['an edit of what is not decided is answered as it reads now', [text('planes'), edit(2, 'saldo')], [balance], ['answered', 'noted']],
    ['of several edits the last one counts', [text('planes'), edit(2, 'conexión'), edit(2, 'saldo')], [balance], ['answered', 'noted', 'noted']],
    ['a deletion withdraws what is not decided', [text('planes'), deletion(2), text('saldo')], [balance], ['noted', 'noted', 'answered']],
    ['all withdrawn: nothing to answer', [text('planes'), deletion(2)], [], ['noted', 'noted']],
    ['an edit of what was answered is noted', [edit(1, 'saldo')], [], ['noted']],
    ['a deletion of what was answered is noted', [deletion(1)], [], ['noted']],
    ['a new caption leaves a picture a picture', [picture, edit(2, 'saldo')], ['Recibí la imagen, solo leo texto.'], ['answered', 'noted']],
    ['an edit of a message that never came is a message', [text('saldo')], [balance], ['answered']],
  ])('%s', (_name, contents, said, outcomes) => {
    const chat = rehearse(new FakeIsp());
    chat.write('hola');
    const answer = chat.send(contents).map((one) => (one.startsWith('Recibí') ? one.split('\n')[0] : one));
    expect(answer).toEqual(said);
    expect(outcomesOf(chat).slice(1)).toEqual(outcomes);
  });

  it('counts for what waits behind a question to the ISP’s system, and not for what is being answered', () => {
    const isp = new FakeIsp();
    const chat = rehearse(isp);
    chat.write('hola');
    const [query] = chat.decide([text('saldo'), text('planes'), text('gracias')].map((content) => chat.message(content)));
    if (query?.kind !== 'query') throw new Error('the bot asks nothing');
    expect(chat.decide([edit(2, 'planes'), edit(3, 'autoayuda'), deletion(4)].map((content) => chat.message(content)))).toEqual([]);
    const [said] = chat.answer(chat.decide([{ kind: 'result', step: query.id, result: isp.ask(query.query) }]));
    expect(said).toMatch(/^Debés \$ 27\.900[^¿]*¿Qué pasa\?/u);
    expect(outcomesOf(chat)).toEqual(['answered', 'answered', 'answered', 'noted', 'noted', 'noted', 'noted']);
  });
});

describe('a call', () => {
  it('is answered in words: first of all, within a conversation, and along with what else is asked', () => {
    const chat = rehearse(new FakeIsp());
    expect(chat.send([{ kind: 'call' }])[0]).toMatch(/^Hola, Ana\.\n\nNo atendemos llamadas\.\n\n¿Qué necesitás\?/u);
    expect(chat.send([{ kind: 'call' }])[0]).toMatch(/^No atendemos llamadas\.\n\n¿Qué necesitás\?/u);
    expect(chat.send([{ kind: 'call' }, text('saldo')])).toEqual([balance]);
  });
});
