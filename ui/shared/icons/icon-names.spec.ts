import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { iconNames } from './icon-names';

test('every icon that a screen may name is drawn in the sprite, and none is drawn for nobody', () => {
  const sprite = readFileSync(new URL('icons.svg', import.meta.url), 'utf8');
  const drawn = [...sprite.matchAll(/<symbol id="i-([a-z]+)"/g)].map((match) => match[1]);
  expect(drawn).toEqual([...iconNames]);
});
