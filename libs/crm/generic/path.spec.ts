import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { firstField, isPath, parsePath, readPath } from './path.js';

const answer = { ok: true, data: [{ id: 1, 'dirección': 'Salta', 'a "b"': 2, tags: ['x', 'y'] }, { id: 2, tags: ['z'] }], 'x.y': 3 };

describe('a path into an answer', () => {
  it.each([
    ['$', [answer]],
    ['$.ok', [true]],
    ['$.data[0].id', [1]],
    ['$.data[-1].id', [2]],
    ['$.data[*].id', [1, 2]],
    ['$.data[*].tags[*]', ['x', 'y', 'z']],
    ['$.data[0].dirección', ['Salta']],
    ['$["x.y"]', [3]],
    [`$['x.y']`, [3]],
    ['$.data[0]["a \\"b\\""]', [2]],
    ['$.data[7].id', []],
    ['$.nothing.at.all', []],
    ['$.ok.length', []],
    ['$.data.length', []],
    ['$.constructor', []],
    ['$.__proto__', []],
    ['$["toString"]', []],
  ])('%s', (path, found) => {
    expect(readPath(path, answer)).toEqual(found);
  });

  it.each(['', 'data', '$data', '$.', '$..id', '$.a b', '$[', '$[]', '$[x]', '$[?(@.id)]', '$.a[(1)]', '$["a]', '$.a.', '$.1', `$.${'x'.repeat(300)}`])('is not %j', (path) => {
    expect(isPath(path)).toBe(false);
  });

  it('finds exactly the field with that name, whatever the name and whatever lies there', () => {
    fc.assert(fc.property(fc.string(), fc.jsonValue(), (name, value) => {
      const path = `$["${name.replace(/["\\]/gu, '\\$&')}"]`;
      fc.pre(path.length <= 200);
      expect(readPath(path, { other: 1, [name]: value })).toEqual([value]); // `__proto__` is an own field here, too
      expect(firstField(path)).toBe(name);
    }));
  });

  it('reads any text as a path or as none, and any value without failing', () => {
    const bits = fc.array(fc.constantFrom('$', '.', '[', ']', '*', '"', "'", '\\', '-', '0', '12', 'a', 'id', '(', '?', ' '), { maxLength: 12 });
    fc.assert(fc.property(bits.map((parts) => `$${parts.join('')}`), fc.jsonValue(), (path, value) => {
      if (parsePath(path)) expect(Array.isArray(readPath(path, value))).toBe(true);
    }));
  });
});
