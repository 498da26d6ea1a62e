import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readGroupAnswer } from './group-answer.js';

describe('an answer in a group', () => {
  it.each(['tomo', 'Tomo', 'TOMO!', 'lo tomo', 'yo lo tomo 👍', 'me lo tomo', 'la tomo.', 'yo', 'Mío', 'agarro'])('«%s» takes the ticket that it quotes', (text) => {
    expect(readGroupAnswer(text, true)).toEqual({});
    expect(readGroupAnswer(text, false)).toBeUndefined();
  });

  it.each(['12', '#12', 'tomo 12', 'tomo #12', 'Tomo el #12', 'lo tomo, #12', 'tomo ticket 12', 'tomo el ticket n° 12'])('«%s» takes ticket 12, quoted or not', (text) => {
    expect(readGroupAnswer(text, false)).toEqual({ number: 12 });
    expect(readGroupAnswer(text, true)).toEqual({ number: 12 });
  });

  it.each(['yo tomo mate', '¿quién toma el 12?', 'tomo 12 y 13', 'a las 12', 'no lo tomo', 'tomo 1234567890', '', '👍', '12 personas'])('«%s» is talk', (text) => {
    expect(readGroupAnswer(text, true)).toBeUndefined();
    expect(readGroupAnswer(text, false)).toBeUndefined();
  });

  it('never takes without a quote or a number, whatever is written', () =>
    fc.assert(fc.property(fc.string(), (text) => {
      const answer = readGroupAnswer(text, false);
      expect(answer === undefined || answer.number !== undefined).toBe(true);
    })));
});
