/** A file type, known by bytes at a place. Sources: the formats' own specifications and the IANA media types. */
interface Signature {
  mimetype: string;
  /** Bytes at `at`, in hex; `..` is any byte. */
  hex: string;
  at?: number;
}

const ascii = (text: string): string => Buffer.from(text, 'latin1').toString('hex');

/** The first that fits decides. */
const signatures: readonly Signature[] = [
  { mimetype: 'image/jpeg', hex: 'ffd8ff' },
  { mimetype: 'image/png', hex: '89504e470d0a1a0a' },
  { mimetype: 'image/gif', hex: ascii('GIF8') },
  { mimetype: 'image/webp', hex: `${ascii('RIFF')}........${ascii('WEBP')}` },
  { mimetype: 'audio/wav', hex: `${ascii('RIFF')}........${ascii('WAVE')}` },
  { mimetype: 'video/x-msvideo', hex: `${ascii('RIFF')}........${ascii('AVI ')}` },
  { mimetype: 'image/heic', hex: ascii('ftypheic'), at: 4 },
  { mimetype: 'image/heic', hex: ascii('ftypmif1'), at: 4 },
  { mimetype: 'image/avif', hex: ascii('ftypavif'), at: 4 },
  { mimetype: 'audio/mp4', hex: ascii('ftypM4A'), at: 4 },
  { mimetype: 'audio/mp4', hex: ascii('ftypM4B'), at: 4 },
  { mimetype: 'video/3gpp', hex: ascii('ftyp3g'), at: 4 },
  { mimetype: 'video/quicktime', hex: ascii('ftypqt'), at: 4 },
  { mimetype: 'video/mp4', hex: ascii('ftyp'), at: 4 },
  { mimetype: 'video/webm', hex: '1a45dfa3' },
  { mimetype: 'audio/ogg', hex: ascii('OggS') },
  { mimetype: 'audio/mpeg', hex: ascii('ID3') },
  { mimetype: 'audio/aac', hex: 'fff1' },
  { mimetype: 'audio/aac', hex: 'fff9' },
  { mimetype: 'audio/mpeg', hex: 'fffb' },
  { mimetype: 'audio/mpeg', hex: 'fff3' },
  { mimetype: 'audio/mpeg', hex: 'fff2' },
  { mimetype: 'audio/amr', hex: ascii('#!AMR') },
  { mimetype: 'application/pdf', hex: ascii('%PDF-') },
  { mimetype: 'application/x-msdownload', hex: ascii('MZ') },
  { mimetype: 'application/x-executable', hex: '7f454c46' },
  { mimetype: 'application/x-executable', hex: 'feedface' },
  { mimetype: 'application/x-executable', hex: 'feedfacf' },
  { mimetype: 'application/x-executable', hex: 'cffaedfe' },
  { mimetype: 'application/x-executable', hex: 'cefaedfe' },
  { mimetype: 'application/x-executable', hex: 'cafebabe' }, // also Java's classes
  { mimetype: 'application/x-ms-shortcut', hex: '4c0000000114020000000000c000000000000046' },
  { mimetype: 'application/x-sh', hex: ascii('#!') },
  { mimetype: 'application/zip', hex: '504b0304' },
  { mimetype: 'application/zip', hex: '504b0506' },
  { mimetype: 'application/x-ole-storage', hex: 'd0cf11e0a1b11ae1' }, // Office until 2003, and installers
  { mimetype: 'application/rtf', hex: ascii('{\\rtf') },
  { mimetype: 'application/vnd.rar', hex: ascii('Rar!') },
  { mimetype: 'application/x-7z-compressed', hex: '377abcaf271c' },
  { mimetype: 'application/gzip', hex: '1f8b' },
];

const fits = (bytes: Uint8Array, { hex, at = 0 }: Signature): boolean => {
  if (bytes.byteLength < at + hex.length / 2) return false;
  for (let i = 0; i < hex.length; i += 2) {
    const expected = hex.slice(i, i + 2);
    if (expected !== '..' && bytes[at + i / 2] !== Number.parseInt(expected, 16)) return false;
  }
  return true;
};

/** Text in UTF-8 without control characters, as far as one looks: the first 4 KiB, whose last character may be cut. */
function isText(bytes: Uint8Array): boolean {
  const head = bytes.subarray(0, 4096);
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(head, { stream: true });
    return [...text].every((character) => character >= ' ' || '\t\n\r\f'.includes(character));
  } catch {
    return false;
  }
}

/** What bytes are by themselves, whatever their name says; `application/octet-stream` when nobody can tell. */
export function sniff(bytes: Uint8Array): string {
  const known = signatures.find((signature) => fits(bytes, signature));
  if (known) return known.mimetype;
  return bytes.byteLength > 0 && isText(bytes) ? 'text/plain' : 'application/octet-stream';
}
