import { setTimeout as pause } from 'node:timers/promises';
import type { Client } from '@temporalio/client';
import { temporalClient } from '../../libs/temporal/client.js';
import { png } from '../../libs/simulator/whatsapp/testing/files.js';
import { waitFor } from '../../libs/testing/wait-for.js';
import { summary, workflowId } from '../../workflows/conversation/contract.js';
import { knownByPhone } from '../bench/people.js';
import { Person } from '../stories/person.js';
import { RunningCopy } from '../stories/running-copy.js';
import type { Content } from '../stories/simulated-network.js';
import { isGateway, planOf, type Burst, type Kill, type Piece, type PlanSize } from './plan.js';
import { SecondGateway } from './second-gateway.js';
import { reckon, sumOf, type Row, type Tally, type WrittenMessage } from './tally.js';

/** Short, so that a number passes on within the run's time; the default is in `.env.example`. */
const LEASE_SECONDS = 4;
const SETTLE_LIMIT_MS = 300_000;
const COMPANY = 'demo';

const ROWS = `select m.conversation, m.direction, m.wa_id, m.seq, m.id, m.outcome, m.state, m.answers, f.state file
  from messages m left join media_files f on f.company = m.company and f.message = m.id join conversations v on v.company = m.company and v.id = m.conversation
  join contact_addresses a on a.company = v.company and a.contact = v.contact where a.address = $1 order by m.id`;
const CONVERSATIONS = `select v.id, v.last_seq, v.handled_seq from conversations v
  join contact_addresses a on a.company = v.company and a.contact = v.contact where a.address = $1`;

export interface ChaosReport {
  sent: number;
  /** How often each was killed. */
  kills: Record<string, number>;
  stopped: number;
  seconds: number;
  tally: Tally;
  /** Stanzas that the network did not understand. */
  unknown: number;
  /** Whether any process printed a private key. */
  keysPrinted: boolean;
}

const picture = { base64: png().toString('base64'), mimetype: 'image/png', caption: 'mirá' };

const contentOf = (piece: Piece): Content => {
  if ('text' in piece) return piece;
  return 'picture' in piece ? { image: picture } : { location: { lat: -31.73, lng: -60.52, name: 'Mi casa' } };
};

interface Customer {
  person: Person;
  bursts: readonly Burst[];
  written: WrittenMessage[];
}

/** One run: customers write, processes die, the network misbehaves; then phones, rows and workflows are held against each other. */
export class Chaos {
  private readonly kills: Record<string, number> = {};
  private stopped = 0;
  private sent = 0;

  private constructor(
    private readonly size: PlanSize,
    private readonly copy: RunningCopy,
    private readonly second: SecondGateway,
    private readonly say: (line: string) => void,
  ) {}

  static async run(size: PlanSize, say: (line: string) => void = () => undefined): Promise<ChaosReport> {
    const copy = await RunningCopy.start({ LEASE_SECONDS: String(LEASE_SECONDS) });
    const second = await SecondGateway.start(copy);
    try {
      return await new Chaos(size, copy, second, say).play();
    } finally {
      await second.stop();
      await copy.stop();
    }
  }

  private async play(): Promise<ChaosReport> {
    const beganMs = Date.now();
    const { customers: bursts, kills } = planOf(this.size);
    const people = knownByPhone().slice(0, bursts.length);
    const customers = await Promise.all(people.map(async ({ name, phones }, index): Promise<Customer> =>
      ({ person: await Person.with(this.copy, phones[0]!, { name }), bursts: bursts[index]!, written: [] })));
    const chatting = Promise.all(customers.map((customer) => this.chatter(customer)));
    for (const [index, kill] of kills.entries()) {
      await waitFor('the next share of the messages', () => this.sent >= ((index + 1) * this.size.messages) / (kills.length + 1), 900_000);
      await this.kill(kill);
      this.say(`${this.sent} written, ${index + 1} of ${kills.length} kills (${kill.victim}${kill.stopsFirst ? ', stopped first' : ''}; ${kill.fault.kind})`);
    }
    await chatting;
    await this.copy.untilFit(120_000);
    const runningAgainMs = Date.now();
    const tally = await this.settled(customers, runningAgainMs);
    return {
      sent: this.sent, kills: this.kills, stopped: this.stopped, seconds: Math.round((Date.now() - beganMs) / 1_000), tally,
      unknown: (await this.copy.network.unknown()).length,
      keysPrinted: this.copy.output.join('').includes('privKey'),
    };
  }

  /** Writes without waiting for answers; the phone waits only for its network. */
  private async chatter({ person, bursts, written }: Customer): Promise<void> {
    for (const { pieces, pauseMs } of bursts) {
      await pause(pauseMs);
      for (const piece of pieces) {
        const id = await person.send(contentOf(piece));
        written.push({ id, atMs: Date.now() });
        this.sent++;
      }
    }
  }

  private async kill({ victim, stopsFirst, fault }: Kill): Promise<void> {
    this.kills[victim] = (this.kills[victim] ?? 0) + 1;
    await this.copy.network.fault(fault);
    if (stopsFirst) {
      this.stopped++;
      const pid = victim === 'gateway-2' ? this.second.pid : this.copy.pidOf('whatsapp');
      process.kill(pid, 'SIGSTOP');
      await pause((LEASE_SECONDS + 1) * 1_000); // its lease has passed on by the database's clock
      process.kill(pid, 'SIGCONT');
    }
    if (victim === 'gateway-2') return void process.kill(this.second.pid, 'SIGKILL');
    const untilBack = this.copy.killProcess(victim);
    if (!isGateway(victim)) await untilBack();
  }

  private async settled(customers: readonly Customer[], runningAgainMs: number): Promise<Tally> {
    const { pool, vault } = this.copy.opened();
    const client = temporalClient({ address: `127.0.0.1:${this.copy.ports.temporal}`, namespace: 'default' }, vault);
    let last = sumOf([]);
    try {
      return await waitFor('everything to be settled', async () => {
        const tallies: Tally[] = [];
        for (const customer of customers) tallies.push(await this.accountOf(customer, client, runningAgainMs));
        last = sumOf(tallies);
        return last.lost.length === 0 ? last : undefined;
      }, SETTLE_LIMIT_MS);
    } catch {
      return last; // what is still lost by now is lost
    } finally {
      await client.connection.close();
      await pool.end();
    }
  }

  private async accountOf({ person, written }: Customer, client: Client, runningAgainMs: number): Promise<Tally> {
    const address = [`${person.number}@s.whatsapp.net`];
    const rows = await this.copy.rows<Row>(ROWS, address);
    const [conversation] = await this.copy.rows<{ id: string; last_seq: string; handled_seq: string }>(CONVERSATIONS, address);
    const shown = (await person.chat()).filter((message) => message.from !== person.number);
    const lastSeq = Number(conversation?.last_seq ?? 0);
    const handled = conversation && Number(conversation.handled_seq) === lastSeq ? await handledBy(client, conversation.id) : 0;
    return reckon(person.number, { written, rows, shown, lastSeq, handled }, runningAgainMs);
  }
}

/** What the conversation's workflow itself says. */
async function handledBy(client: Client, conversation: string): Promise<number> {
  return (await client.workflow.getHandle(workflowId(COMPANY, conversation)).query(summary)).handled;
}
