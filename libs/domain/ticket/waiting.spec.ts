import { describe, expect, it } from 'vitest';
import { alarmAt, placeInWords } from './waiting.js';

describe('waiting', () => {
  it('is too long after the company’s minutes, and never where nobody waits', () => {
    expect(alarmAt(60_000, 10)).toBe(660_000);
    expect(alarmAt(undefined, 10)).toBeUndefined();
  });

  it.each([
    [0, 'No tenés a nadie adelante'],
    [1, 'Tenés 1 persona adelante'],
    [7, 'Tenés 7 personas adelante'],
  ])('behind %i is said as it is', (ahead, words) => {
    expect(placeInWords(ahead)).toBe(words);
  });
});
