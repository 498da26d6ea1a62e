import { createHash } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { png } from '../../libs/simulator/whatsapp/testing/files.js';
import { waitFor } from '../../libs/testing/wait-for.js';
import { COMPANY, CrashWorld, type LinkedNumber } from './crash-world.js';
import type { GatewayProcess } from './gateway-process.js';
import { REPETITIONS } from './repetitions.js';
import { queuePicture, sendUntilDone, shown, type Outgoing } from './sending.js';
import { people } from './traffic.js';

/** The points of the journal and of a send's ratchet are tried often elsewhere; here it is the file's part. */
const ROUNDS = Math.ceil(REPETITIONS / 3);

let world: CrashWorld;
let number: LinkedNumber;
let gateway: GatewayProcess;
let person: string;
let side = 1;
const uploads = () => vi.mocked(world.network.media.upload).mock.calls.length;
/** No two are the same, so that none is in the store already. */
const picture = (): Buffer => png((side += 1));

beforeAll(async () => {
  world = await CrashWorld.start();
  gateway = await world.gateway();
  number = await world.link('5493410000001');
  person = people(world, 1)[0]!;
  await world.network.personSends(person, number.number, 'hola');
  await world.untilDelivered(number.number);
});
afterEach(() => vi.restoreAllMocks());
afterAll(() => world?.stop());

/** Lets the gateway die at a point, once. @returns what takes the plan back */
type Arm = (round: GatewayProcess, picture: Outgoing) => () => void;

const plan = (point: Parameters<GatewayProcess['planKill']>[0]): Arm => (round) => {
  round.planKill(point, 1);
  return () => undefined;
};
/** Kills from outside when the host has the file and the gateway does not know yet. */
const atTheHost: Arm = (round) => {
  const { media } = world.network;
  const upload = media.upload.bind(media);
  vi.spyOn(media, 'upload').mockImplementation((...file) => {
    round.signal('SIGKILL');
    return upload(...file);
  });
  return () => undefined;
};
const when = (kind: 'message' | 'state', state?: string): Arm => (round, { waId }) =>
  world.network.on((event) => {
    if (event.kind === kind && event.entry.id === waId && (!state || event.entry.state === state)) round.signal('SIGKILL');
  });

const rawOf = async ({ message }: Outgoing): Promise<Buffer | null> =>
  (await world.operator.query<{ raw: Buffer | null }>('select raw from messages where id = $1', [message])).rows[0]!.raw;

/** What the customer sees who opens the picture. */
function opened(of: Outgoing): Buffer {
  const url = shown(world, number, of)?.media?.url ?? '';
  return world.network.media.open(url.split('/').at(-1)!).bytes;
}

describe('a gateway that is killed while it sends a picture', () => {
  it.each<[string, Arm, { isMade: boolean }]>([
    ['before the upload', plan('file-opened'), { isMade: false }],
    ['when it is uploaded and no row knows', atTheHost, { isMade: false }],
    ['after the upload, before the send', plan('ratchet-of-a-send'), { isMade: true }],
    ['between send and ack', when('message'), { isMade: true }],
    ['after the delivery', when('state', 'delivered'), { isMade: true }],
  ])('%s: the customer sees it once and can open it; what was made once goes out again as it was', async (_name, arm, { isMade }) => {
    for (let round = 0; round < ROUNDS; round++) {
      const bytes = picture();
      const reply = await queuePicture(world, number, person, `foto ${side}`, bytes);
      vi.spyOn(world.network.media, 'upload');
      const disarm = arm(gateway, reply);
      const first = gateway;
      const sent = sendUntilDone(() => gateway, number, reply);
      expect(await first.ended).toBe('SIGKILL');
      disarm();
      const [made, before] = [await rawOf(reply), uploads()];
      expect(made !== null).toBe(isMade);
      vi.restoreAllMocks();
      vi.spyOn(world.network.media, 'upload');
      gateway = await world.gateway();
      expect(await sent).toBe('sent');
      if (isMade) {
        expect([before, uploads()]).toEqual([1, 0]);
        expect(await rawOf(reply)).toEqual(made);
      }
      await waitFor('the phone to have it', () => shown(world, number, reply)?.state === 'delivered' || shown(world, number, reply)?.state === 'read');
      expect(shown(world, number, reply)).toMatchObject({ kind: 'image', text: reply.text, retries: 0 });
      expect(world.network.ledger.after().filter(({ direction, text }) => direction === 'out' && text === reply.text)).toHaveLength(1);
      expect(opened(reply)).toEqual(bytes);
    }
    expect(world.network.unknown).toEqual([]);
  });
});

describe('a gateway that is killed over a picture that comes in', () => {
  /** Kills from outside when the host is asked for the file. */
  const whileFetching: Arm = (round) => {
    const { media } = world.network;
    const fetch = media.fetch.bind(media);
    vi.spyOn(media, 'fetch').mockImplementationOnce((path) => {
      round.signal('SIGKILL');
      return fetch(path);
    });
    return () => undefined;
  };

  it.each<[string, Arm, { isThere: boolean }]>([
    ['while it fetches', whileFetching, { isThere: false }],
    ['between fetch and row', plan('file-stored'), { isThere: true }],
  ])('%s: the file is stored once, and one row has it', async (_name, arm, { isThere }) => {
    for (let round = 0; round < ROUNDS; round++) {
      await world.untilOnline(number.number);
      const bytes = picture();
      const sha256 = createHash('sha256').update(bytes).digest('hex');
      const stored = async () => (await readdir(join(world.mediaDir, COMPANY), { recursive: true })).filter((path) => path.includes(sha256));
      const first = gateway;
      arm(first, { message: '', waId: '', person, text: '' });
      const waId = await world.network.personSends(person, number.number, { image: { bytes, mimetype: 'image/png' } });
      expect(await first.ended).toBe('SIGKILL');
      const rows = async () => (await world.operator.query<{ state: string; sha256: string | null }>(
        'select f.state, f.sha256 from messages m left join media_files f on f.company = m.company and f.message = m.id where m.channel = $1 and m.wa_id = $2',
        [number.channel, waId])).rows;
      expect(await rows()).toEqual([{ state: 'wanted', sha256: null }]);
      expect(await stored()).toHaveLength(isThere ? 1 : 0);
      gateway = await world.gateway();
      await waitFor('the file in its row', async () => (await rows())[0]?.state === 'stored', 60_000);
      expect(await rows()).toEqual([{ state: 'stored', sha256 }]);
      expect(await stored()).toHaveLength(1);
    }
    expect(world.network.unknown).toEqual([]);
  });
});
