import { describe, expect, it } from 'vitest';
import { rehearse } from './scripted-flows.js';
import { FakeIsp } from './scripted-isp.js';

const answered = (count: number) => Array.from({ length: count }, (_, index) => [index + 1, 'answered']);

describe('a burst of messages', () => {
  it('gets one welcome and the answer to what it asks', () => {
    const chat = rehearse(new FakeIsp());
    expect(chat.write('hola', 'buenas tardes', 'quiero ver mi saldo')).toEqual([
      'Hola, Ana.\n\nDebés $ 27.900, vence el 1 de diciembre.\n\n¿Algo más?',
    ]);
    expect([...chat.outcomes]).toEqual(answered(3));
  });

  it('is answered by the pick alone when the customer is already welcome', () => {
    const chat = rehearse(new FakeIsp());
    chat.write('hola');
    expect(chat.write('hola', '3')).toEqual(['¿Qué pasa?\n\n*1* No tengo internet\n*2* Anda lento\n*0* Volver']);
  });

  it('lists every message in the reply that answers it', () => {
    const chat = rehearse(new FakeIsp());
    chat.write('hola');
    const inputs = ['che', '3', 'anda lento'].map((text) => chat.message({ kind: 'text', text }));
    expect(chat.decide(inputs)).toMatchObject([{ kind: 'say', answers: [2, 3, 4], node: 'support/slow' }]);
  });

  it('gets both answers to two questions, in order, and the same answer once', () => {
    const chat = rehearse(new FakeIsp());
    chat.write('hola');
    expect(chat.write('saldo', 'mi conexión', 'saldo')).toEqual([
      'Debés $ 27.900, vence el 1 de diciembre.\n\nSan Martín 1234: en línea.\n\n¿Algo más?',
    ]);
    expect([...chat.outcomes]).toEqual(answered(4));
  });

  it('waits in order while the ISP system is asked', () => {
    const chat = rehearse(new FakeIsp());
    const [query] = chat.decide([chat.message({ kind: 'text', text: 'hola' })]);
    expect(query).toMatchObject({ kind: 'query', query: { kind: 'by-phone' } });
    expect(chat.decide([chat.message({ kind: 'text', text: '3' })])).toEqual([]);
    expect(chat.decide([chat.message({ kind: 'text', text: 'anda lento' })])).toEqual([]);
    expect(chat.outcomes.size).toBe(0);
    expect(chat.answer([query!])).toEqual([
      'Hola, Ana.\n\nReiniciá el módem.\n\n¿Qué pasa?\n\n*1* No tengo internet\n*2* Anda lento\n*0* Volver',
    ]);
    expect([...chat.outcomes]).toEqual(answered(3));
  });

  it('of more messages than are kept loses none of them', () => {
    const chat = rehearse(new FakeIsp());
    expect(chat.write(...Array.from({ length: 60 }, () => 'hola'))).toHaveLength(1);
    expect([...chat.outcomes]).toEqual(answered(60));
  });

  it('that comes twice changes nothing the second time', () => {
    const chat = rehearse(new FakeIsp());
    chat.write('hola');
    const message = chat.message({ kind: 'text', text: '3' });
    expect(chat.decide([message])).toHaveLength(1);
    const before = JSON.stringify(chat.state);
    expect(chat.decide([message, message])).toEqual([]);
    expect(JSON.stringify(chat.state)).toBe(before);
  });

  it('ignores a result that nobody waits for', () => {
    const chat = rehearse(new FakeIsp());
    chat.write('hola');
    const before = JSON.stringify(chat.state);
    expect(chat.decide([{ kind: 'result', step: 's1', result: { ok: false, reason: 'unavailable' } }])).toEqual([]);
    expect(JSON.stringify(chat.state)).toBe(before);
  });
});
