import { setTimeout as pause } from 'node:timers/promises';
import { Person } from '../stories/person.js';
import type { RunningCopy } from '../stories/running-copy.js';
import { knownByPhone } from './people.js';

/** In a warm conversation each of these is answered by one text. */
const PICKS = ['3', '0'] as const;
/** The question how much waits looks at all conversations; so often is enough. */
const LOOK_EVERY_MS = 1_000;

const BACKLOG = `select coalesce(sum(last_seq - handled_seq), 0)::int + (select count(*)::int from messages where direction = 'out' and sent_at is null) waiting
  from conversations`;

/** Customers who write at a given rate, whatever becomes of it: an open loop, as customers are. */
export class Traffic {
  private constructor(
    private readonly copy: RunningCopy,
    private readonly people: readonly Person[],
  ) {}

  /** Customers with a warm conversation each, spread over the numbers. */
  static async over(copy: RunningCopy, numbers: readonly string[], count = 100): Promise<Traffic> {
    await copy.rows('update channels set debounce_ms = 0');
    await copy.rows('update channel_safety set typing_ms_per_char = 0, reply_gap_ms = 0'); // of the numbers linked since, too
    const people: Person[] = [];
    for (const [index, { name, phones }] of knownByPhone().slice(0, count).entries()) {
      people.push(await Person.with(copy, phones[0]!, { name }, numbers[index % numbers.length]));
    }
    for (let from = 0; from < people.length; from += 10) await Promise.all(people.slice(from, from + 10).map((person) => person.ask('hola', /¿En qué te puedo ayudar/, 60_000)));
    return new Traffic(copy, people);
  }

  /** Messages that wait for a decision or for the network's word. */
  async waiting(): Promise<number> {
    return (await this.copy.rows<{ waiting: number }>(BACKLOG))[0]!.waiting;
  }

  /** Writes for some seconds. @returns what waited, looked at once a second */
  async write(perSecond: number, seconds: number, until: AbortSignal = AbortSignal.timeout(seconds * 1_000)): Promise<number[]> {
    const waiting: number[] = [];
    const looking = (async () => {
      while (!until.aborted) {
        await pause(LOOK_EVERY_MS);
        waiting.push(await this.waiting());
      }
    })();
    const under = new Set<Promise<unknown>>();
    const beganAt = performance.now();
    for (let written = 0; !until.aborted; written++) {
      const person = this.people[written % this.people.length]!;
      const turn = Math.floor(written / this.people.length);
      const writing: Promise<unknown> = person.write(PICKS[turn % PICKS.length]!).finally(() => under.delete(writing));
      under.add(writing);
      await pause(Math.max(0, beganAt + ((written + 1) * 1_000) / perSecond - performance.now()));
    }
    await Promise.all([...under, looking]);
    return waiting;
  }

  /** Waits until nothing waits. @returns seconds */
  async drain(): Promise<number> {
    const beganAt = performance.now();
    while ((await this.waiting()) > 0) await pause(200);
    return (performance.now() - beganAt) / 1_000;
  }
}
