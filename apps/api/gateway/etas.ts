import { Inject, Injectable } from '@nestjs/common';
import { forCompany } from '../../../libs/db/company.js';
import { noticePace, type QueuePace } from '../../../libs/db/notice-pace.js';
import { etaOf } from '../../../libs/domain/notices/eta.js';
import { SOURCES, type Sources } from '../platform/sources.js';

/** On the day of the invoices thousands are accepted a minute: the queue is counted this often, and by what came since. */
const COUNTED_EVERY_MS = 2_000;

/** When what is accepted now will leave its number, as far as anybody can know. */
@Injectable()
export class Etas {
  readonly #paces = new Map<string, { atMs: number; pace: Promise<QueuePace | undefined>; since: number }>();

  constructor(@Inject(SOURCES) private readonly sources: Sources) {}

  /**
   * For one that has just been accepted, behind all others.
   * @returns undefined where nobody can say: within 60 days it will not be
   */
  async ofNewest(company: string, channel: string): Promise<Date | undefined> {
    const counted = this.#counted(company, channel);
    counted.since += 1;
    const pace = await counted.pace;
    if (!pace) return undefined;
    const { number, nowMs, waiting } = pace;
    const eta = etaOf(number, waiting.known + waiting.first + counted.since - 1, false, nowMs);
    return eta === undefined ? undefined : new Date(eta);
  }

  #counted(company: string, channel: string) {
    const key = `${company}/${channel}`;
    const known = this.#paces.get(key);
    const atMs = performance.now();
    if (known && atMs - known.atMs < COUNTED_EVERY_MS) return known;
    const pace = forCompany(this.sources.orm, company, (em) => noticePace(em, company, channel));
    pace.catch(() => this.#paces.delete(key));
    const counted = { atMs, pace, since: 0 };
    this.#paces.set(key, counted);
    return counted;
  }
}
