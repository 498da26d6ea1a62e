import { expect, test } from 'vitest';
import { isLinkingQr, pairingCodeIn } from './qr-text';

const key = `${'A+/9'.repeat(10)}abc=`;

test('knows the text of a linking QR from any other text', () => {
  expect(isLinkingQr(`2@AbC/123,${key},${key},${key}`)).toBe(true);
  expect(isLinkingQr(` 2@AbC/123,${key},${key},${key},1\n`)).toBe(true);
  expect(isLinkingQr(`https://wa.me/settings/linked_devices#2@AbC/123,${key},${key},${key}`)).toBe(true);
  for (const other of ['', 'hola', 'https://wa.me/549', `2@AbC,${key},${key}`, `2@AbC,${key},${key},corta`]) {
    expect(isLinkingQr(other), other).toBe(false);
  }
});

test('reads a pairing code with or without its dash', () => {
  expect(pairingCodeIn('abcd-1234')).toBe('ABCD1234');
  expect(pairingCodeIn(' ABCD1234 ')).toBe('ABCD1234');
  for (const wrong of ['', 'ABCD-123', 'ABCD-12345', 'ÁBCD1234']) expect(pairingCodeIn(wrong), wrong).toBeUndefined();
});
