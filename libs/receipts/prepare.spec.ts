import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { placeIn } from './prepare.js';

/** As sharp turns a picture: clockwise, on a canvas as large as that takes. */
function turned(upright: { width: number; height: number }, lean: number) {
  const [sine, cosine] = [Math.sin((lean * Math.PI) / 180), Math.cos((lean * Math.PI) / 180)];
  const width = Math.abs(upright.width * cosine) + Math.abs(upright.height * sine);
  const height = Math.abs(upright.width * sine) + Math.abs(upright.height * cosine);
  const at = (x: number, y: number) => {
    const [fromX, fromY] = [x - upright.width / 2, y - upright.height / 2];
    return { x: width / 2 + fromX * cosine - fromY * sine, y: height / 2 + fromX * sine + fromY * cosine };
  };
  return { width, height, at };
}

describe('places in a picture that was levelled', () => {
  it('are those of the picture as it came, whatever it was turned by', () => {
    const part = fc.double({ min: 0.05, max: 0.95, noNaN: true });
    fc.assert(
      fc.property(fc.integer({ min: 100, max: 2000 }), fc.integer({ min: 100, max: 2000 }), fc.double({ min: -13, max: 13, noNaN: true }), part, part, (width, height, lean, x, y) => {
        const upright = { width, height };
        const canvas = turned(upright, lean);
        const point = canvas.at(x * width, y * height);
        const place = placeIn({ data: Buffer.alloc(0), width: canvas.width, height: canvas.height, upright, lean }, { left: point.x, right: point.x, top: point.y, bottom: point.y });
        expect(place.x).toBeCloseTo(x, 6);
        expect(place.y).toBeCloseTo(y, 6);
      }),
    );
  });

  it('do not leave the picture', () => {
    const place = placeIn({ data: Buffer.alloc(0), width: 110, height: 110, upright: { width: 100, height: 100 }, lean: 3 }, { left: -5, right: 120, top: -5, bottom: 120 });
    expect(place).toEqual({ x: 0, y: 0, w: 1, h: 1 });
  });
});
