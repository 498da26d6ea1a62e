import { describe, expect, it } from 'vitest';
import { CommittedKeys } from './committed-keys.js';

const of = (id: string) => ({ type: 'session', id });

describe('committed keys', () => {
  it('gives what the store answered, also that there is none', () => {
    const keys = new CommittedKeys();
    expect(keys.read('session', 'a')).toBeUndefined();
    keys.answered('session', 'a', '1');
    keys.answered('session', 'b', null);
    expect([keys.read('session', 'a'), keys.read('session', 'b'), keys.read('tctoken', 'a')]).toEqual(['1', null, undefined]);
  });

  it('knows neither the old nor the new value while a commit is under way', () => {
    const keys = new CommittedKeys();
    keys.answered('session', 'a', 'old');
    keys.change([of('a')]);
    expect(keys.read('session', 'a')).toBeUndefined();
    keys.answered('session', 'a', 'old'); // a read that had begun before the commit
    expect(keys.read('session', 'a')).toBeUndefined();
    keys.committed([{ ...of('a'), text: 'new' }]);
    expect(keys.read('session', 'a')).toBe('new');
  });

  it('waits for the last of several commits of a key', () => {
    const keys = new CommittedKeys();
    keys.change([of('a')]);
    keys.change([of('a')]);
    keys.committed([{ ...of('a'), text: 'first' }]);
    expect(keys.read('session', 'a')).toBeUndefined();
    keys.committed([{ ...of('a'), text: null }]);
    expect(keys.read('session', 'a')).toBeNull();
  });

  it('forgets the ones not asked for the longest when there is no room', () => {
    const keys = new CommittedKeys(3 * 'session/a1234567890'.length);
    for (const id of ['a', 'b', 'c']) keys.answered('session', id, '1234567890');
    keys.read('session', 'a');
    keys.answered('session', 'd', '1234567890');
    expect(['a', 'b', 'c', 'd'].map((id) => keys.read('session', id))).toEqual(['1234567890', undefined, '1234567890', '1234567890']);
  });

  it('does not keep what alone is too much', () => {
    const keys = new CommittedKeys(10);
    keys.answered('session', 'a', 'much too long');
    expect(keys.read('session', 'a')).toBeUndefined();
  });
});
