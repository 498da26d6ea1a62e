import sharp from 'sharp';
import type { VisionReader, VisionReading } from '../../libs/ai/vision-reader.js';

/** What a trial picture shows: nobody answers it who has not looked. */
const SHOWN = '4721';

/** Of a display with seven bars, from the top clockwise, the middle last. */
const bars: Readonly<Record<string, string>> = { 4: '0110011', 7: '1110000', 2: '1101101', 1: '0110000' };
const bar = ['10,5 60,5 60,17 10,17', '58,10 70,10 70,60 58,60', '58,60 70,60 70,110 58,110', '10,103 60,103 60,115 10,115', '0,60 12,60 12,110 0,110', '0,10 12,10 12,60 0,60', '10,54 60,54 60,66 10,66'];

/** A picture of a number, drawn without a font: not every machine has one. */
async function trialPicture(): Promise<Uint8Array> {
  const digit = (one: string, at: number) => [...bars[one]!].map((on, i) => (on === '1' ? `<polygon transform="translate(${40 + at * 100} 40)" points="${bar[i]}"/>` : '')).join('');
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="480" height="200"><rect width="480" height="200" fill="#fff"/>${[...SHOWN].map(digit).join('')}</svg>`;
  return new Uint8Array(await sharp(Buffer.from(svg)).png().toBuffer());
}

export interface TriedModel {
  reading: VisionReading;
  /** It answered, and told what the picture shows; one that looks at no pictures cannot. */
  sees: boolean;
  ms: number;
}

/** Shows a model a picture of a number and asks it as it is asked for receipts. @param now milliseconds since 1970 */
export async function tryModel(reader: VisionReader, now: () => number, signal: AbortSignal): Promise<TriedModel> {
  const began = now();
  const picture = { mimetype: 'image/png', bytes: await trialPicture() } as const;
  const reading = await reader.read({ pictures: [picture], context: { usual: 'AR', today: new Date(began).toISOString().slice(0, 10) } }, signal);
  return { reading, sees: reading.ok && reading.text.replace(/\s/gu, '').includes(SHOWN), ms: now() - began };
}
