import type { EntityManager } from '@mikro-orm/postgresql';
import { noticePace, type QueuePace } from '../libs/db/notice-pace.js';
import { lateIn, Schedule } from '../libs/domain/notices/eta.js';
import type { BatchRef } from '../workflows/notices/contract.js';

export interface Batch {
  paused: boolean;
  asked: boolean;
  late: number;
  /** Somebody has said that what does not fit may expire. */
  fits: boolean;
  lastCommand: string | null;
}

const BATCH = `select paused_at is not null paused, asked_at is not null asked, late, decision is not null fits, last_command "lastCommand"
  from notice_batches where company = ? and channel = ?::uuid and day = ?::date for no key update`;

/** Holds a number's queue until the transaction ends, and reads a batch of it. @returns nothing for one that there is not */
export async function lockBatch(em: EntityManager, { company, channel, day }: BatchRef): Promise<Batch | undefined> {
  await em.execute('select notices_lock(?, ?::uuid)', [company, channel]);
  const [row] = await em.execute<Batch[]>(BATCH, [company, channel, day]);
  return row;
}

/** Those of a batch that will be late as things stand, and by when they would all be out. */
export interface Late {
  ids: string[];
  /** Undefined: not within 60 days. */
  lastMs: number | undefined;
}

interface QueueRow {
  id: string;
  first_contact: boolean;
  expires: number;
  ours: boolean;
}

/** What waits for a number, of batches that are not paused, in its order. */
const QUEUE = `select n.id::text, n.first_contact, floor(extract(epoch from n.expires_at) * 1000)::float8 expires, n.day = ?::date ours
  from notices n join notice_batches b on b.company = n.company and b.channel = n.channel and b.day = n.day
  where n.company = ? and n.channel = ?::uuid and n.state = 'queued' and b.paused_at is null order by n.id`;

/** @param pace as it is known; read anew without */
export async function lateOf(em: EntityManager, { company, channel, day }: BatchRef, pace?: QueuePace): Promise<Late> {
  const { number, nowMs } = pace ?? (await noticePace(em, company, channel))!;
  const queue = await em.execute<QueueRow[]>(QUEUE, [day, company, channel]);
  const late = lateIn(number, queue.map(({ first_contact: isFirstContact, expires: expiresAtMs }) => ({ isFirstContact, expiresAtMs })), nowMs);
  const ids = late.filter((index) => queue[index]!.ours).map((index) => queue[index]!.id);
  const places = [false, true].map((isFirst) => {
    const count = queue.filter(({ first_contact: first }) => first === isFirst).length;
    return count === 0 ? nowMs : Schedule.of(number, isFirst, nowMs).at(count);
  });
  const lastMs = places.includes(undefined) ? undefined : Math.max(...(places as number[]));
  return { ids, lastMs };
}
