import { Injectable } from '@angular/core';
import type { Account, ChatMessage, Fault, LedgerEntry, Person, SamplePerson } from './types';

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

  /** The owner writes on the business phone itself. */
  writeAsOwner(number: string, message: { to: string; text: string; id: string }): Promise<unknown> {
    return call('POST', `/accounts/${number}/messages`, message);
  }

  people(): Promise<Person[]> {
    return call('GET', '/people');
  }

  savePerson(number: string, person: { name: string; hidePhone: boolean; ad: boolean }): Promise<unknown> {
    return call('PUT', `/people/${number}`, person);
  }

  /** Sends as that person; the same id twice is the same message. */
  writeAsPerson(number: string, message: { to: string; text: string; id: string }): Promise<{ id: string }> {
    return call('POST', `/people/${number}/messages`, message);
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
