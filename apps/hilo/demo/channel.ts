import type { EntityManager } from '@mikro-orm/postgresql';
import { ChannelSafety } from '../../../libs/db/entities/channel-safety.js';
import { Channel } from '../../../libs/db/entities/channel.js';
import { DEMO_CHANNEL, DEMO_CHANNEL_NAME, DEMO_NUMBER } from './demo-company.js';

/** The demo's bot is seen to type, and still answers quickly: nobody has to wait for a number that is nobody's. */
const DEMO_TYPING = { typingMsPerChar: 12, typingLeastMs: 500, typingMostMs: 2_000, replyGapMs: 100 };

/**
 * The demo company's number, not yet wanted: `hilo link` asks for it.
 * @param em of `forCompany(company)`
 */
export async function seedChannel(em: EntityManager, company: string): Promise<void> {
  if (await em.findOne(Channel, { company, id: DEMO_CHANNEL })) return;
  em.create(Channel, { company, id: DEMO_CHANNEL, name: DEMO_CHANNEL_NAME, number: DEMO_NUMBER });
  await em.flush();
  await em.nativeUpdate(ChannelSafety, { company, channel: DEMO_CHANNEL }, DEMO_TYPING);
}
