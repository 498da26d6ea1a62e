import { expect, test } from 'vitest';
import { readPlace, writePlace } from './address';

test('a place survives its address', () => {
  const place = { tab: 'business', person: '5493434000001', group: '120363000000000001@g.us', statuses: true, account: '5493434001200', qr: '2@a+b/c==,d,e,f' } as const;
  expect(readPlace(new URL(writePlace(place), 'http://phone').search)).toEqual(place);
});

test('a QR in the address opens the business phone', () => {
  expect(readPlace('?qr=2%40abc').tab).toBe('business');
});

test('an address that makes no sense leads to the customers', () => {
  expect(readPlace('?tab=nowhere&person=../x&group=vecinos')).toEqual({ tab: 'customer', person: undefined, group: undefined, account: undefined, qr: undefined });
});
