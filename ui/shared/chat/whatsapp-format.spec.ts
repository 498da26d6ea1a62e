import { expect, test } from 'vitest';
import { type Run, readFormat, withoutFormat } from './whatsapp-format';

/** Writes runs in a short form: the text, and a letter for each flag. */
const show = (runs: Run[]): string[] =>
  runs.map((run) => `${run.text}|${run.bold ? 'b' : ''}${run.italic ? 'i' : ''}${run.strike ? 's' : ''}${run.mono ? 'm' : ''}`);

test('reads bold, italic, strike and monospace', () => {
  expect(show(readFormat('*a* _b_ ~c~ ```d```'))).toEqual(['a|b', ' |', 'b|i', ' |', 'c|s', ' |', 'd|m']);
});

test('reads marks inside marks', () => {
  expect(show(readFormat('*muy _importante_*'))).toEqual(['muy |b', 'importante|bi']);
});

test('leaves marks alone that are arithmetic, file names or have spaces inside', () => {
  for (const text of ['2*3*4', 'una_foto_nueva.jpg', '* suelto *', '5 * 3 = 15', '~ aprox']) {
    expect(show(readFormat(text))).toEqual([`${text}|`]);
  }
});

test('closes before punctuation and does not reach over a line', () => {
  expect(show(readFormat('*Total*: 5'))).toEqual(['Total|b', ': 5|']);
  expect(show(readFormat('*uno\ndos*'))).toEqual(['*uno\ndos*|']);
});

test('reads no marks inside monospace, which may span lines', () => {
  expect(show(readFormat('```*a*\n_b_```'))).toEqual(['*a*\n_b_|m']);
});

test('keeps markup as the text it is', () => {
  expect(show(readFormat('<img src=x onerror=alert(1)>'))).toEqual(['<img src=x onerror=alert(1)>|']);
});

test('takes the marks off for a list', () => {
  expect(withoutFormat('Hola *Marta*, tu _saldo_')).toBe('Hola Marta, tu saldo');
});
