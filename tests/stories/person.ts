import { waitFor } from '../../libs/testing/wait-for.js';
import type { Content, PhoneMessage } from './simulated-network.js';
import type { RunningCopy } from './running-copy.js';

/** A customer with a phone, in a chat with the demo company. */
export class Person {
  private constructor(
    private readonly copy: RunningCopy,
    readonly number: string,
    private readonly business: string,
  ) {}

  /** @param business the number that they write to; the demo's if absent */
  static async with(
    copy: RunningCopy,
    number: string,
    about: { name: string; hidePhone?: boolean; ad?: boolean },
    business?: string,
  ): Promise<Person> {
    await copy.network.putPerson(number, about);
    return new Person(copy, number, business ?? (await copy.account()));
  }

  write(text: string, id?: string): Promise<string> {
    return this.copy.network.write(this.number, this.business, text, id);
  }

  /** Sends a message of any kind. */
  send(content: Content): Promise<string> {
    return this.copy.network.send(this.number, this.business, content);
  }

  chat(): Promise<PhoneMessage[]> {
    return this.copy.network.chat(this.number, this.business);
  }

  /** What the business has said, as this phone shows it. */
  async heard(): Promise<string[]> {
    return (await this.chat()).filter((message) => message.from !== this.number).map((message) => message.text);
  }

  /** Writes and waits for the answer that matches; answers its text. */
  async ask(text: string, expected: RegExp, limitMs = 30_000): Promise<string> {
    const before = (await this.heard()).length;
    await this.write(text);
    return this.hears(expected, before, limitMs);
  }

  /** Waits until something new is heard that matches. */
  async hears(expected: RegExp, after = 0, limitMs = 30_000): Promise<string> {
    return waitFor(
      `${expected} on the phone of ${this.number}`,
      async () => {
        const fresh = (await this.heard()).slice(after);
        const match = fresh.find((said) => expected.test(said));
        if (!match && fresh.length > 0) throw new Error(`heard instead: ${fresh.join(' | ')}`);
        return match;
      },
      limitMs,
    );
  }
}
