import { EventEmitter } from 'node:events';
import { describe, expect, it } from 'vitest';
import { Gate, takeOver } from './gate.js';

const turn = () => new Promise<void>((resolve) => setImmediate(resolve));

describe('the gate', () => {
  it('keeps the order of a chat, however long each stanza takes', async () => {
    const gate = new Gate(() => undefined);
    const done: number[] = [];
    for (const [n, turns] of [[1, 5], [2, 1], [3, 3]] as const) {
      gate.pass('anna@lid', async () => {
        for (let i = 0; i < turns; i++) await turn();
        done.push(n);
      });
    }
    while (gate.busy) await turn();
    expect(done).toEqual([1, 2, 3]);
  });

  it('lets another chat pass meanwhile', async () => {
    const gate = new Gate(() => undefined);
    const done: string[] = [];
    let release = (): void => undefined;
    gate.pass('anna@lid', () => new Promise<void>((resolve) => (release = resolve)).then(() => void done.push('anna')));
    gate.pass('ben@lid', async () => void done.push('ben'));
    await turn();
    expect(done).toEqual(['ben']);
    release();
    while (gate.busy) await turn();
    expect(done).toEqual(['ben', 'anna']);
  });

  it('goes on after a stanza that failed, and reports it', async () => {
    const errors: unknown[] = [];
    const gate = new Gate((error) => errors.push(error));
    const done: string[] = [];
    gate.pass('anna@lid', () => Promise.reject(new Error('odd stanza')));
    gate.pass('anna@lid', async () => void done.push('next'));
    while (gate.busy) await turn();
    expect(errors).toHaveLength(1);
    expect(done).toEqual(['next']);
  });
});

describe('taking over a listener', () => {
  it('gives the one listener and takes it off', () => {
    const emitter = new EventEmitter();
    const seen: string[] = [];
    emitter.on('CB:message', (value: string) => seen.push(value));
    const native = takeOver<string>(emitter, 'CB:message');
    emitter.emit('CB:message', 'dropped');
    native('handed on');
    expect(seen).toEqual(['handed on']);
  });

  it.each([0, 2])('refuses %i listeners', (count) => {
    const emitter = new EventEmitter();
    for (let i = 0; i < count; i++) emitter.on('CB:message', () => undefined);
    expect(() => takeOver(emitter, 'CB:message')).toThrow(/not one/);
  });
});
