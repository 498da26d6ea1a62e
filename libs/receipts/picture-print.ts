import sharp from 'sharp';
import { MOST_PIXELS } from './prepare.js';

/** Frequencies kept in each direction: 16 × 16 signs, 256 bits. */
const KEPT = 16;
const SIZE = 64;

const cosines = Array.from({ length: KEPT }, (_, k) => Float64Array.from({ length: SIZE }, (__, n) => Math.cos((Math.PI * (2 * n + 1) * (k + 1)) / (2 * SIZE))));

/** Signs of the low frequencies of a 64 × 64 picture (its DCT without the mean), against their median: survives scale, light and compression. */
function signs(grey: Uint8Array): Buffer {
  const columns = cosines.map((wave) => Float64Array.from({ length: SIZE }, (_, y) => wave.reduce((sum, cosine, x) => sum + cosine * grey[y * SIZE + x]!, 0)));
  const all = columns.flatMap((column) => cosines.map((wave) => wave.reduce((sum, cosine, y) => sum + cosine * column[y]!, 0)));
  const median = all.toSorted((one, other) => one - other)[all.length / 2]!;
  const bits = Buffer.alloc((KEPT * KEPT) / 8);
  all.forEach((value, i) => {
    if (value > median) bits[i >> 3]! |= 1 << (i & 7);
  });
  return bits;
}

/**
 * What a picture looks like, in 256 bits: near for the same picture after re-encoding, scaling, and a new screenshot of it, whose margins
 * are trimmed away. Receipts of one app look alike, too: near prints are a reason to compare what was read, never a verdict.
 */
export async function picturePrint(picture: Uint8Array): Promise<Buffer> {
  const upright = await sharp(picture, { limitInputPixels: MOST_PIXELS, failOn: 'none' }).rotate().flatten({ background: '#fff' }).greyscale().png({ compressionLevel: 1 }).toBuffer();
  const trimmed = await sharp(upright).trim({ threshold: 24 }).toBuffer().catch(() => upright); // nothing is left of a plain one
  return signs(await sharp(trimmed).resize(SIZE, SIZE, { fit: 'fill' }).extractChannel(0).raw().toBuffer());
}

/** Bits in which two prints differ, 0 to 256; about 128 for strangers. */
export const printDistance = (one: Uint8Array, other: Uint8Array): number => {
  let differing = 0;
  for (let i = 0; i < one.length; i += 1) for (let bits = one[i]! ^ other[i]!; bits !== 0; bits &= bits - 1) differing += 1;
  return differing;
};
