import { expect, test } from 'vitest';
import { create } from 'qrcode';
import { qrPath } from './qr-path';

/** The modules that a path of horizontal runs covers. */
function covered(path: string): string[] {
  return [...path.matchAll(/M(\d+) (\d+)h(\d+)v1h-\d+z/g)].flatMap(([, x, y, length]) =>
    Array.from({ length: Number(length) }, (_, index) => `${Number(x) + index},${y}`),
  );
}

test('covers exactly the dark modules, each once', () => {
  const { modules } = create('2@Zm9v,YmFy,YmF6,cXV4', { errorCorrectionLevel: 'L' });
  const wanted: string[] = [];
  for (let y = 0; y < modules.size; y += 1) for (let x = 0; x < modules.size; x += 1) if (modules.get(y, x)) wanted.push(`${x},${y}`);
  expect(covered(qrPath(modules.size, (row, column) => modules.get(row, column) === 1)).sort()).toEqual(wanted.sort());
});
