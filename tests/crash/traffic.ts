import type { CrashWorld, LinkedNumber } from './crash-world.js';

const FIRST_PERSON = 5493415550001;

/** People who write to one number, each one text after another, with steady marks by which order and loss are told. */
export class Traffic {
  private static count = 0;
  /** What each person wrote, in order. */
  readonly sent = new Map<string, string[]>();
  private readonly tag = `t${++Traffic.count}`;
  private readonly writing: Promise<void>[];
  private isOn = true;

  constructor(
    private readonly world: CrashWorld,
    private readonly to: LinkedNumber,
    people: readonly string[],
    private readonly everyMs: number,
  ) {
    this.writing = people.map((person) => this.write(person));
  }

  /** Stops writing; what was written is on the network then. */
  async stop(): Promise<void> {
    this.isOn = false;
    await Promise.all(this.writing);
  }

  get total(): number {
    return [...this.sent.values()].reduce((sum, texts) => sum + texts.length, 0);
  }

  private async write(person: string): Promise<void> {
    const mine: string[] = [];
    this.sent.set(person, mine);
    for (let index = 0; this.isOn; index++) {
      const text = `${this.tag} ${index}`;
      mine.push(text);
      await this.world.network.personSends(person, this.to.number, text);
      await new Promise((resolve) => setTimeout(resolve, this.everyMs * (0.3 + Math.random() * 1.4)));
    }
  }
}

/** Virtual customers: every other one is addressed by phone number, as before WhatsApp's migration to LIDs. */
export function people(world: CrashWorld, count: number): string[] {
  return Array.from({ length: count }, (_, index) => {
    const number = String(FIRST_PERSON + index);
    world.network.putPerson(number, { name: `Cliente ${index}`, lid: index % 2 === 0 });
    return number;
  });
}

/** What the rows say about what was written. All must be zero. */
export interface Verdict {
  lost: number;
  doubled: number;
  disorder: number;
  /** Conversations whose numbers are not 1 … last_seq. */
  gaps: number;
  /** Messages that the client refused or asked for again. */
  refused: number;
  retries: number;
}

export const CLEAN: Verdict = { lost: 0, doubled: 0, disorder: 0, gaps: 0, refused: 0, retries: 0 };

interface Row {
  address: string;
  conversation: string;
  seq: string;
  last_seq: string;
  text: string;
}

/** Joins what was written, the rows, and what the network saw. */
export async function judge(world: CrashWorld, { channel, number }: LinkedNumber, traffic: Traffic): Promise<Verdict> {
  const { rows } = await world.operator.query<Row>(
    `select a.address, v.id conversation, m.seq, v.last_seq, m.text from messages m
      join conversations v on v.company = m.company and v.id = m.conversation
      join contact_addresses a on a.company = v.company and a.contact = v.contact and a.address like '%@s.whatsapp.net'
      where m.channel = $1 and m.direction = 'in' order by v.id, m.seq`,
    [channel],
  );
  const verdict: Verdict = { ...CLEAN };
  for (const [person, wrote] of traffic.sent) {
    const expected = new Set(wrote);
    const have = rows.filter((row) => row.address.startsWith(person) && expected.has(row.text)).map(({ text }) => text);
    verdict.lost += wrote.length - new Set(have).size;
    verdict.doubled += have.length - new Set(have).size;
    verdict.disorder += have.filter((text, index) => index > 0 && orderOf(text) < orderOf(have[index - 1]!)).length;
  }
  const conversations = new Map<string, Row[]>();
  for (const row of rows) conversations.set(row.conversation, [...(conversations.get(row.conversation) ?? []), row]);
  for (const ofOne of conversations.values()) {
    const numbered = ofOne.every((row, index) => Number(row.seq) === index + 1);
    if (!numbered || Number(ofOne[0]!.last_seq) !== ofOne.length) verdict.gaps++;
  }
  for (const entry of world.network.ledger.after()) {
    if (entry.direction !== 'in' || entry.account !== number) continue;
    if (entry.state === 'refused') verdict.refused++;
    verdict.retries += entry.retries;
  }
  return verdict;
}

const orderOf = (text: string): number => Number(text.split(' ')[1]);
