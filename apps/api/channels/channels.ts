import { Inject, Injectable } from '@nestjs/common';
import { LockMode, type EntityManager } from '@mikro-orm/postgresql';
import { writeAudit, type Actor } from '../../../libs/db/audit.js';
import { forCompany } from '../../../libs/db/company.js';
import { ChannelRestriction } from '../../../libs/db/entities/channel-restriction.js';
import { Channel } from '../../../libs/db/entities/channel.js';
import { sqlState } from '../../../libs/db/pool.js';
import type { AuditAction } from '../../../libs/domain/audit.js';
import { worst } from '../../../libs/domain/number-safety/restriction.js';
import { pairingContext, readPairing } from '../../../libs/domain/pairing.js';
import { can } from '../../../libs/domain/permissions.js';
import type { SignedIn } from '../platform/access/signed-in.js';
import { simulatedPhoneUrl } from '../platform/addresses.js';
import { ProblemException } from '../platform/problem.js';
import { SOURCES, type Sources } from '../platform/sources.js';
import type { ChannelName, ChannelView, LinkWish } from './channel.schema.js';

/** Who asks, and under which name they reached us. */
export interface Asked {
  me: SignedIn;
  hostName: string;
}

/** Who asks for a change, as the audit log remembers them, too. */
export type Ordered = Asked & { by: Actor };

/** A company's numbers, as rows: the gateway does what they wish, and says there how far it has come. */
@Injectable()
export class Channels {
  constructor(@Inject(SOURCES) private readonly sources: Sources) {}

  async list(asked: Asked): Promise<ChannelView[]> {
    const { company } = asked.me;
    const read = await forCompany(this.sources.orm, company, async (em) => ({
      all: await em.find(Channel, { company }, { orderBy: { createdAt: 'asc', name: 'asc' }, populate: ['pairing'] }),
      restrictions: await em.find(ChannelRestriction, { company, until: { $gt: new Date() } }),
    }));
    return Promise.all(read.all.map((channel) => this.#view(channel, read.restrictions.filter((one) => one.channel === channel.id), asked)));
  }

  /** One more number, to be linked. */
  async create(asked: Ordered, { name }: ChannelName): Promise<ChannelView> {
    const { company } = asked.me;
    const made = await forCompany(this.sources.orm, company, async (em) => {
      const { id } = em.create(Channel, { company, name });
      await em.flush();
      await writeAudit(em, asked.by, { action: 'channel.created', subject: id, after: { name } });
      return em.findOneOrFail(Channel, { company, id }, { populate: ['pairing'], refresh: true });
    });
    return this.#view(made, [], asked);
  }

  rename(asked: Ordered, id: string, { name }: ChannelName): Promise<ChannelView> {
    return this.#change(asked, id, 'channel.renamed', async (em, { company }) => void (await em.nativeUpdate(Channel, { company, id }, { name })));
  }

  /**
   * Removes a number that nobody ever wrote to: conversations and what was sent stay with theirs.
   * @throws ProblemException `channel-linked` while it is meant to be linked, `channel-in-use` when it has conversations
   */
  async remove({ me: { company }, by }: Ordered, id: string): Promise<void> {
    try {
      await forCompany(this.sources.orm, company, async (em) => {
        const channel = await em.findOne(Channel, { company, id }, { lockMode: LockMode.PESSIMISTIC_WRITE });
        if (!channel) throw new ProblemException('not-found');
        if (channel.wanted) throw new ProblemException('channel-linked');
        await em.nativeDelete(Channel, { company, id });
        await em.execute(`insert into changes (company, topic, subject) values (?, 'channel', ?)`, [company, id]); // no trigger sees it go
        await em.execute(`select pg_notify('changes', ?)`, [company]);
        await writeAudit(em, by, { action: 'channel.removed', subject: id, before: factsOf(channel) });
      });
    } catch (error) {
      throw sqlState(error) === '23503' ? new ProblemException('channel-in-use') : error;
    }
  }

  /** Wishes for a link: by a QR or, with the phone's number, by a code. A number that is linked stays as it is. */
  link(asked: Ordered, id: string, { code }: LinkWish): Promise<ChannelView> {
    return this.#change(asked, id, 'channel.link-asked', async (em, channel) => {
      if (channel.wanted && channel.state === 'linked') return;
      await this.#wish(em, channel, { wanted: true, pairingNumber: code ?? null });
    });
  }

  /** Takes the wish back: the gateway removes this device from the phone and forgets its keys. */
  unlink(asked: Ordered, id: string): Promise<ChannelView> {
    return this.#change(asked, id, 'channel.unlinked', (em, channel) => this.#wish(em, channel, { wanted: false, pairingNumber: null }));
  }

  /** Wishes for a new connection of the same link. @throws ProblemException `channel-not-linked` */
  restart(asked: Ordered, id: string): Promise<ChannelView> {
    return this.#change(asked, id, 'channel.restarted', async (em, channel) => {
      if (!channel.wanted) throw new ProblemException('channel-not-linked');
      await this.#wish(em, channel, { restartAskedAt: new Date() });
    });
  }

  async #change(asked: Ordered, id: string, action: AuditAction, work: (em: EntityManager, channel: Channel) => Promise<void>): Promise<ChannelView> {
    const { company } = asked.me;
    const changed = await forCompany(this.sources.orm, company, async (em) => {
      const channel = await em.findOne(Channel, { company, id });
      if (!channel) throw new ProblemException('not-found');
      const before = factsOf(channel);
      await work(em, channel);
      const after = await em.findOneOrFail(Channel, { company, id }, { populate: ['pairing'], refresh: true });
      await writeAudit(em, asked.by, { action, subject: id, before, after: factsOf(after) });
      return { after, restrictions: await em.find(ChannelRestriction, { company, channel: id, until: { $gt: new Date() } }) };
    });
    return this.#view(changed.after, changed.restrictions, asked);
  }

  /** A native update: the trigger that tells the gateway has to fire even where nothing changes. */
  async #wish(em: EntityManager, { company, id }: Channel, wish: Partial<Pick<Channel, 'wanted' | 'pairingNumber' | 'restartAskedAt'>>): Promise<void> {
    await em.nativeUpdate(Channel, { company, id }, wish);
  }

  async #view(channel: Channel, restrictions: readonly ChannelRestriction[], { me, hostName }: Asked): Promise<ChannelView> {
    const { id, name, number, wanted, state, stateReason, stateAt } = channel;
    const simulatorUrl = simulatedPhoneUrl(this.sources.env, hostName);
    const pairing = can(me.user.role, 'channels.link') ? await this.#pairing(channel) : undefined;
    return {
      id, name, number: number ?? null, wanted, state, stateReason: stateReason ?? null, stateAt: stateAt.toISOString(),
      ...(pairing ? { pairing } : {}),
      ...restrictionIn(restrictions),
      ...(simulatorUrl ? { simulatorUrl } : {}),
    };
  }

  /** Whoever has it can link the number to their own machine: opened for those who may link, and while it is good. */
  async #pairing({ company, id, pairing: sealed, pairingUntil: until }: Channel): Promise<ChannelView['pairing']> {
    if (!sealed || !until || until <= new Date()) return undefined;
    const box = await this.sources.vault.forCompany(company);
    const pairing = readPairing(box.open(sealed, pairingContext(id)).toString());
    return { ...(pairing.kind === 'qr' ? { qr: pairing.text } : { code: pairing.code }), until: until.toISOString() };
  }
}

/** Of a number, for the audit log. Not the phone that a code was asked for: it links. */
const factsOf = ({ name, number, wanted, state, restartAskedAt }: Channel) => ({ name, number, wanted, state, restartAskedAt });

/** The restriction to show, of those that hold. */
function restrictionIn(all: readonly ChannelRestriction[]): Pick<ChannelView, 'restriction'> {
  const shown = worst(all.map(({ stops, signal, until }) => ({ stops, signal, untilMs: until.getTime() })), Date.now());
  return shown ? { restriction: { stops: shown.stops, signal: shown.signal, until: new Date(shown.untilMs).toISOString() } } : {};
}
