/** A part of a ZIP, as it lies in it. */
export interface ZipPart {
  name: string;
  /** 0: as it is, 8: deflated (APPNOTE.TXT 4.4.5). */
  method: 0 | 8;
  packed: Uint8Array;
}

export class TooManyParts extends Error {
  override readonly name = 'TooManyParts';
}

const [END, ENTRY, LOCAL] = [0x06054b50, 0x02014b50, 0x04034b50];
/** The end's own length, and that with the longest comment. */
const [END_BYTES, END_MOST] = [22, 22 + 0xffff];

/**
 * The parts that a ZIP's directory names (PKWARE APPNOTE.TXT 4.3), nothing unpacked. Libraries unpack as much as comes before they say so;
 * whoever unpacks these can stop.
 * @throws TooManyParts; Error (RangeError where an offset leads out of the file) for what is no ZIP, is encrypted, or is one of over 4 GB
 */
export function zipParts(file: Buffer, most: number): ZipPart[] {
  let end = file.byteLength - END_BYTES;
  while (end >= 0 && end >= file.byteLength - END_MOST && file.readUInt32LE(end) !== END) end -= 1;
  if (end < 0 || file.readUInt32LE(end) !== END) throw new Error('no ZIP');
  const count = file.readUInt16LE(end + 10);
  if (count > most) throw new TooManyParts();
  const parts: ZipPart[] = [];
  let packedBytes = 0;
  let at = file.readUInt32LE(end + 16);
  for (let index = 0; index < count; index += 1) {
    if (file.readUInt32LE(at) !== ENTRY) throw new Error('no ZIP');
    const [flags, method, size] = [file.readUInt16LE(at + 8), file.readUInt16LE(at + 10), file.readUInt32LE(at + 20)];
    const [nameBytes, extraBytes, commentBytes, local] = [file.readUInt16LE(at + 28), file.readUInt16LE(at + 30), file.readUInt16LE(at + 32), file.readUInt32LE(at + 42)];
    if ((flags & 1) === 1 || (method !== 0 && method !== 8) || file.readUInt32LE(local) !== LOCAL) throw new Error('no ZIP of this kind');
    const from = local + 30 + file.readUInt16LE(local + 26) + file.readUInt16LE(local + 28);
    // Parts that lie over each other would have the same bytes unpacked again and again.
    if (from + size > file.byteLength || (packedBytes += size) > file.byteLength) throw new Error('cut, or parts of one another');
    parts.push({ name: file.toString('utf8', at + 46, at + 46 + nameBytes), method, packed: file.subarray(from, from + size) });
    at += 46 + nameBytes + extraBytes + commentBytes;
  }
  return parts;
}
