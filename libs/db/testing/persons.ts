import { randomUUID } from 'node:crypto';
import type pg from 'pg';

export interface Written {
  conversation: string;
  seq: number;
}

interface Options {
  id?: string;
  kind?: string;
  fromMe?: boolean;
  /** Which of the company's two numbers. */
  channel?: number;
}

export type PersonStep =
  | { do: 'write'; from: number; channel: number; fromMe: boolean }
  | { do: 'both'; from: number; and: number; channel: number }
  | { do: 'merge'; from: number; and: number }
  | { do: 'undo' | 'settle' | 'ticket'; nth: number };

const DEADLOCK = '40P01';

/** A company of its own with two numbers, whose customers write, are merged and taken apart: what the journal's SQL makes of it. */
export class Persons {
  private sent = 0;

  private constructor(
    private readonly pool: pg.Pool,
    readonly company: string,
    private readonly channels: readonly string[],
  ) {}

  /** @param pool of a superuser */
  static async open(pool: pg.Pool): Promise<Persons> {
    const company = `c-${randomUUID().slice(0, 12)}`;
    const channels = [randomUUID(), randomUUID()];
    await pool.query('insert into companies (id, name) values ($1, $1)', [company]);
    for (const channel of channels) await pool.query(`insert into channels (company, id, name) values ($1, $2, 'n')`, [company, channel]);
    return new Persons(pool, company, channels);
  }

  /** A message as the journal writes it; the first address is the sender's (of an owner's: the recipient's). A deadlock is tried again. */
  async write(addresses: readonly string[], text = 'hola', { id = `M${++this.sent}`, kind = 'text', fromMe = false, channel = 0 }: Options = {}): Promise<Written> {
    const envelope = { id, [fromMe ? 'recipient' : 'from']: addresses[0]!.replace('@', ':3@') };
    const message = { id, addresses, participant: fromMe ? 'me' : '', fromMe, author: fromMe ? 'owner' : 'customer', kind, text, envelope };
    for (;;) {
      try {
        const { rows } = await this.pool.query<{ conversation: string; seq: string | null }>(
          'select * from put_message($1, $2, 1, $3)', [this.company, this.channels[channel], message]);
        return rows[0]!.seq === null ? (undefined as unknown as Written) : { conversation: rows[0]!.conversation, seq: Number(rows[0]!.seq) };
      } catch (error) {
        if ((error as { code?: string }).code !== DEADLOCK) throw error;
      }
    }
  }

  /** Everything that came is settled, as a decision leaves it. */
  async settle(conversation: string, state: object | null): Promise<void> {
    await this.pool.query('update conversations set handled_seq = last_seq, state = coalesce($3, state) where company = $1 and id = $2',
      [this.company, conversation, state]);
  }

  async openTicket(conversation: string): Promise<void> {
    await this.pool.query('update conversations set ticket = $3 where company = $1 and id = $2', [this.company, conversation, randomUUID()]);
  }

  async undo(merge: string): Promise<boolean> {
    const rows = await this.select<{ undone: boolean }>('select contact_merge_undo($1, $2, null) undone', merge);
    return rows[0]!.undone;
  }

  merges = () => this.select<{ id: string; reason: string; addresses: string[]; undone_at: Date | null }>('select * from contact_merges where company = $1 order by at');
  standing = async () => (await this.select<{ id: string }>('select id from contact_merges where company = $1 and undone_at is null order by at')).map(({ id }) => id);
  row = async (conversation: string) => (await this.select('select * from conversations where company = $1 and id = $2', conversation))[0]!;
  contacts = async () => (await this.select('select id from contacts where company = $1 and merged_into is null')).length;
  contactsOf = async (addresses: readonly string[]) => (await this.select('select distinct contact from contact_addresses where company = $1 and address = any($2)', addresses)).length;

  addressesFor = async (conversation: string) => (await this.select<{ address: string }>(
    'select a.address from conversations v join contact_addresses a on a.company = v.company and a.contact = v.contact where v.company = $1 and v.id = $2 order by a.address like \'%@lid\' desc, 1', conversation)).map(({ address }) => address);

  /** "number text" of a conversation's inbound messages; – for one that went home. */
  texts = async (conversation: string) => (await this.select<{ seq: string; text: string | null }>(
    'select seq, text from messages where company = $1 and conversation = $2 order by seq', conversation)).map(({ seq, text }) => `${seq} ${text ?? '–'}`);

  owners = async (addresses: readonly string[]) =>
    Object.fromEntries((await this.select<{ address: string; contact: string }>('select address, contact from contact_addresses where company = $1 and address = any($2)', addresses))
      .map(({ address, contact }) => [address, contact]));

  /** Takes a random step. */
  async take(step: PersonStep, addresses: readonly string[]): Promise<void> {
    if (step.do === 'write') return void (await this.write([addresses[step.from]!], 'x', step));
    if (step.do === 'both') return void (await this.write([addresses[step.from]!, addresses[step.and]!], 'x', step));
    if (step.do === 'merge') {
      const owners = await this.owners(addresses);
      const pair = [owners[addresses[step.from]!]!, owners[addresses[step.and]!]!];
      if (pair[0] !== pair[1]) await this.pool.query(`select contact_merge($1, $2, $3, null, 'by-hand')`, [this.company, ...pair]);
      return;
    }
    const ids = step.do === 'undo' ? await this.standing() : (await this.select<{ id: string }>('select id from conversations where company = $1 order by created_at, id')).map(({ id }) => id);
    const id = ids[step.nth % Math.max(ids.length, 1)];
    if (id === undefined) return;
    if (step.do === 'undo') await this.undo(id);
    else if (step.do === 'settle') await this.settle(id, { v: 1 });
    else await this.openTicket(id);
  }

  /** Messages that are in a conversation of somebody else than whose address is on their envelope. */
  strays = () => this.select(`select m.id from messages m join conversations v on v.company = m.company and v.id = m.conversation
    where m.company = $1 and m.kind <> 'moved' and (select a.contact from contact_addresses a where a.company = m.company
      and a.address = replace(coalesce(m.envelope->>'from', m.envelope->>'recipient'), ':3@', '@')) <> v.contact`);

  /** What must never be: each a line of what is wrong. */
  async invariants(): Promise<string[]> {
    const broken = await this.select<{ wrong: string }>(
      `select 'gap in ' || v.id wrong from conversations v where v.company = $1 and array(select generate_series(1, v.last_seq)) is distinct from
          array(select m.seq from messages m where m.company = v.company and m.conversation = v.id and m.seq is not null order by m.seq)
      union all select 'settled beyond the end: ' || id from conversations where company = $1 and handled_seq > last_seq
      union all select 'twice: ' || wa_id from messages where company = $1 and kind <> 'moved' group by wa_id having count(*) > 1
      union all select 'address of a merged contact: ' || a.address from contact_addresses a join contacts c on c.company = a.company and c.id = a.contact
        where a.company = $1 and c.merged_into is not null
      union all select 'conversation of a merged contact: ' || v.id from conversations v join contacts c on c.company = v.company and c.id = v.contact
        where v.company = $1 and c.merged_into is not null
      union all select 'nobody lives: ' || min(id::text) from conversations where company = $1 group by channel, contact having count(*) filter (where merged_into is null) <> 1
      union all select 'merged into what does not live: ' || v.id from conversations v join conversations o on o.company = v.company and o.id = v.merged_into
        where v.company = $1 and (o.merged_into is not null or o.contact <> v.contact or o.channel <> v.channel)`);
    const [{ kept }] = (await this.select<{ kept: number }>(`select count(*)::int kept from messages where company = $1 and kind <> 'moved'`)) as [{ kept: number }];
    return [...broken.map(({ wrong }) => wrong), ...(kept === this.sent ? [] : [`${kept} messages of ${this.sent}`])];
  }

  private async select<T extends pg.QueryResultRow = Record<string, unknown>>(sql: string, ...values: unknown[]): Promise<T[]> {
    return (await this.pool.query<T>(sql, [this.company, ...values])).rows;
  }
}
