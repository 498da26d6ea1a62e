import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { isOperatorToken, issueOperatorToken } from './operator-token.js';

const masterKey = randomBytes(32);
const now = new Date('2026-11-22T12:00:00Z');
const token = issueOperatorToken(masterKey, new Date('2026-11-22T13:00:00Z'));

describe('an operator’s token', () => {
  it('is good until its time, and not a second longer', () => {
    expect(isOperatorToken(masterKey, token, now)).toBe(true);
    expect(isOperatorToken(masterKey, token, new Date('2026-11-22T13:00:00Z'))).toBe(false);
  });

  it('is another platform’s with another master key', () => {
    expect(isOperatorToken(randomBytes(32), token, now)).toBe(false);
  });

  it('cannot be made to last longer, nor guessed at', () => {
    const [prefix, seconds, signed] = token.split('.');
    for (const forged of [`${prefix}.${Number(seconds) + 3_600}.${signed}`, `${prefix}.${seconds}.`, `${prefix}.${seconds}`, '', `${token}.x`]) {
      expect(isOperatorToken(masterKey, forged, now)).toBe(false);
    }
  });
});
