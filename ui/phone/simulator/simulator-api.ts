import { Injectable } from '@angular/core';
import type {
  Account, ChatMessage, Fault, Group, LedgerEntry, OutgoingMessage, PastChat, Person, PersonSettings, Restriction, Rules, SamplePerson, Status,
} from './types';

/** Who acts: a person, or the owner of a business phone. */
export interface Actor {
  readonly side: 'person' | 'owner';
  readonly number: string;
}

/** The simulator said no, or could not be reached (`status` 0). `message` is what it said, in its own words. */
export class SimulatorError extends Error {
  constructor(readonly status: number, message: string) {
    super(message);
    this.name = 'SimulatorError';
  }

  get unreachable(): boolean {
    return this.status === 0;
  }
}

/** The simulator's control API, one method a call. Every method throws SimulatorError and nothing else. */
@Injectable({ providedIn: 'root' })
export class SimulatorApi {
  accounts(): Promise<Account[]> {
    return call('GET', '/accounts');
  }

  saveAccount(number: string, account: { name: string; business: boolean }): Promise<unknown> {
    return call('PUT', `/accounts/${number}`, account);
  }

  /** The business phone scans the QR that the gateway shows. */
  scan(number: string, qr: string): Promise<unknown> {
    return call('POST', `/accounts/${number}/scan`, { qr });
  }

  /** The owner types the eight characters that the gateway shows. */
  enterCode(number: string, code: string): Promise<unknown> {
    return call('POST', `/accounts/${number}/code`, { code });
  }

  unlink(number: string): Promise<unknown> {
    return call('POST', `/accounts/${number}/unlink`);
  }

  /** Chats that the phone had before it is linked. */
  addHistory(number: string, chats: readonly PastChat[]): Promise<unknown> {
    return call('POST', `/accounts/${number}/history`, { chats });
  }

  /** WhatsApp restricts that number, or lifts it (null). */
  restrict(number: string, restriction: Restriction | { readonly kind: null }): Promise<unknown> {
    return call('POST', `/accounts/${number}/restriction`, restriction);
  }

  people(): Promise<Person[]> {
    return call('GET', '/people');
  }

  savePerson(number: string, person: PersonSettings): Promise<unknown> {
    return call('PUT', `/people/${number}`, person);
  }

  /** That person installs WhatsApp anew: other keys. */
  reinstall(number: string): Promise<unknown> {
    return call('POST', `/people/${number}/reinstall`);
  }

  /** Writes as somebody; the same id twice is the same message. */
  write(actor: Actor, message: OutgoingMessage): Promise<{ id: string }> {
    return call('POST', `${pathOf(actor)}/messages`, message);
  }

  /** An empty emoji takes the reaction back. */
  react(actor: Actor, reaction: { to: string; id: string; emoji: string }): Promise<unknown> {
    return call('POST', `${pathOf(actor)}/reactions`, reaction);
  }

  edit(actor: Actor, edit: { to: string; id: string; text: string }): Promise<unknown> {
    return call('POST', `${pathOf(actor)}/edits`, edit);
  }

  /** Deletes an own message for everybody. */
  delete(actor: Actor, deletion: { to: string; id: string }): Promise<unknown> {
    return call('POST', `${pathOf(actor)}/deletions`, deletion);
  }

  call(person: string, callToMake: { to: string; video: boolean }): Promise<unknown> {
    return call('POST', `/people/${person}/calls`, callToMake);
  }

  type(person: string, typing: { to: string; state: 'composing' | 'recording' | 'paused' }): Promise<unknown> {
    return call('POST', `/people/${person}/typing`, typing);
  }

  /** Reads the chat up to that message, or plays that one. */
  read(person: string, mark: { to: string; id?: string; played?: boolean }): Promise<unknown> {
    return call('POST', `/people/${person}/read`, mark);
  }

  statuses(person: string): Promise<Status[]> {
    return call('GET', `/people/${person}/statuses`);
  }

  viewStatus(person: string, status: { account: string; id: string }): Promise<unknown> {
    return call('POST', `/people/${person}/status-views`, status);
  }

  postStatus(person: string, status: { to: string; text: string; backgroundColor: string }): Promise<unknown> {
    return call('POST', `/people/${person}/statuses`, status);
  }

  groups(): Promise<Group[]> {
    return call('GET', '/groups');
  }

  /** The first member makes the group. */
  createGroup(group: { subject: string; members: readonly string[] }): Promise<Group> {
    return call('POST', '/groups', group);
  }

  changeGroup(id: string, change: { subject: string; add: readonly string[]; remove: readonly string[] }): Promise<Group> {
    return call('PUT', `/groups/${id}`, change);
  }

  groupMessages(id: string): Promise<ChatMessage[]> {
    return call('GET', `/groups/${id}/messages`);
  }

  /** The chat with `account` as that person's phone shows it. */
  chat(number: string, account: string): Promise<ChatMessage[]> {
    return call('GET', `/people/${number}/messages?with=${account}`);
  }

  /** What changed after that `seq`. */
  ledger(after: number): Promise<LedgerEntry[]> {
    return call('GET', `/ledger?after=${after}`);
  }

  fault(fault: Fault): Promise<unknown> {
    return call('POST', '/faults', fault);
  }

  /** Those that still wait to happen. */
  faults(): Promise<Fault[]> {
    return call('GET', '/faults');
  }

  clearFaults(): Promise<unknown> {
    return call('DELETE', '/faults');
  }

  rules(): Promise<Rules> {
    return call('GET', '/rules');
  }

  changeRules(rules: Partial<Rules>): Promise<unknown> {
    return call('PUT', '/rules', rules);
  }

  reset(): Promise<unknown> {
    return call('POST', '/reset');
  }

  /** Customers of the demo company to choose from; none where the simulator serves no such list. */
  async samplePeople(): Promise<SamplePerson[]> {
    try {
      return await call('GET', '/demo-people.json');
    } catch (error) {
      if (error instanceof SimulatorError && error.status === 404) return [];
      throw error;
    }
  }
}

const pathOf = ({ side, number }: Actor): string => `/${side === 'person' ? 'people' : 'accounts'}/${number}`;

async function call<Answer>(method: string, path: string, body?: unknown): Promise<Answer> {
  const response = await reach(method, path, body);
  const answer: unknown = await response.json().catch(() => undefined);
  if (!response.ok) throw new SimulatorError(response.status, reasonIn(answer) ?? `${response.status} ${response.statusText}`);
  return answer as Answer;
}

async function reach(method: string, path: string, body: unknown): Promise<Response> {
  try {
    return await fetch(path, {
      method,
      ...(body === undefined ? {} : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
    });
  } catch (error) {
    throw new SimulatorError(0, String(error));
  }
}

function reasonIn(answer: unknown): string | undefined {
  if (typeof answer !== 'object' || answer === null) return undefined;
  const { detail, message, error } = answer as Record<string, unknown>;
  return [detail, message, error].find((said): said is string => typeof said === 'string');
}
