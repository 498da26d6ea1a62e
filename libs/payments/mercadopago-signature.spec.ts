import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { manifestOf, signatureFault, signatureOf } from './mercadopago-signature.js';

/** Accepted by MercadoPago's own library (research/external-apis.md, 6). */
const secret = 'test-secret-123';
const vector = { dataId: '123456789', requestId: 'req-0001', ts: '1763800000', v1: 'd770fdcea5a35c319257246847e706e289c512adfdba00dd2c858791c669f462' };
const now = 1_763_800_000_000;
const notice = { signature: `ts=${vector.ts},v1=${vector.v1}`, requestId: vector.requestId, dataId: vector.dataId };
const signed = (dataId: string | undefined, requestId: string | undefined, ts: string) =>
  ({ dataId, requestId, signature: `ts=${ts},v1=${signatureOf(manifestOf({ dataId, requestId }, ts), secret)}` });

describe('the signature of a notice', () => {
  it('is the one of MercadoPago’s own library', () => {
    expect(manifestOf(vector, vector.ts)).toBe('id:123456789;request-id:req-0001;ts:1763800000;');
    expect(signatureFault(notice, secret, now)).toBeUndefined();
  });

  it('is of the id in lower case, and leaves out what is absent', () => {
    expect(manifestOf({ dataId: 'ORD01ABC', requestId: undefined }, '1')).toBe('id:ord01abc;ts:1;');
    expect(manifestOf({ dataId: undefined, requestId: 'r' }, '1')).toBe('request-id:r;ts:1;');
    expect(signatureFault(signed('ABC1', undefined, vector.ts), secret, now)).toBeUndefined();
  });

  it.each([
    ['seconds', '1763800000'], ['milliseconds', '1763800000000'],
  ])('may name its time in %s, and counts for an hour', (_, ts) => {
    const one = signed('1', 'r', ts);
    expect(signatureFault(one, secret, now + 59 * 60_000)).toBeUndefined();
    expect(signatureFault(one, secret, now + 61 * 60_000)).toBe('too-old');
    expect(signatureFault(one, secret, now - 6 * 60_000)).toBe('too-old');
  });

  it.each([
    [undefined, 'missing'], ['  ', 'missing'], ['ts=1', 'malformed'], ['v1=00', 'malformed'], ['ts=x,v1=' + vector.v1, 'malformed'], ['ts=1763800000,v1=abc', 'malformed'],
    ['ts=1763800000,v1=' + '0'.repeat(64), 'mismatch'], ['nonsense', 'malformed'],
  ])('%j is %s', (signature, fault) => expect(signatureFault({ ...notice, signature }, secret, now)).toBe(fault));

  it('falls with any change of what it signs, and with any other secret', () => {
    const digits = fc.stringMatching(/^\d{1,15}$/);
    const id = fc.stringMatching(/^[a-z0-9-]{1,40}$/);
    fc.assert(fc.property(digits, id, digits, id, fc.integer({ min: 1, max: 299 }), (dataId, requestId, otherId, otherRequest, earlier) => {
      const one = signed(dataId, requestId, vector.ts);
      expect(signatureFault(one, secret, now)).toBeUndefined();
      if (otherId !== dataId) expect(signatureFault({ ...one, dataId: otherId }, secret, now)).toBe('mismatch');
      if (otherRequest !== requestId) expect(signatureFault({ ...one, requestId: otherRequest }, secret, now)).toBe('mismatch');
      expect(signatureFault({ ...one, signature: one.signature.replace(vector.ts, String(Number(vector.ts) - earlier)) }, secret, now)).toBe('mismatch');
      expect(signatureFault(one, `${secret}x`, now)).toBe('mismatch');
    }));
  });
});
