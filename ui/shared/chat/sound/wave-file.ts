const headBytes = 44;
const sampleBytes = 2;

/**
 * Sound as a WAV file (16 bit PCM), which every browser plays.
 * @param channels of the same length, samples between -1 and 1
 * @param rate samples a second
 */
export function waveFile(channels: readonly Float32Array[], rate: number): Uint8Array<ArrayBuffer> {
  const samples = channels[0]?.length ?? 0;
  const dataBytes = samples * channels.length * sampleBytes;
  const view = new DataView(new ArrayBuffer(headBytes + dataBytes));
  writeHead(view, { channels: channels.length, rate, dataBytes });
  let at = headBytes;
  for (let index = 0; index < samples; index += 1) {
    for (const channel of channels) {
      view.setInt16(at, Math.round(Math.max(-1, Math.min(1, channel[index]!)) * 32_767), true);
      at += sampleBytes;
    }
  }
  return new Uint8Array(view.buffer);
}

function writeHead(view: DataView, { channels, rate, dataBytes }: { channels: number; rate: number; dataBytes: number }): void {
  const word = (at: number, letters: string): void => [...letters].forEach((letter, index) => view.setUint8(at + index, letter.charCodeAt(0)));
  word(0, 'RIFF');
  view.setUint32(4, headBytes - 8 + dataBytes, true);
  word(8, 'WAVEfmt ');
  view.setUint32(16, 16, true);
  view.setUint16(20, 1, true); // PCM
  view.setUint16(22, channels, true);
  view.setUint32(24, rate, true);
  view.setUint32(28, rate * channels * sampleBytes, true);
  view.setUint16(32, channels * sampleBytes, true);
  view.setUint16(34, sampleBytes * 8, true);
  word(36, 'data');
  view.setUint32(40, dataBytes, true);
}
