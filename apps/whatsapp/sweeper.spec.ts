import { describe, expect, it } from 'vitest';
import type { NumberedMessage } from '../../libs/channels/whatsapp/store.js';
import type { ChannelRows, ToldInGroup } from './channel-rows.js';
import { Sweeper } from './sweeper.js';

const HOUR_MS = 3_600_000;

/** Rows that answer what they are given and note what they are asked. */
function rowsWith(placeholders: NumberedMessage[], undispatched: NumberedMessage[], kept: NumberedMessage[] = [], answers: ToldInGroup[] = []) {
  const asked: [string, number][] = [];
  const note = <T>(name: string, answer: T) => (olderThanMs: number) => {
    asked.push([name, olderThanMs]);
    return Promise.resolve(answer);
  };
  const rows = { numberPlaceholders: note('placeholders', placeholders), undispatched: note('undispatched', undispatched), forgetPlaintexts: note('plaintexts', undefined), kept: note('kept', kept), groupAnswers: note('answers', answers) };
  return { rows: rows as unknown as ChannelRows, asked };
}

describe('a sweep', () => {
  it('tells conversations of what got its number late and of what a crash left untold', async () => {
    const told: NumberedMessage[] = [];
    const { rows, asked } = rowsWith([{ conversation: 'a', seq: 1 }], [{ conversation: 'b', seq: 7 }]);
    await new Sweeper(rows, { tell: (messages) => told.push(...messages), offer: () => undefined, hear: () => undefined }).sweep();
    expect(told).toEqual([{ conversation: 'a', seq: 1 }, { conversation: 'b', seq: 7 }]);
    expect(asked).toEqual([['placeholders', 30_000], ['undispatched', 3_000], ['answers', 60_000], ['kept', 50], ['plaintexts', 3 * 24 * HOUR_MS]]);
  });

  it('offers people what a mode has kept that is over', async () => {
    const offered: NumberedMessage[] = [];
    const { rows } = rowsWith([], [], [{ conversation: 'c', seq: 4 }]);
    await new Sweeper(rows, { tell: () => undefined, offer: (messages) => offered.push(...messages), hear: () => undefined }).sweep();
    expect(offered).toEqual([{ conversation: 'c', seq: 4 }]);
  });

  it('offers the next ones when the first cannot go on, and begins anew when few are left', async () => {
    const kept = Array.from({ length: 120 }, (_, nth): NumberedMessage => ({ conversation: `c${nth}`, seq: 1 }));
    const { rows } = rowsWith([], []);
    const offered: number[] = [];
    const sweeper = new Sweeper(Object.assign(rows, { kept: (most: number) => Promise.resolve(kept.slice(0, most)) }),
      { tell: () => undefined, offer: (messages) => offered.push(messages.length), hear: () => undefined });
    for (let round = 0; round < 5; round++) await sweeper.sweep();
    expect(offered).toEqual([50, 100, 120, 50, 100]);
  });

  it('tells tickets what agents have answered in a group', async () => {
    const answer = { answer: '1', ticket: 't', number: 7, conversation: 'c', contact: 'k' };
    const heard: ToldInGroup[] = [];
    const { rows } = rowsWith([], [], [], [answer]);
    await new Sweeper(rows, { tell: () => undefined, offer: () => undefined, hear: (answers) => heard.push(...answers) }).sweep();
    expect(heard).toEqual([answer]);
  });

  it('goes on where one of its steps fails, and says so in the end', async () => {
    const told: NumberedMessage[] = [];
    const { rows, asked } = rowsWith([], [{ conversation: 'b', seq: 7 }]);
    Object.assign(rows, { numberPlaceholders: () => Promise.reject(new Error('duplicate key')) });
    const sweeper = new Sweeper(rows, { tell: (messages) => told.push(...messages), offer: () => undefined, hear: () => undefined });
    await expect(sweeper.sweep()).rejects.toThrow('duplicate key');
    expect(told).toEqual([{ conversation: 'b', seq: 7 }]);
    expect(asked.map(([name]) => name)).toEqual(['undispatched', 'answers', 'kept', 'plaintexts']);
  });

  it('forgets old plaintexts once an hour', async () => {
    let now = Date.UTC(2026, 0, 1);
    const { rows, asked } = rowsWith([], []);
    const sweeper = new Sweeper(rows, { tell: () => undefined, offer: () => undefined, hear: () => undefined }, () => now);
    const forgot = () => asked.filter(([name]) => name === 'plaintexts').length;
    await sweeper.sweep();
    now += HOUR_MS - 1;
    await sweeper.sweep();
    expect(forgot()).toBe(1);
    now += 1;
    await sweeper.sweep();
    expect(forgot()).toBe(2);
  });
});
