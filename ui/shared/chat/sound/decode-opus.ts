import { OpusDecoder } from 'opus-decoder';
import { type OpusStream, readOggOpus } from './ogg-opus';
import { waveFile } from './wave-file';

/** Voices have nothing above 12 kHz, and so a minute takes 3 MB. */
const rate = 24_000;
const opusRate = 48_000;
/** So many packets (20 ms each, as phones record) are decoded before the page gets its turn: some 10 ms of work. */
const packetsAtOnce = 250;

/**
 * Makes a WAV file of a voice note, for browsers that cannot play Opus in Ogg. Packets that are damaged are silent.
 * @throws NotOggOpus
 */
export async function decodeOpus(file: Uint8Array): Promise<Uint8Array<ArrayBuffer>> {
  const stream = readOggOpus(file);
  const decoder = new OpusDecoder({ channels: stream.channels, streamCount: 1, coupledStreamCount: stream.channels - 1, channelMappingTable: [0, 1].slice(0, stream.channels), sampleRate: rate });
  await decoder.ready;
  try {
    const parts: (readonly Float32Array[])[] = [];
    for (let at = 0; at < stream.packets.length; at += packetsAtOnce) {
      parts.push(decoder.decodeFrames(stream.packets.slice(at, at + packetsAtOnce)).channelData);
      await new Promise((turn) => setTimeout(turn));
    }
    return waveFile(wholeOf(parts, stream), rate);
  } finally {
    decoder.free();
  }
}

/** Each channel in one piece, without what only warmed the decoder up and without what filled the last packet. */
function wholeOf(parts: readonly (readonly Float32Array[])[], { channels, preSkip, samples = Infinity }: OpusStream): Float32Array[] {
  const skip = Math.round((preSkip * rate) / opusRate);
  return Array.from({ length: channels }, (_, channel) => {
    const pieces = parts.map((part) => part[channel]!);
    const whole = new Float32Array(pieces.reduce((sum, { length }) => sum + length, 0));
    let at = 0;
    for (const piece of pieces) {
      whole.set(piece, at);
      at += piece.length;
    }
    return whole.subarray(skip, Math.min(whole.length, skip + Math.round((samples * rate) / opusRate)));
  });
}
