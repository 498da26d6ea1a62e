import { Client, Connection } from '@temporalio/client';
import { waitFor } from '../../libs/testing/wait-for.js';
import { Person } from '../stories/person.js';
import type { RunningCopy } from '../stories/running-copy.js';
import type { LedgerEntry } from '../stories/simulated-network.js';
import { knownByPhone } from './people.js';

/** In a warm conversation of a known customer each of these is answered by one text, and the next one fits the place it leads to. */
const PICKS = ['3', '0'] as const;

/** A whole running copy under measurement: customers on the simulated network, one menu answer a message. */
export class Product {
  readonly people: Person[] = [];
  private readonly picks = new Map<string, number>();
  private readonly waiting = new Map<string, () => void>();
  private readonly stream = new AbortController();

  private constructor(readonly copy: RunningCopy) {}

  /** Customers who have each had their welcome. Debounce is off: it is a wait for the customer, not work. */
  static async start(copy: RunningCopy, count: number): Promise<Product> {
    const product = new Product(copy);
    await copy.rows('update channels set debounce_ms = 0');
    await product.listen();
    for (const { name, phones } of knownByPhone().slice(0, count)) {
      const person = await Person.with(copy, phones[0]!, { name });
      await person.ask('hola', /¿En qué te puedo ayudar/);
      product.people.push(person);
    }
    return product;
  }

  /** Follows the network's events: an answer is noticed at once. */
  private async listen(): Promise<void> {
    const response = await fetch(`http://127.0.0.1:${this.copy.ports.simulator}/events`, { signal: this.stream.signal });
    void this.follow(response.body!.pipeThrough(new TextDecoderStream())).catch(() => undefined);
  }

  private async follow(text: ReadableStream<string>): Promise<void> {
    let rest = '';
    for await (const chunk of text) {
      const lines = `${rest}${chunk}`.split('\n');
      rest = lines.pop()!;
      for (const line of lines) {
        if (!line.startsWith('data: ')) continue;
        const event = JSON.parse(line.slice(6)) as { kind: string; entry?: LedgerEntry };
        if (event.kind === 'message' && event.entry?.direction === 'out') this.waiting.get(event.entry.chat)?.();
      }
    }
  }

  /** One menu pick, and its answer on the phone. */
  async message(person: Person): Promise<void> {
    const picks = this.picks.get(person.number) ?? 0;
    this.picks.set(person.number, picks + 1);
    const answered = new Promise<void>((resolve) => this.waiting.set(person.number, resolve));
    await person.write(PICKS[picks % PICKS.length]!);
    await waitFor(`an answer to ${person.number}`, () => Promise.race([answered.then(() => true), timeout(200)]), 30_000);
  }

  /** History events and bytes of one conversation so far. */
  async history(person: Person): Promise<{ events: number; bytes: number }> {
    const [row] = await this.copy.rows<{ id: string }>(
      `select v.id from conversations v join contact_addresses a on a.company = v.company and a.contact = v.contact where a.address = $1`,
      [`${person.number}@s.whatsapp.net`],
    );
    const connection = await Connection.connect({ address: `127.0.0.1:${this.copy.ports.temporal}` });
    const { raw } = await new Client({ connection }).workflow.getHandle(`demo/conversation/${row!.id}`).describe();
    await connection.close();
    const info = raw.workflowExecutionInfo!;
    return { events: Number(info.historyLength), bytes: Number(info.historySizeBytes) };
  }

  stop(): void {
    this.stream.abort();
  }
}

const timeout = (ms: number): Promise<false> => new Promise((resolve) => setTimeout(() => resolve(false), ms));
