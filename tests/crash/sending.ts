import { randomBytes } from 'node:crypto';
import type { MessageDetails } from '../../libs/domain/message/details.js';
import { LocalFolder } from '../../libs/media/local-folder.js';
import { waitFor } from '../../libs/testing/wait-for.js';
import { COMPANY, type CrashWorld, type LinkedNumber } from './crash-world.js';
import type { GatewayProcess } from './gateway-process.js';

export interface Outgoing {
  /** Id of the row. */
  message: string;
  waId: string;
  person: string;
  text: string;
}

/** Writes the row of a reply, as `decide` does. The person must have written before. */
export function queueReply(world: CrashWorld, number: LinkedNumber, person: string, text: string): Promise<Outgoing> {
  return queueRow(world, number, person, { kind: 'text', text });
}

/** The same for a picture, whose file is in the store. */
export async function queuePicture(world: CrashWorld, number: LinkedNumber, person: string, text: string, bytes: Buffer): Promise<Outgoing> {
  const { sha256, size } = await new LocalFolder(world.mediaDir).put(COMPANY, bytes);
  const queued = await queueRow(world, number, person, { kind: 'image', text, details: { media: { mimetype: 'image/png' } } });
  await world.operator.query(
    `insert into media_files (company, message, direction, state, sha256, size, mimetype) values ($1, $2, 'out', 'stored', $3, $4, 'image/png')`,
    [COMPANY, queued.message, sha256, size],
  );
  return queued;
}

async function queueRow(
  world: CrashWorld, { channel }: LinkedNumber, person: string, { kind, text, details }: { kind: string; text: string; details?: MessageDetails },
): Promise<Outgoing> {
  const waId = `3EB0${randomBytes(9).toString('hex').toUpperCase()}`;
  const { rows } = await world.operator.query<{ id: string }>(
    `insert into messages (company, conversation, channel, direction, author, wa_id, from_me, kind, text, details, state)
      select v.company, v.id, v.channel, 'out', 'bot', $3, true, $5, $4, $6, 'queued' from conversations v
        join contact_addresses a on a.company = v.company and a.contact = v.contact
        where v.channel = $1 and a.address = $2 returning id`,
    [channel, `${person}@s.whatsapp.net`, waId, text, kind, details ? JSON.stringify(details) : null],
  );
  return { message: rows[0]!.id, waId, person, text };
}

/** Sends a row as Temporal would: the same activity again until it has ended. @param gateway the one that lives now */
export async function sendUntilDone(gateway: () => GatewayProcess | undefined, { channel }: LinkedNumber, { message }: Outgoing): Promise<'sent' | 'failed' | 'unknown'> {
  return waitFor(`row ${message} to be sent`, async () => {
    const state = await gateway()?.send({ company: COMPANY, channel, message });
    return state === 'retry' ? undefined : state;
  }, 60_000);
}

/** What the customer's phone has of a reply: how often it came, and whether it could be read. */
export const shown = (world: CrashWorld, { number }: LinkedNumber, { waId, person }: Outgoing) =>
  world.network.ledger.after().find((entry) => entry.direction === 'out' && entry.account === number && entry.chat === person && entry.id === waId);
