import sharp, { type Sharp } from 'sharp';
import type { Place } from '../domain/receipt/receipt.js';

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

/** A grey picture. */
export interface Grey {
  /** One byte a pixel. */
  data: Buffer;
  width: number;
  height: number;
}

/** A picture upright, level, grey, dark on light and large enough, ready for either preparation. */
export interface Levelled extends Grey {
  /** What was turned by `lean` degrees to get it level: its size in pixels. */
  upright: { width: number; height: number };
  lean: number;
}

const rawOf = ({ data, width, height }: Grey): Sharp => sharp(data, { raw: { width, height, channels: 1 } });

async function greyOf(picture: Sharp): Promise<Grey> {
  const { data, info } = await picture.extractChannel(0).raw().toBuffer({ resolveWithObject: true });
  return { data, width: info.width, height: info.height };
}

/**
 * What both preparations begin with: decoding and the search for the angle take most of the time, so they are done once.
 * @param picture bytes of an image that was checked
 */
export async function level(picture: Buffer): Promise<Levelled> {
  const upright = sharp(picture, { limitInputPixels: MOST_PIXELS, failOn: 'none' }).rotate().flatten({ background: '#fff' }).greyscale();
  const { width = 1 } = await sharp(picture, { limitInputPixels: MOST_PIXELS }).metadata();
  const grey = await greyOf(upright.resize({ width: Math.min(WIDTH, Math.max(width * 3, 900)), height: LONGEST, fit: 'inside' }).toColourspace('b-w'));
  const { channels } = await rawOf(grey).stats();
  const isDark = (channels[0]?.mean ?? 255) < 110;
  const light = isDark ? await greyOf(rawOf(grey).negate()) : grey;
  const lean = await leanOf(rawOf(light));
  const isTurned = Math.abs(lean) >= WORTH_TURNING;
  const levelled = isTurned ? await greyOf(rawOf(light).rotate(lean, { background: '#fff' })) : light;
  return { ...levelled, upright: { width: light.width, height: light.height }, lean: isTurned ? lean : 0 };
}

/** A rectangle of a levelled picture; pixels. */
interface Rectangle {
  left: number;
  right: number;
  top: number;
  bottom: number;
}

/** Where something of a levelled picture stands in the picture as it came: turning it back leaves the rectangle around its corners. */
export function placeIn({ width, height, upright, lean }: Levelled, { left, right, top, bottom }: Rectangle): Place {
  const [sine, cosine] = [Math.sin((lean * Math.PI) / 180), Math.cos((lean * Math.PI) / 180)];
  const corners = [left, right].flatMap((x) => [top, bottom].map((y) => [x - width / 2, y - height / 2] as const));
  const xs = corners.map(([x, y]) => within(0.5 + (x * cosine + y * sine) / upright.width));
  const ys = corners.map(([x, y]) => within(0.5 + (y * cosine - x * sine) / upright.height));
  const [x, y] = [Math.min(...xs), Math.min(...ys)];
  return { x, y, w: Math.max(...xs) - x, h: Math.max(...ys) - y };
}

const within = (part: number): number => Math.min(1, Math.max(0, part));

/** A levelled picture as the reader of characters likes it. @returns PNG */
export async function prepare(levelled: Levelled, how: Preparation): Promise<Buffer> {
  const flat = how === 'plain' ? rawOf(levelled).normalise() : await evened(levelled);
  return flat.sharpen({ sigma: 1 }).extractChannel(0).png({ compressionLevel: 1 }).toBuffer();
}

/** Takes uneven light away: what is left is how much darker each point is than its surroundings. */
async function evened(levelled: Levelled): Promise<Sharp> {
  const { data, width, height } = levelled;
  const around = await greyOf(rawOf(levelled).median(3).blur(Math.max(12, width / 40)));
  const flat = data.map((light, i) => Math.max(0, Math.min(255, 245 + (light - around.data[i]!) * 1.8)));
  return rawOf({ data: flat as Buffer, width, height }).normalise();
}
