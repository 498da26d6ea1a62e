import fc from 'fast-check';

type Change = (bytes: Buffer) => Buffer;

/** A place in a file of any length, as a part of it. */
const place = fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true });
const at = (part: number, { length }: Buffer): number => Math.floor(part * length);

/** What broken transfers and people of ill will do to a file: cut it, change bytes, leave some out, repeat some, write other numbers into it. */
const change: fc.Arbitrary<Change> = fc.oneof(
  place.map((to): Change => (bytes) => bytes.subarray(0, at(to, bytes))),
  fc.tuple(place, fc.uint8Array({ minLength: 1, maxLength: 8 })).map(([from, other]): Change => (bytes) => Buffer.concat([bytes.subarray(0, at(from, bytes)), other, bytes.subarray(at(from, bytes) + other.length)])),
  fc.tuple(place, fc.nat(400)).map(([from, length]): Change => (bytes) => Buffer.concat([bytes.subarray(0, at(from, bytes)), bytes.subarray(at(from, bytes) + length)])),
  fc.tuple(place, fc.nat(400), fc.integer({ min: 1, max: 50 })).map(([from, length, times]): Change => (bytes) => {
    const piece = bytes.subarray(at(from, bytes), at(from, bytes) + length);
    return Buffer.concat([bytes.subarray(0, at(from, bytes)), ...Array.from({ length: times }, () => piece), bytes.subarray(at(from, bytes))]);
  }),
  fc.tuple(place, fc.constantFrom('0', '-1', '9', '99999999', '4294967295', '1e308', '16777215')).map(([from, number]): Change => (bytes) => {
    const text = bytes.toString('latin1');
    const numbers = [...text.matchAll(/\d+/gu)];
    const one = numbers[Math.floor(from * numbers.length)];
    return one ? Buffer.from(text.slice(0, one.index) + number + text.slice(one.index + one[0].length), 'latin1') : bytes;
  }),
);

/** One of these files after a few such changes. */
export const mutated = (files: readonly Buffer[]): fc.Arbitrary<Buffer> =>
  fc.tuple(fc.constantFrom(...files), fc.array(change, { minLength: 1, maxLength: 4 })).map(([file, changes]) => changes.reduce((bytes, one) => one(bytes), file));
