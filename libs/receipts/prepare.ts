import sharp, { type Sharp } from 'sharp';

/** Letters of a phone's screen picture are best read at this width; larger costs time and reads no better. */
const WIDTH = 1400;
const LONGEST = 4000;
/** Decoded pixels at most: a small file may unfold into gigabytes. */
export const MOST_PIXELS = 40_000_000;

/** The search for the angle, degrees: coarse, then around the best. */
const COARSE = [-12, -10, -8, -6, -4, -2, 2, 4, 6, 8, 10, 12];
const FINE = [-1, -0.5, 0.5, 1];
/** Below it turning blurs more than it helps. */
const WORTH_TURNING = 0.4;

interface Grey {
  data: Buffer;
  width: number;
  height: number;
}

/** How unevenly ink is spread over the rows: text that stands level makes rows of much and of none. */
function unevenness({ data, width, height }: Grey): number {
  const rows = Array.from({ length: height }, (_, y) => data.subarray(y * width, (y + 1) * width).reduce((sum, ink) => sum + ink, 0));
  const mean = rows.reduce((sum, ink) => sum + ink, 0) / height;
  return rows.reduce((sum, ink) => sum + (ink - mean) ** 2, 0);
}

/** What is darker than its surroundings: letters, and no shadow. */
async function inkOf(grey: Sharp): Promise<Grey> {
  const { data, info } = await grey.clone().resize({ width: 320, height: 800, fit: 'inside' }).extractChannel(0).raw().toBuffer({ resolveWithObject: true });
  const around = await sharp(data, { raw: { width: info.width, height: info.height, channels: 1 } }).blur(8).extractChannel(0).raw().toBuffer();
  return { data: data.map((light, i) => (light < around[i]! - 12 ? 255 : 0)) as Buffer, width: info.width, height: info.height };
}

/** By how many degrees the picture has to be turned: what a person holding a phone does not get level. */
async function leanOf(grey: Sharp): Promise<number> {
  const ink = await inkOf(grey);
  const raw = { raw: { width: ink.width, height: ink.height, channels: 1 as const } };
  const at = async (angle: number): Promise<number> => {
    const { data, info } = await sharp(ink.data, raw).rotate(angle, { background: '#000' }).extractChannel(0).raw().toBuffer({ resolveWithObject: true });
    return unevenness({ data, width: info.width, height: info.height });
  };
  let best = { angle: 0, unevenness: 1.02 * (await at(0)) };
  const tryAll = async (angles: readonly number[]) => {
    for (const angle of angles) {
      const found = await at(angle);
      if (found > best.unevenness) best = { angle, unevenness: found };
    }
  };
  await tryAll(COARSE);
  await tryAll(FINE.map((more) => best.angle + more));
  return best.angle;
}

/** How a picture is made ready: plain suits screens, even suits photographs (shadows, glare). */
export type Preparation = 'plain' | 'even';

/**
 * A picture as the reader of characters likes it: upright, level, grey, dark on light, large enough.
 * @param picture bytes of an image that was checked
 */
export async function prepare(picture: Buffer, how: Preparation): Promise<Buffer> {
  const upright = sharp(picture, { limitInputPixels: MOST_PIXELS, failOn: 'none' }).rotate().flatten({ background: '#fff' }).greyscale();
  const { width = 1 } = await sharp(picture, { limitInputPixels: MOST_PIXELS }).metadata();
  const grey = await upright.resize({ width: Math.min(WIDTH, Math.max(width * 3, 900)), height: LONGEST, fit: 'inside' }).toColourspace('b-w').raw().toBuffer({ resolveWithObject: true });
  const raw = { raw: { width: grey.info.width, height: grey.info.height, channels: 1 as const } };
  const { channels } = await sharp(grey.data, raw).stats();
  const isDark = (channels[0]?.mean ?? 255) < 110;
  const light = isDark ? await sharp(grey.data, raw).negate().extractChannel(0).raw().toBuffer() : grey.data;
  const lean = await leanOf(sharp(light, raw));
  const level = Math.abs(lean) < WORTH_TURNING ? sharp(light, raw) : sharp(light, raw).rotate(lean, { background: '#fff' });
  const flat = how === 'plain' ? level.normalise() : await evened(level);
  return flat.sharpen({ sigma: 1 }).extractChannel(0).png({ compressionLevel: 1 }).toBuffer();
}

/** Takes uneven light away: what is left is how much darker each point is than its surroundings. */
async function evened(picture: Sharp): Promise<Sharp> {
  const { data, info } = await picture.extractChannel(0).raw().toBuffer({ resolveWithObject: true });
  const raw = { raw: { width: info.width, height: info.height, channels: 1 as const } };
  const around = await sharp(data, raw).median(3).blur(Math.max(12, info.width / 40)).extractChannel(0).raw().toBuffer();
  const flat = Buffer.alloc(data.length);
  for (let i = 0; i < data.length; i += 1) flat[i] = Math.max(0, Math.min(255, 245 + (data[i]! - around[i]!) * 1.8));
  return sharp(flat, raw).normalise();
}
