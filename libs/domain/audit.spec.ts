import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { auditable } from './audit.js';

describe('what the audit log keeps of a change', () => {
  it('is what differs', () => {
    expect(auditable({ name: 'Ana', role: 'operator', departments: ['a'] }, { name: 'Ana', role: 'supervisor', departments: ['a'] }))
      .toEqual({ before: { role: 'operator' }, after: { role: 'supervisor' } });
  });

  it('is readable as JSON: a moment is its text', () => {
    expect(auditable({ at: null }, { at: new Date(0) }).after).toEqual({ at: '1970-01-01T00:00:00.000Z' });
  });

  it('is all of what is new or gone', () => {
    expect(auditable(undefined, { name: 'Ana' })).toEqual({ before: null, after: { name: 'Ana' } });
    expect(auditable({ name: 'Ana' }, undefined)).toEqual({ before: { name: 'Ana' }, after: null });
  });

  it.each(['password', 'passwordHash', 'password_hash', 'apiKey', 'api_key', 'accessToken', 'clientSecret', 'credentials', 'csrf', 'pairingNumber', 'key'])(
    'is never the value of «%s», however deep', (name) => {
      const { before, after } = auditable({ [name]: 'uno', deep: [{ [name]: 'uno' }] }, { [name]: 'dos', deep: [{ [name]: 'dos' }] });
      expect(JSON.stringify([before, after])).not.toMatch(/uno|dos/u);
      expect(after).toMatchObject({ [name]: '••••' });
    });

  it('tells a secret that was set from one that was not', () => {
    expect(auditable({ password: null }, { password: 'x' })).toEqual({ before: { password: null }, after: { password: '••••' } });
  });

  it.each(['name', 'role', 'monkeys', 'turkeyed', 'timeZone'])('is readable for «%s»', (name) => {
    expect(auditable(undefined, { [name]: 'x' }).after).toEqual({ [name]: 'x' });
  });

  it('is nothing where nothing changed', () => {
    fc.assert(fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (facts) => {
      expect(auditable(facts, structuredClone(facts))).toEqual({ before: {}, after: {} });
    }));
  });
});
