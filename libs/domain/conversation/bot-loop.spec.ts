import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { flows, morningMs, rehearse, settingsFor } from './scripted-flows.js';
import { FakeIsp } from './scripted-isp.js';
import { Rehearsal } from './rehearsal.js';

const autoReply = 'Gracias por comunicarte con Estudio Pérez. En breve te respondemos. Horario de 9 a 18.';
const otherReplies = [
  'Nuestro horario de atención es de lunes a viernes de nueve a dieciocho horas.',
  'Para conocer el estado de tu trámite ingresá a nuestro sitio con tu usuario.',
];
const farewell = 'Si sos una persona, escribí menú.';

/** Writes one text after the other, each after the bot's reply; returns how many were answered before it fell silent. */
function answersUntilSilence(texts: Iterable<string>, secondsBetween: number, most = 60): number {
  const chat = rehearse(new FakeIsp());
  let answers = 0;
  for (const text of texts) {
    chat.nowMs += secondsBetween * 1_000;
    if (chat.write(text).length === 0) return answers;
    answers += 1;
    if (answers > most) return answers;
  }
  return Infinity;
}

function* forever(texts: readonly string[]): Generator<string> {
  for (let index = 0; ; index += 1) yield texts[index % texts.length]!;
}

describe('another bot that answers', () => {
  it.each([
    ['the same text', [autoReply], 20, 4],
    ['the same text with another number in it each time', [1, 2, 3, 4, 5, 6].map((n) => `${autoReply} Ticket ${n}${n}4.`), 20, 4],
    ['two long texts in turn', [autoReply, otherReplies[0]!], 20, 8],
    ['three long texts in turn', [autoReply, ...otherReplies], 20, 12],
    ['a short text', ['No entiendo tu mensaje'], 20, 8],
    ['two short texts in turn', ['No entiendo', 'Elegí bien'], 20, 16],
    ['thanks', ['Gracias!'], 20, 8],
  ])('with %s is noticed', (_, texts, seconds, most) => {
    expect(answersUntilSilence(forever(texts), seconds)).toBeLessThanOrEqual(most);
  });

  it('with ever new long texts is noticed when it is faster than a person types', () => {
    const alphabet = [...'abcdefghijklmnop'];
    const newTexts = alphabet.map((letter) => Array.from({ length: 8 }, (_, index) => letter.repeat(4 + index)).join(' '));
    expect(answersUntilSilence(newTexts, 2)).toBeLessThanOrEqual(8);
    expect(answersUntilSilence(newTexts, 40)).toBe(Infinity);
  });

  it('is told once how a person is heard, and then gets silence with its reason for an hour', () => {
    const chat = rehearse(new FakeIsp());
    const said = Array.from({ length: 6 }, () => chat.wait(0.3).write(autoReply));
    expect(said[3]).toEqual([farewell]);
    expect(said.slice(4)).toEqual([[], []]);
    expect([...chat.outcomes.values()].slice(3)).toEqual(['answered', 'silent:bot-loop', 'silent:bot-loop']);
    expect(chat.wait(50).write('hola')).toEqual([]);
    expect(chat.wait(10).write('hola')[0]).toMatch(/^Hola, Ana\./u);
  });

  it('does not keep a person from being heard with the word that was named', () => {
    const chat = rehearse(new FakeIsp());
    for (let times = 0; times < 5; times += 1) chat.wait(0.3).write(autoReply);
    expect(chat.write('Menu')[0]).toMatch(/^Hola, Ana\./u);
    expect(chat.write('saldo')[0]).toContain('Debés');
  });
});

describe('a person', () => {
  it.each([
    ['picks "1" over and over', Array.from({ length: 40 }, () => '1'), 2],
    ['asks for the balance in full words over and over', Array.from({ length: 40 }, () => 'Mi saldo'), 2],
    ['goes back and forth', Array.from({ length: 20 }, () => ['3', '0']).flat(), 2],
    ['thanks twice', ['hola', '1', 'gracias', 'gracias'], 5],
    ['greets three times', ['hola', 'hola', 'hola'], 60],
    ['repeats a complaint', ['desde ayer no tengo internet y nadie me responde nada', 'desde ayer no tengo internet y nadie me responde!!', 'desde ayer no tengo internet y nadie me responde nada'], 30],
  ])('that %s is not taken for a bot', (_, texts, seconds) => {
    expect(answersUntilSilence(texts, seconds, 100)).toBe(Infinity);
  });

  it('that sends the same photo or sentence many times at once is not taken for a bot', () => {
    const chat = rehearse(new FakeIsp());
    const photos = Array.from({ length: 12 }, () => ({ kind: 'unsupported', what: 'image' }) as const);
    expect(chat.send(photos)).toHaveLength(1);
    expect(chat.write(...Array.from({ length: 12 }, () => autoReply))).toHaveLength(1);
  });
});

describe('two of our own engines', () => {
  /** Each answers what the other says; returns the number of messages until both are silent. */
  function talk(opening: string, secondsBetween: number, phones: [string, string]): number {
    const isp = new FakeIsp();
    const chats = phones.map((phone) => new Rehearsal(settingsFor(phone), isp.ask, morningMs));
    let messages = [opening];
    let count = 0;
    for (let turn = 0; messages.length > 0; turn += 1) {
      count += messages.length;
      if (count > 500) return Infinity;
      const chat = chats[turn % 2]!;
      chat.nowMs = morningMs + count * secondsBetween * 1_000;
      messages = chat.write(...messages);
    }
    return count;
  }

  const labels = Object.values(flows).flatMap((flow) =>
    Object.values(flow.nodes).flatMap((node) => (node.type === 'menu' ? node.options.map((option) => option.label) : [])),
  );

  it('that answer each other fall silent, whatever began it and however slow they are', () => {
    const opening = fc.oneof(fc.string({ maxLength: 80 }), fc.constantFrom('hola', 'menú', '0', '1', ...labels));
    const phone = fc.constantFrom('5493415550201', '5493415559999');
    fc.assert(
      fc.property(opening, fc.integer({ min: 0, max: 60 }), fc.tuple(phone, phone), (text, seconds, phones) => {
        expect(talk(text, seconds, phones)).toBeLessThanOrEqual(80);
      }),
      { numRuns: 150, seed: 20261122 },
    );
  });
});
