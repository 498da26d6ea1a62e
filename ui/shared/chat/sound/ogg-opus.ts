/** Opus as a voice note carries it: its packets, and what a player has to know of them. */
export interface OpusStream {
  readonly channels: number;
  /** Samples at 48 kHz that only warm the decoder up. */
  readonly preSkip: number;
  readonly packets: readonly Uint8Array[];
  /** Length in samples at 48 kHz without `preSkip`; undefined: the file does not say. */
  readonly samples?: number;
}

/** A file that is not Opus in Ogg, or that is cut off before any sound. */
export class NotOggOpus extends Error {
  override readonly name = 'NotOggOpus';
}

interface Page {
  readonly serial: number;
  /** Of the last packet that ends on the page, in samples at 48 kHz; below zero: none does. */
  readonly granule: number;
  readonly continues: boolean;
  readonly pieces: readonly { readonly bytes: Uint8Array; readonly ends: boolean }[];
}

const headBytes = 27;
const unknownGranule = -1n;

/**
 * Reads the first Opus stream of an Ogg file (RFC 3533, RFC 7845). What is damaged at its end is left out; checksums are not compared:
 * files are checked as a whole by their hash before they are stored.
 * @throws NotOggOpus
 */
export function readOggOpus(file: Uint8Array): OpusStream {
  const pages = pagesOf(file);
  const serial = pages[0]?.serial;
  const own = pages.filter((page) => page.serial === serial);
  const [head, , ...packets] = packetsOf(own);
  if (!head || !startsWith(head, 'OpusHead') || head.length < 19) throw new NotOggOpus('no OpusHead');
  const view = viewOf(head);
  const [channels, preSkip, mapping] = [view.getUint8(9), view.getUint16(10, true), view.getUint8(18)];
  // Mapping 0 is mono or stereo in one stream: everything that a phone records.
  if (mapping !== 0 || channels < 1 || channels > 2) throw new NotOggOpus(`channel mapping ${mapping}, ${channels} channels`);
  if (packets.length === 0) throw new NotOggOpus('no sound');
  const last = own.findLast(({ granule }) => granule >= 0)?.granule ?? 0;
  return { channels, preSkip, packets, ...(last > preSkip ? { samples: last - preSkip } : {}) };
}

function pagesOf(file: Uint8Array): Page[] {
  const pages: Page[] = [];
  const view = viewOf(file);
  let at = 0;
  while (at + headBytes <= file.length && startsWith(file.subarray(at), 'OggS')) {
    const lacing = file.subarray(at + headBytes, at + headBytes + view.getUint8(at + 26));
    let from = at + headBytes + lacing.length;
    const pieces: { bytes: Uint8Array; ends: boolean }[] = [];
    let length = 0;
    for (const [index, value] of lacing.entries()) {
      length += value;
      const ends = value < 255;
      if (!ends && index < lacing.length - 1) continue;
      if (from + length > file.length) break;
      pieces.push({ bytes: file.subarray(from, from + length), ends });
      from += length;
      length = 0;
    }
    const granule = view.getBigInt64(at + 6, true);
    pages.push({ serial: view.getUint32(at + 14, true), granule: granule === unknownGranule ? -1 : Number(granule), continues: (view.getUint8(at + 5) & 1) === 1, pieces });
    at += headBytes + lacing.length + lacing.reduce((sum, value) => sum + value, 0);
  }
  return pages;
}

/** Packets put together where they go on over a page's end. */
function packetsOf(pages: readonly Page[]): Uint8Array[] {
  const packets: Uint8Array[] = [];
  let begun: Uint8Array[] = [];
  for (const { continues, pieces } of pages) {
    if (!continues) begun = [];
    for (const [index, { bytes, ends }] of pieces.entries()) {
      // The end of a packet whose beginning nobody has.
      if (index === 0 && continues && begun.length === 0) continue;
      begun.push(bytes);
      if (!ends) continue;
      packets.push(joined(begun));
      begun = [];
    }
  }
  return packets;
}

function joined(pieces: readonly Uint8Array[]): Uint8Array {
  if (pieces.length === 1) return pieces[0]!;
  const whole = new Uint8Array(pieces.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}

function startsWith(bytes: Uint8Array, word: string): boolean {
  return bytes.length >= word.length && [...word].every((letter, index) => bytes[index] === letter.charCodeAt(0));
}

const viewOf = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
