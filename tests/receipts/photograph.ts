import sharp from 'sharp';
import type { Chance } from './true-receipt.js';

export const flaws = ['rotated', 'blurred', 'dark', 'cropped', 'glare', 'noisy'] as const;
export type Flaw = (typeof flaws)[number];

/** Light that falls on a part of the picture, or a shadow over it, as an SVG gradient. */
const light = (width: number, height: number, x: number, y: number, strength: number) =>
  Buffer.from(`<svg width="${width}" height="${height}"><defs><radialGradient id="g" cx="${x}" cy="${y}" r="0.45"><stop offset="0" stop-color="#fff" stop-opacity="${strength}"/><stop offset="1" stop-color="#fff" stop-opacity="0"/></radialGradient></defs><rect width="100%" height="100%" fill="url(#g)"/></svg>`);

/** A screen picture as somebody's phone takes it of another screen or of paper: JPEG with one flaw. */
export async function photograph(picture: Buffer, flaw: Flaw, chance: Chance): Promise<Buffer> {
  const { width, height } = await sharp(picture).metadata();
  const framed = sharp(picture).flatten({ background: '#fff' }).extend({ top: 40, bottom: 60, left: 40, right: 40, background: '#9a938a' });
  const taken = sharp(await framed.png().toBuffer());
  switch (flaw) {
    case 'rotated':
      return taken.rotate(chance.one([-7, -4, -2.5, 3, 5, 8]), { background: '#7d776f' }).jpeg({ quality: 70 }).toBuffer();
    case 'blurred':
      return taken.blur(chance.one([1.4, 1.8, 2.2])).resize(Math.round(width * 0.8)).jpeg({ quality: 55 }).toBuffer();
    case 'dark':
      return taken.modulate({ brightness: chance.one([0.35, 0.5]) }).linear(0.8, 8).jpeg({ quality: 60 }).toBuffer();
    case 'cropped':
      return sharp(picture).extract({ left: 8, top: Math.round(height * 0.01), width: width - 16, height: Math.round(height * 0.97) }).resize(Math.round(width * 0.62)).jpeg({ quality: 50 }).toBuffer();
    case 'glare':
      return taken.composite([{ input: light(width + 80, height + 100, 0.2 + chance.below(60) / 100, 0.2 + chance.below(60) / 100, 0.75) }]).jpeg({ quality: 65 }).toBuffer();
    case 'noisy': {
      const noise = { create: { width: width + 80, height: height + 100, channels: 3 as const, background: '#808080', noise: { type: 'gaussian' as const, mean: 128, sigma: 28 } } };
      const grain = await sharp(noise).png().toBuffer();
      return sharp(await taken.composite([{ input: grain, blend: 'soft-light' }]).png().toBuffer()).resize(Math.round(width * 0.7)).jpeg({ quality: 45 }).toBuffer();
    }
  }
}
