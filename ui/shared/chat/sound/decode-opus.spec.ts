import { expect, test } from 'vitest';
import { decodeOpus } from './decode-opus';
import { NotOggOpus, readOggOpus } from './ogg-opus';
import { voiceNote } from './testing/voice-note';

const ogg = voiceNote();
const rate = 24_000;
const samplesOf = (wave: Uint8Array): Int16Array => new Int16Array(wave.slice(44).buffer);
const peak = (samples: Int16Array): number => samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0) / 32_768;
/** How often the sign goes from minus to plus: a tone's periods. */
const periods = (samples: Int16Array): number => samples.reduce((count, sample, index) => count + (index > 0 && samples[index - 1]! < 0 && sample >= 0 ? 1 : 0), 0);

test('a voice note becomes a sound: as long as it says, as loud and as high as it was', async () => {
  const samples = samplesOf(await decodeOpus(ogg));
  expect(samples.length / rate).toBeCloseTo((48_000 - 312) / 48_000, 3);
  expect(peak(samples)).toBeGreaterThan(0.3);
  expect(Math.abs(periods(samples) - 437)).toBeLessThan(8);
});

test('a packet may go on over the end of a page', () => {
  // The last lacing value of the second sound page becomes 255 with the packet's rest on a page of its own: split by hand.
  const packet = new Uint8Array(300).fill(7);
  const head = ogg.slice(0, 47);
  const tags = ogg.slice(47, 47 + 27 + 1 + 20);
  const page = (flags: number, lacing: number[], body: Uint8Array): number[] =>
    [...new TextEncoder().encode('OggS'), 0, flags, ...new Array<number>(8).fill(0), 7, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, lacing.length, ...lacing, ...body];
  const file = Uint8Array.from([...head, ...tags, ...page(0, [3, 255], Uint8Array.from([1, 2, 3, ...packet.subarray(0, 255)])), ...page(1, [45], packet.subarray(255))]);
  expect(readOggOpus(file).packets.map(({ length }) => length)).toEqual([3, 300]);
});

test.each([
  ['nothing', new Uint8Array()],
  ['another format', Uint8Array.from([...new TextEncoder().encode('ID3'), ...new Array<number>(60).fill(0)])],
  ['cut off before any sound', ogg.slice(0, 100)],
])('%s is told apart', (_, file) => {
  expect(() => readOggOpus(file)).toThrow(NotOggOpus);
});

test('what is cut off in the middle is heard up to there', async () => {
  const whole = await decodeOpus(ogg);
  const part = await decodeOpus(ogg.slice(0, -200));
  expect(part.length).toBeLessThan(whole.length);
  expect(peak(samplesOf(part))).toBeGreaterThan(0.3);
});
