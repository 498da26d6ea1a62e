import { describe, expect, it } from 'vitest';
import { hashPassword, temporaryPassword, verifyPassword } from './passwords.js';

describe('passwords', () => {
  it('are kept as argon2id with 19 MiB and two passes, each under its own salt', async () => {
    const [one, other] = await Promise.all([hashPassword('una clave larga'), hashPassword('una clave larga')]);
    expect(one).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(one).not.toBe(other);
    expect(await verifyPassword(one, 'una clave larga')).toBe(true);
    expect(await verifyPassword(one, 'una clave corta')).toBe(false);
  });

  it('of nobody are refused, even with the words behind the hash that is compared in their place', async () => {
    expect(await verifyPassword(undefined, 'nobody has this account')).toBe(false);
  });

  it('of nobody cost as much work as a wrong one', async () => {
    const hashed = await hashPassword('una clave larga');
    await verifyPassword(undefined, 'calienta');
    const fastest = async (of: string | undefined) => {
      let best = Infinity;
      for (let round = 0; round < 5; round++) {
        const began = performance.now();
        await verifyPassword(of, 'otra cosa');
        best = Math.min(best, performance.now() - began);
      }
      return best;
    };
    const [known, unknown] = [await fastest(hashed), await fastest(undefined)];
    expect(unknown / known).toBeGreaterThan(0.5);
  });

  it('for once are never the same and easily dictated', () => {
    const made = Array.from({ length: 200 }, temporaryPassword);
    expect(new Set(made).size).toBe(200);
    for (const one of made) expect(one).toMatch(/^[a-hjkmnp-z2-9]{4}(-[a-hjkmnp-z2-9]{4}){2}$/);
  });
});
