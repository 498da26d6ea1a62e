import type { EntityManager } from '@mikro-orm/postgresql';
import { ChannelRestriction } from '../../../libs/db/entities/channel-restriction.js';
import { Channel } from '../../../libs/db/entities/channel.js';
import type { Dashboard } from './dashboard.schema.js';
import { ispFinding } from './isp-trouble.js';
import { troublesIn } from './troubles.js';

interface Counts {
  pending: number;
  in_progress: number;
  alarmed: number;
  alarmed_since: string | null;
}

const when = (time: string | null): Date | undefined => (time === null ? undefined : new Date(time));

export async function readDashboard(em: EntityManager, company: string, now: Date): Promise<Dashboard> {
  const channels = await em.find(Channel, { company }, { orderBy: { createdAt: 'asc', name: 'asc' } });
  const restrictions = await em.find(ChannelRestriction, { company, until: { $gt: now } });
  const [counts] = await em.execute<Counts[]>(
    `select count(*) filter (where state = 'pending')::int as pending, count(*) filter (where state = 'in-progress')::int as in_progress,
        count(alarmed_at)::int as alarmed, min(alarmed_at) as alarmed_since
      from tickets where company = ? and state <> 'closed'`, [company]);
  const [failed] = await em.execute<{ count: number; since: string | null }[]>(
    `select count(*)::int as count, min(at) as since from messages where company = ? and state = 'failed' and at > now() - interval '1 day'`, [company]);
  const isp = await ispFinding(em, company, now);
  const { pending, in_progress: inProgress, alarmed, alarmed_since: since } = counts!;
  return {
    bot: channels.map(({ id, name, state, stateAt }) => ({ id, channel: name, state, since: stateAt.toISOString() })),
    openTickets: { pending, inProgress },
    waitingTooLong: alarmed,
    problems: troublesIn({
      channels: channels.map(({ id, name, wanted, state, stateReason: reason, stateAt }) => ({
        name, wanted, state, reason, since: stateAt,
        restrictions: restrictions.filter(({ channel }) => channel === id).map(({ stops, since: from, until }) => ({ stops, since: from, untilMs: until.getTime() })),
      })),
      alarmed: { count: alarmed, since: when(since) },
      failed: { count: failed!.count, since: when(failed!.since) },
      ...(isp ? { isp } : {}),
    }, now),
  };
}
