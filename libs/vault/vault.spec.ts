import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { CannotOpen } from './sealed-box.js';
import { newCompanyKey, openVault, type WrappedKey } from './vault.js';

const masterKey = randomBytes(32);
const stored: Record<string, WrappedKey[]> = {
  a: [newCompanyKey(masterKey, 'a')],
  b: [newCompanyKey(masterKey, 'b')],
};
const vault = openVault({ masterKey, loadKeys: (company) => Promise.resolve(stored[company] ?? []) });
const secret = Buffer.from('clave del sistema');

describe('the vault', () => {
  it('opens what it sealed', async () => {
    const box = await vault.forCompany('a');
    const sealed = box.seal(secret, 'crm/token');
    expect(sealed.includes(secret)).toBe(false);
    expect(box.open(sealed, 'crm/token').equals(secret)).toBe(true);
  });

  it('does not open a value that was moved to another place', async () => {
    const box = await vault.forCompany('a');
    expect(() => box.open(box.seal(secret, 'wa-key/1'), 'wa-key/2')).toThrow(CannotOpen);
  });

  it("does not open another company's value", async () => {
    const sealed = (await vault.forCompany('a')).seal(secret, 'crm/token');
    const other = await vault.forCompany('b');
    expect(() => other.open(sealed, 'crm/token')).toThrow(CannotOpen);
  });

  it('does not open a value with one bit changed', async () => {
    const box = await vault.forCompany('a');
    const sealed = box.seal(secret, 'x');
    sealed[sealed.length - 1]! ^= 1;
    expect(() => box.open(sealed, 'x')).toThrow(CannotOpen);
  });

  it('opens old values after a new key was added, and seals under the new one', async () => {
    const before = (await vault.forCompany('a')).seal(secret, 'x');
    const rotated = openVault({
      masterKey,
      loadKeys: () => Promise.resolve([...stored['a']!, newCompanyKey(masterKey, 'a', 2)]),
    });
    const box = await rotated.forCompany('a');
    expect(box.open(before, 'x').equals(secret)).toBe(true);
    const after = box.seal(secret, 'x');
    await expect(vault.forCompany('a').then((old) => old.open(after, 'x'))).rejects.toThrow(CannotOpen);
  });

  it('refuses a company without a key, and asks again next time', async () => {
    const keys: WrappedKey[] = [];
    const late = openVault({ masterKey, loadKeys: () => Promise.resolve(keys) });
    await expect(late.forCompany('c')).rejects.toThrow('no key');
    keys.push(newCompanyKey(masterKey, 'c'));
    await expect(late.forCompany('c')).resolves.toBeDefined();
  });

  it('does not unwrap a key that was copied from another company', async () => {
    const thief = openVault({ masterKey, loadKeys: () => Promise.resolve(stored['a']!) });
    await expect(thief.forCompany('b')).rejects.toThrow(CannotOpen);
  });
});
