import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from '@mikro-orm/postgresql';
import { writeAudit, type Actor } from '../../../libs/db/audit.js';
import { forCompany } from '../../../libs/db/company.js';
import { refusalOfContent, type ContentRefusal, type StatusContent } from '../../../libs/domain/status/content.js';
import type { MissedPolicy, StatusRefusal } from '../../../libs/domain/status/status.js';
import { instantOf } from '../../../libs/domain/time/local-time.js';
import { orderStatus } from '../../../workflows/status/client.js';
import { workflowId, type StatusOrderKind, type StatusRef } from '../../../workflows/status/contract.js';
import type { SignedIn } from '../platform/access/signed-in.js';
import { Engine, type Fate } from '../platform/engine/engine.js';
import { ProblemException, type ProblemCode } from '../platform/problem.js';
import { SOURCES, type Sources } from '../platform/sources.js';
import type { NewStatus, StatusEdit, StatusView } from './status.schema.js';
import { companyClock, statusById } from './statuses.queries.js';

/** Who asks for what, and under which id: the same id again is the same command. */
export interface Ordered {
  me: SignedIn;
  status: string;
  command: string;
}

const refusals: Record<StatusRefusal, ProblemCode> = {
  publishing: 'status-publishing', published: 'status-published', ended: 'status-ended', 'not-published': 'status-not-published', past: 'status-time-past',
};
const contentRefusals: Record<ContentRefusal, ProblemCode> = { empty: 'status-empty', 'too-long': 'status-too-long', 'not-text': 'bad-request' };

/** @throws ProblemException for what cannot be shown */
function contentOf({ text, colour, image }: StatusEdit): StatusContent {
  if ((colour === undefined) === (image === undefined)) throw new ProblemException('bad-request');
  const content: StatusContent = image === undefined ? { kind: 'text', text: text.trim(), colour: colour! } : { kind: 'image', text: text.trim(), image };
  const refusal = refusalOfContent(content);
  if (refusal) throw new ProblemException(contentRefusals[refusal]);
  return content;
}

/** What people do with statuses: accepted as a row, asked of the status' workflow, answered from its row. */
@Injectable()
export class StatusCommands {
  constructor(
    @Inject(SOURCES) private readonly sources: Sources,
    private readonly engine: Engine,
  ) {}

  /** @returns it, scheduled: for now, or for its time. @throws ProblemException `engine-away`; then nothing of it stays behind */
  async create(me: SignedIn, command: string, { channel, ...edit }: NewStatus): Promise<StatusView> {
    await this.#mustHaveChannel(me.company, channel);
    const ordered = { me, status: command, command };
    await this.#draft(ordered, channel, edit);
    return this.#ask(ordered, 'create', channel);
  }

  async edit(ordered: Ordered, edit: StatusEdit): Promise<StatusView> {
    const channel = await this.#channelOf(ordered);
    await this.#draft(ordered, channel, edit);
    return this.#ask(ordered, 'edit', channel);
  }

  async order(ordered: Ordered, kind: Exclude<StatusOrderKind, 'create' | 'edit'>): Promise<StatusView> {
    return this.#ask(ordered, kind, await this.#channelOf(ordered));
  }

  /** Forgets all that is over. @returns how many */
  clear(by: Actor): Promise<number> {
    return forCompany(this.sources.orm, by.company, async (em) => {
      const gone = await em.execute<unknown[]>('delete from statuses where company = ? and ended_at is not null returning id', [by.company]);
      if (gone.length > 0) await writeAudit(em, by, { action: 'statuses.cleared', subject: by.company, after: { cleared: gone.length } });
      return gone.length;
    });
  }

  /** What becomes of statuses whose time passes during an outage, from now on. */
  async setMissed(by: Actor, missed: MissedPolicy): Promise<void> {
    await forCompany(this.sources.orm, by.company, async (em) => {
      const before = await companyClock(em, by.company);
      if (before.missed === missed) return;
      await em.execute('update companies set missed_statuses = ? where id = ?', [missed, by.company]);
      await writeAudit(em, by, { action: 'company.changed', subject: by.company, before: { missedStatuses: before.missed }, after: { missedStatuses: missed } });
    });
  }

  /** Accepts what somebody wrote, before the workflow is asked. */
  async #draft({ me, status, command }: Ordered, channel: string, edit: StatusEdit): Promise<void> {
    const { company, user } = me;
    const content = contentOf(edit);
    await forCompany(this.sources.orm, company, async (em) => {
      const publishAt = await this.#timeOf(em, company, edit.publishAt);
      if (content.kind === 'image') await this.#mustHaveImage(em, company, content.image);
      await em.execute(
        `insert into status_drafts (company, command, status, channel, kind, text, colour, image, publish_at, actor)
          values (?, ?::uuid, ?::uuid, ?::uuid, ?, ?, ?, ?, ?::timestamptz, ?::uuid) on conflict (company, command) do nothing`,
        [company, command, status, channel, content.kind, content.text, content.kind === 'text' ? content.colour : null,
          content.kind === 'image' ? content.image : null, publishAt.toISOString(), user.id]);
    });
  }

  /** @throws ProblemException for a time that does not come */
  async #timeOf(em: EntityManager, company: string, local: string | undefined): Promise<Date> {
    if (local === undefined) return new Date();
    const { timeZone } = await companyClock(em, company);
    const instant = instantOf(local, timeZone);
    if (instant === undefined) throw new ProblemException('status-time-none');
    if (instant <= Date.now()) throw new ProblemException('status-time-past');
    return new Date(instant);
  }

  async #ask({ me, status, command }: Ordered, kind: StatusOrderKind, channel: string): Promise<StatusView> {
    const { company, user } = me;
    const ref: StatusRef = { company, status, channel };
    const answer = await this.engine.order({
      workflow: workflowId(company, status), command,
      question: (client, updateId) => orderStatus(client, ref, kind, { command, actor: user.id }, updateId), settle: () => this.#settle(company, status, command),
    });
    if (answer && !answer.ok) throw new ProblemException(refusals[answer.reason]);
    return (await forCompany(this.sources.orm, company, (em) => statusById(em, company, status)))!;
  }

  /** Takes a draft back: the workflow makes only what it finds there, and nothing of it happens later. What has none may still be done. */
  #settle(company: string, status: string, command: string): Promise<Fate> {
    return forCompany(this.sources.orm, company, async (em) => {
      const gone = await em.execute<object[]>('delete from status_drafts where company = ? and command = ?::uuid returning 1', [company, command]);
      if (gone.length > 0) return 'none';
      const done = await em.execute<object[]>('select 1 from statuses where company = ? and id = ?::uuid and last_command = ?::uuid', [company, status, command]);
      return done.length > 0 ? 'done' : 'open';
    });
  }

  /** @throws ProblemException `not-found` */
  async #channelOf({ me, status }: Ordered): Promise<string> {
    const [row] = await forCompany(this.sources.orm, me.company, (em) =>
      em.execute<{ channel: string }[]>('select channel from statuses where company = ? and id = ?::uuid', [me.company, status]));
    if (!row) throw new ProblemException('not-found');
    return row.channel;
  }

  async #mustHaveChannel(company: string, id: string): Promise<void> {
    const found = await forCompany(this.sources.orm, company, (em) => em.execute<unknown[]>('select 1 from channels where company = ? and id = ?::uuid', [company, id]));
    if (found.length === 0) throw new ProblemException('channel-unknown');
  }

  async #mustHaveImage(em: EntityManager, company: string, sha256: string): Promise<void> {
    const found = await em.execute<unknown[]>('select 1 from status_images where company = ? and sha256 = ?', [company, sha256]);
    if (found.length === 0) throw new ProblemException('image-unknown');
  }
}
