/** One second of 440 Hz at 6 kbit/s: Opus packets of 60 ms, as Chromium's encoder made them. */
const packets = [
  'GOE5Lw+y6d/BQGWxNLEFjnm0xWMI44GE/27vWT/0xZcM37o2+ReTrDWpShpblQtrnY5swoA',
  'GOwTQr/7kBq9BaIgiIELFQx1+HZ0Mbzyn12a6hCHyRsKVW0qHc1hDYCkv/2AxZc',
  'GOwbbZz17XMjhIyYeZdb38Kfs0HqQfu3X0otfoPYdCJCvqMiqFlbKbqgeb0tSP5F+A',
  'GOwTQr/7kBt8/CJXrT5Z3GeiOw6B50/DMPmHvkC+RB79dQ1f/Qq7cTof2CbStSfA',
  'GOwTQr/7kBtoySGjrwe79DVADR79V60jnxfmNiFJBKHXhNu4EoiCTjTr8TxA',
  'GOwQCMBYL11QvBBDVMUk7mmJXki7v/IQVUrzzAkdgtmWlAbEN/7GpSEOOO48POkFXQ6T+A',
  'GOwTQr/6cTWJHARTUvW2Hrurg62/dJu18ZK4VZo4uHaf1Tp0dXg+vqYBWLg',
  'GOwTQr/7kBjm8JKUgmY52kpzp5uwYj/C+zB4knFZndWMAQmtX9x2fbmRUnHOusp/pT7A',
  'GOyKO+uKmu5jbHh53VDmlFqokaFI6amik/tHwHWp61bEjpxm9TQ/DW0eY5Sl0diJ2qC2eg6vMORKoA',
  'GOx/8kJ4G/WMy5fnLq4liMjSAcX1PN6n0BwzeE0qytlsdjp/a0Q3/Zcl3P50pPyihWA',
  'GOyDXfLBNOKFXenkAYKTr5qmU0zqp0/sgwVZd5nBXo6b47hKeu+uBaWn10nZ3GWB+mThCnA',
  'GOyDXfLBNOKFXV1DbcgH/O4KJV+C8MfHED6OwjkjWGLUKunjMzlxN1kmyF679jLIyQ5l1yA+Gg',
  'GOyMMKNxbPsiTsw1dBhUPCsU5FoX5YFSaT2gZj6WEBfhihoogDvtiJxRUUI1f+yT4zP73ZFDbw',
  'GOx/8r/6cUO+QDSEaT1tZHPotWMFkQQS741ta8+jJstIBbnTiE5gNwNHUL9MFDVo/Mm1Uj6oCegQ',
  'GOzlvcsZg7FD+B2vPuWEu6NzmrZ18dCov3QPdH2XV3PasCuk8/fr8XMcSX/YsY6RBAnWY3YacWA',
  'GOyDXfLBNOKFXTuFTalxo5hi85+tNO6QZTv7JJg9VcyEW5o67YhsFWOCFc59lE3MY6fBAaA',
  'GOyDXfLBNOKFXVzatNT+1yOQ+V5TOJFE4zeWnqYjzQW8SNQH+ytpegmZq7AwMFa98hGhzeaE0eCQ',
];
const packetSamples = 2_880;
const preSkip = 312;

const bytesOf = (base64: string): Uint8Array => Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
const word = (letters: string): number[] => [...letters].map((letter) => letter.charCodeAt(0));
const littleEndian = (value: number, bytes: number): number[] => Array.from({ length: bytes }, (_, index) => Math.floor(value / 256 ** index) % 256);

/** Ogg's checksum (RFC 3533): polynomial 0x04c11db7, no reflection. */
function checksum(page: readonly number[]): number {
  let sum = 0;
  for (const byte of page) {
    sum ^= byte << 24;
    for (let bit = 0; bit < 8; bit += 1) sum = sum & 0x80_00_00_00 ? (sum << 1) ^ 0x04_c1_1d_b7 : sum << 1;
  }
  return sum >>> 0;
}

/** One page of whole packets, none of them of 255 bytes or more. @param flags 2: the first page · 4: the last */
function page(sequence: number, flags: number, granule: number, held: readonly Uint8Array[]): number[] {
  const head = [...word('OggS'), 0, flags, ...littleEndian(granule, 8), ...littleEndian(7, 4), ...littleEndian(sequence, 4)];
  const rest = [held.length, ...held.map(({ length }) => length), ...held.flatMap((packet) => [...packet])];
  return [...head, ...littleEndian(checksum([...head, 0, 0, 0, 0, ...rest]), 4), ...rest];
}

/** A voice note as a phone records it: one second of a tone, Opus in Ogg, in two pages of sound. */
export function voiceNote(): Uint8Array<ArrayBuffer> {
  const head = Uint8Array.from([...word('OpusHead'), 1, 1, ...littleEndian(preSkip, 2), ...littleEndian(48_000, 4), 0, 0, 0]);
  const tags = Uint8Array.from([...word('OpusTags'), ...littleEndian(4, 4), ...word('hilo'), ...littleEndian(0, 4)]);
  const sound = packets.map(bytesOf);
  return Uint8Array.from([
    ...page(0, 2, 0, [head]),
    ...page(1, 0, 0, [tags]),
    ...page(2, 0, 10 * packetSamples, sound.slice(0, 10)),
    ...page(3, 4, 48_000, sound.slice(10)),
  ]);
}
