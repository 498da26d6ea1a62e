import sharp from 'sharp';
import type { Picture } from '../../libs/ai/vision-reader.js';

/** Models look at no more than about this; what is larger costs time and money alone. */
const MOST_SIDE = 2_000;
const ENOUGH_BYTES = 600_000;

/**
 * A picture as a model is shown it: upright, without where and with what it was taken, and no larger than it is looked at. What cannot be decoded
 * goes as it is: the server says what it thinks of it.
 */
export async function smallPicture(picture: Picture): Promise<Picture> {
  try {
    const { width, height, exif } = await sharp(picture.bytes).metadata();
    if (Math.max(width, height) <= MOST_SIDE && picture.bytes.length <= ENOUGH_BYTES && exif === undefined) return picture;
    const bytes = await sharp(picture.bytes).rotate().resize({ width: MOST_SIDE, height: MOST_SIDE, fit: 'inside', withoutEnlargement: true }).jpeg({ quality: 88 }).toBuffer();
    return { mimetype: 'image/jpeg', bytes: new Uint8Array(bytes) };
  } catch {
    return picture;
  }
}
