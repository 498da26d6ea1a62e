import type { EntityManager } from '@mikro-orm/postgresql';
import { ChannelRestriction } from '../../../libs/db/entities/channel-restriction.js';
import { Channel } from '../../../libs/db/entities/channel.js';
import { alertText } from '../../../libs/domain/number-safety/restriction.js';
import { ofLink } from '../dashboard/troubles.js';
import type { Notification } from './notification.schema.js';

const WEEK_MS = 7 * 24 * 3_600_000;

/** What befell the company's numbers in the last week: restrictions, also those that are over, and links that ended. */
export async function numberAlerts(em: EntityManager, company: string, now: Date): Promise<Notification[]> {
  const from = new Date(now.getTime() - WEEK_MS);
  const channels = await em.find(Channel, { company });
  const restrictions = await em.find(ChannelRestriction, { company, since: { $gt: from } });
  const nameOf = new Map(channels.map(({ id, name }) => [id, name]));
  const restricted = restrictions.map(({ channel, signal, stops, since }): Notification => ({
    id: `${channel}/${signal}/${since.getTime()}`, kind: 'number-restricted', at: since.toISOString(),
    text: alertText[stops].text.replace('{name}', nameOf.get(channel) ?? ''),
  }));
  const ended = channels.filter(({ stateAt }) => stateAt > from).flatMap(({ id, name, state, stateReason, stateAt }): Notification[] => {
    const words = ofLink(state, stateReason);
    return words ? [{ id: `${id}/${words.kind}/${stateAt.getTime()}`, kind: words.kind, at: stateAt.toISOString(), text: words.text.replace('{name}', name) }] : [];
  });
  return [...restricted, ...ended];
}
