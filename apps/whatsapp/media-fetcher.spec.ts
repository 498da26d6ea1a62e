import { describe, expect, it } from 'vitest';
import type { Fetched } from '../../libs/channels/whatsapp/incoming/fetch-file.js';
import { waitFor } from '../../libs/testing/wait-for.js';
import { MediaUnavailable, type MediaStore } from '../../libs/media/media-store.js';
import { afterFailure, MediaFetcher } from './media-fetcher.js';
import type { FileState, WantedFile } from './media-rows.js';
import { Slots } from './slots.js';

const JPEG = Buffer.from([0xff, 0xd8, 0xff, 0xe0]);
const wanted = (message: string): WantedFile => ({ message, kind: 'image', attempt: 1, waId: message, fromMe: false, address: '1@lid', raw: Buffer.alloc(0) });
const sha256 = 'a'.repeat(64);

/** Rows in memory, and a network that answers when it is told to. */
function fetcherOf({ files, slots = new Slots(2), stores = true }: { files: string[]; slots?: Slots; stores?: boolean }) {
  const left = [...files];
  const settled: [string, FileState][] = [];
  const underWay = new Map<string, (found: Fetched) => void>();
  const media: MediaStore = {
    put: (_company, bytes) => (stores ? Promise.resolve({ sha256, size: bytes.byteLength }) : Promise.reject(new MediaUnavailable('full'))),
    open: () => Promise.resolve(undefined),
    has: () => Promise.resolve(false),
  };
  const fetcher = new MediaFetcher({
    company: 'alfa', media, slots,
    rows: {
      next: () => { const next = left.shift(); return Promise.resolve(next === undefined ? undefined : wanted(next)); },
      settle: (message, file) => Promise.resolve(void settled.push([message, file])),
    },
    fetch: ({ waId }) => new Promise((resolve) => underWay.set(waId, resolve)),
    log: { ended: () => undefined, failed: (error) => { throw error; } },
  });
  const until = (message: string) => waitFor(`${message} under way`, () => Promise.resolve(underWay.get(message)));
  return { fetcher, settled, underWay, until, left };
}

describe('fetching what rows want', () => {
  it('stores a picture, refuses a program that calls itself one, and keeps wanting what is away', async () => {
    const { fetcher, settled, until } = fetcherOf({ files: ['A', 'B', 'C'], slots: new Slots(3) });
    fetcher.wake();
    (await until('A'))({ bytes: JPEG });
    (await until('B'))({ bytes: Buffer.from('MZ\x90\x00'), fileName: 'foto.jpg' });
    (await until('C'))({ failure: 'unreachable' });
    await waitFor('all three', () => Promise.resolve(settled.length === 3));
    expect(new Map(settled)).toEqual(new Map<string, FileState>([
      ['A', { state: 'stored', sha256, size: 4, mimetype: 'image/jpeg' }],
      ['B', { state: 'failed', reason: 'wrong-type' }],
      ['C', { state: 'wanted', reason: 'unreachable' }],
    ]));
  });

  it('fetches no more at once than there are slots, over all numbers', async () => {
    const slots = new Slots(2);
    const one = fetcherOf({ files: ['A', 'B', 'C'], slots });
    const other = fetcherOf({ files: ['D'], slots });
    one.fetcher.wake();
    await one.until('B');
    other.fetcher.wake();
    expect([...one.underWay.keys(), ...other.underWay.keys()]).toEqual(['A', 'B']);
    one.underWay.get('A')!({ bytes: JPEG });
    one.underWay.get('B')!({ bytes: JPEG });
    (await one.until('C'))({ bytes: JPEG });
    (await other.until('D'))({ bytes: JPEG });
    await waitFor('all', () => Promise.resolve(one.settled.length === 3 && other.settled.length === 1));
  });

  it('keeps wanting a file that cannot be stored', async () => {
    const { fetcher, settled, until } = fetcherOf({ files: ['A'], stores: false });
    fetcher.wake();
    (await until('A'))({ bytes: JPEG });
    await waitFor('settled', () => Promise.resolve(settled.length));
    expect(settled).toEqual([['A', { state: 'wanted', reason: 'store-unavailable' }]]);
  });

  it('settles nothing once the number is another’s', async () => {
    const { fetcher, settled, until, left } = fetcherOf({ files: ['A', 'B'], slots: new Slots(1) });
    fetcher.wake();
    const found = await until('A');
    fetcher.stop();
    found({ bytes: JPEG });
    fetcher.wake();
    await new Promise(setImmediate);
    expect({ settled, left }).toEqual({ settled: [], left: ['B'] });
  });
});

describe('a try that gave no file', () => {
  it.each<[Parameters<typeof afterFailure>[0], number, FileState]>([
    ['not-on-phone', 1, { state: 'expired', reason: 'not-on-phone' }],
    ['too-large', 1, { state: 'failed', reason: 'too-large' }],
    ['no-file', 1, { state: 'failed', reason: 'no-file' }],
    ['corrupt', 2, { state: 'wanted', reason: 'corrupt' }],
    ['corrupt', 3, { state: 'failed', reason: 'corrupt' }],
    ['unreachable', 59, { state: 'wanted', reason: 'unreachable' }],
    ['unreachable', 60, { state: 'failed', reason: 'unreachable' }],
    ['no-answer', 60, { state: 'expired', reason: 'no-answer' }],
    ['store-unavailable', 1, { state: 'wanted', reason: 'store-unavailable' }],
  ])('%s at try %i', (failure, attempt, state) => expect(afterFailure(failure, attempt)).toEqual(state));
});
