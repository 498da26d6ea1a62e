import { constants, deflateRawSync, deflateSync } from 'node:zlib';

/** A PDF of these objects, numbered from 1, the first of which is its catalogue. */
export function pdfOfObjects(objects: readonly (string | Buffer)[]): Buffer {
  const parts = [Buffer.from('%PDF-1.7\n')];
  const places: number[] = [];
  const size = () => parts.reduce((sum, { length }) => sum + length, 0);
  objects.forEach((object, at) => {
    places.push(size());
    parts.push(Buffer.from(`${at + 1} 0 obj\n`), Buffer.from(object), Buffer.from('\nendobj\n'));
  });
  const table = places.map((place) => `${String(place).padStart(10, '0')} 00000 n \n`).join('');
  parts.push(Buffer.from(`xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${table}trailer\n<< /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${size()}\n%%EOF\n`));
  return Buffer.concat(parts);
}

const stream = (content: string): Buffer => Buffer.from(`<< /Length ${content.length} >>\nstream\n${content}\nendstream`);

/** One page that writes with a font whose table of characters is this. */
const withCharacterMap = (map: Buffer): Buffer => pdfOfObjects([
  '<< /Type /Catalog /Pages 2 0 R >>', '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
  '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 300 300] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>',
  stream('BT /F1 12 Tf 10 100 Td <0041> Tj ET'),
  '<< /Type /Font /Subtype /Type0 /BaseFont /Made /Encoding /Identity-H /DescendantFonts [6 0 R] /ToUnicode 7 0 R >>',
  '<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Made /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> >>',
  map,
]);

/** Few bytes that have the reader fill tables of 16 million characters, one after another, without a pause. */
export const loopingPdf = (): Buffer => withCharacterMap(stream(`begincmap 1 begincodespacerange <00000000> <FFFFFFFF> endcodespacerange\n${'1 beginbfrange <00000000> <00FFFFF0> <0041> endbfrange\n'.repeat(200)}endcmap`));

/** A deflated stream of so many megabytes of one letter, made without any of them at hand: blocks that stand alone may be repeated (RFC 1951). */
function unfolding(megabytes: number): Buffer {
  const block = deflateRawSync(Buffer.alloc(1024 * 1024, 0x20), { finishFlush: constants.Z_FULL_FLUSH });
  return Buffer.concat([Buffer.from([0x78, 0x9c]), ...Array.from({ length: megabytes }, () => block), Buffer.from([0x03, 0x00, 0, 0, 0, 0])]);
}

/** Some kilobytes that unfold, twice, into gigabytes. */
export const unfoldingPdf = (megabytes = 3_000): Buffer => {
  const packed = deflateSync(unfolding(megabytes), { level: 9 });
  return withCharacterMap(Buffer.concat([Buffer.from(`<< /Length ${packed.length} /Filter [/FlateDecode /FlateDecode] >>\nstream\n`), packed, Buffer.from('\nendstream')]));
};
