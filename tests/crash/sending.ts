import { randomBytes } from 'node:crypto';
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
export async function queueReply(world: CrashWorld, { channel }: LinkedNumber, person: string, text: string): Promise<Outgoing> {
  const waId = `3EB0${randomBytes(9).toString('hex').toUpperCase()}`;
  const { rows } = await world.operator.query<{ id: string }>(
    `insert into messages (company, conversation, channel, direction, author, wa_id, from_me, kind, text, state)
      select v.company, v.id, v.channel, 'out', 'bot', $3, true, 'text', $4, 'queued' from conversations v
        join contact_addresses a on a.company = v.company and a.contact = v.contact
        where v.channel = $1 and a.address = $2 returning id`,
    [channel, `${person}@s.whatsapp.net`, waId, text],
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
