import type { EntityManager } from '@mikro-orm/postgresql';
import { Channel } from '../../../libs/db/entities/channel.js';
import { DEMO_CHANNEL, DEMO_CHANNEL_NAME, DEMO_NUMBER } from './demo-company.js';

/**
 * The demo company's number, not yet wanted: `hilo link` asks for it.
 * @param em of `forCompany(company)`
 */
export async function seedChannel(em: EntityManager, company: string): Promise<void> {
  if (await em.findOne(Channel, { company, id: DEMO_CHANNEL })) return;
  em.create(Channel, { company, id: DEMO_CHANNEL, name: DEMO_CHANNEL_NAME, number: DEMO_NUMBER });
  await em.flush();
}
