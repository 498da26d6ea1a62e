import { Inject, Injectable } from '@nestjs/common';
import { forCompany } from '../../../libs/db/company.js';
import { noticePace } from '../../../libs/db/notice-pace.js';
import { Schedule } from '../../../libs/domain/notices/eta.js';
import { SOURCES, type Sources } from '../platform/sources.js';

/** On the day of the invoices thousands are accepted a minute: the queue is counted this often, and by what came since. */
const COUNTED_EVERY_MS = 2_000;

type Kind = 'known' | 'first';

/** A number's queue as it was counted. */
interface Counted {
  atMs: number;
  /** Undefined: the number is gone. */
  queue: Promise<{ waiting: Record<Kind, number>; schedules: Record<Kind, Schedule> } | undefined>;
  since: Record<Kind, number>;
}

/** When what is accepted now will leave its number, as far as anybody can know. */
@Injectable()
export class Etas {
  readonly #counts = new Map<string, Counted>();

  constructor(@Inject(SOURCES) private readonly sources: Sources) {}

  /**
   * For one that has just been accepted, behind all others of its kind.
   * @param isFirst to somebody who has never written @returns undefined where nobody can say: within 60 days it will not be
   */
  async ofNewest(company: string, channel: string, isFirst: boolean): Promise<Date | undefined> {
    const counted = this.#counted(company, channel);
    const kind = isFirst ? 'first' : 'known';
    const since = ++counted.since[kind];
    const queue = await counted.queue;
    const eta = queue?.schedules[kind].at(Math.max(1, queue.waiting[kind] + since));
    return eta === undefined ? undefined : new Date(eta);
  }

  #counted(company: string, channel: string): Counted {
    const key = `${company}/${channel}`;
    const known = this.#counts.get(key);
    const atMs = performance.now();
    if (known && atMs - known.atMs < COUNTED_EVERY_MS) return known;
    const queue = forCompany(this.sources.orm, company, (em) => noticePace(em, company, channel)).then((pace) => pace && {
      waiting: pace.waiting,
      schedules: { known: Schedule.of(pace.number, false, pace.nowMs), first: Schedule.of(pace.number, true, pace.nowMs) },
    });
    queue.catch(() => this.#counts.delete(key));
    const counted: Counted = { atMs, queue, since: { known: 0, first: 0 } };
    this.#counts.set(key, counted);
    return counted;
  }
}
