import { initAuthCreds } from '@whiskeysockets/baileys';
import { describe, expect, it } from 'vitest';
import { isBusiness, isLinked, numberOf } from './pairing.js';

describe('credentials', () => {
  it.each([
    ['smba', true],
    ['smbi', true],
    ['android', false],
    ['iphone', false],
    [undefined, false],
  ])('of platform %s are business: %s', (platform, expected) => {
    expect(isBusiness({ ...initAuthCreds(), platform })).toBe(expected);
  });

  it('are linked only once a phone has signed them', () => {
    const creds = { ...initAuthCreds(), me: { id: '5493415550100@s.whatsapp.net', name: '~' } };
    expect(isLinked(creds)).toBe(false);
    expect(isLinked({ ...creds, account: { details: new Uint8Array(1) } })).toBe(true);
  });

  it('know the number without the device', () => {
    expect(numberOf({ ...initAuthCreds(), me: { id: '5493415550100:12@s.whatsapp.net' } })).toBe('5493415550100');
    expect(numberOf(initAuthCreds())).toBeUndefined();
  });
});
