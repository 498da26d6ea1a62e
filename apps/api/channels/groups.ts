import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from '@mikro-orm/postgresql';
import { writeAudit, type Actor } from '../../../libs/db/audit.js';
import { forCompany } from '../../../libs/db/company.js';
import { Channel } from '../../../libs/db/entities/channel.js';
import { ProblemException } from '../platform/problem.js';
import { SOURCES, type Sources } from '../platform/sources.js';
import type { GroupView, NotifiedGroup } from './channel.schema.js';

/** The groups that a number is in, as the gateway keeps them from what the network tells. */
@Injectable()
export class Groups {
  constructor(@Inject(SOURCES) private readonly sources: Sources) {}

  /** @throws ProblemException `not-found` */
  list(company: string, channel: string): Promise<GroupView[]> {
    return forCompany(this.sources.orm, company, async (em) => {
      await this.#channel(em, company, channel);
      return groupsOf(em, company, channel);
    });
  }

  /** Which group hears of new tickets. @throws ProblemException `not-found`, `group-unknown` */
  notify(company: string, channel: string, { group }: NotifiedGroup, by: Actor): Promise<GroupView[]> {
    return forCompany(this.sources.orm, company, async (em) => {
      const { groupJid: before } = await this.#channel(em, company, channel);
      const known = group === null || (await groupsOf(em, company, channel)).some(({ id }) => id === group);
      if (!known) throw new ProblemException('group-unknown');
      await em.nativeUpdate(Channel, { company, id: channel }, { groupJid: group });
      await writeAudit(em, by, { action: 'channel.group-set', subject: channel, before: { group: before ?? null }, after: { group } });
      return groupsOf(em, company, channel);
    });
  }

  async #channel(em: EntityManager, company: string, id: string): Promise<Channel> {
    const channel = await em.findOne(Channel, { company, id });
    if (!channel) throw new ProblemException('not-found');
    return channel;
  }
}

const groupsOf = (em: EntityManager, company: string, channel: string): Promise<GroupView[]> =>
  em.execute<GroupView[]>(
    `select g.jid id, coalesce(g.metadata->>'subject', '') as name, jsonb_array_length(coalesce(g.metadata->'participants', '[]')) members,
        g.jid is not distinct from h.group_jid notified
      from wa_groups g join channels h on h.company = g.company and h.id = g.channel
      where g.company = ? and g.channel = ?::uuid order by lower(g.metadata->>'subject'), g.jid`, [company, channel]);
