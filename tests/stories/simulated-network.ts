/** The simulator's control API (architecture page), as stories and benches use it. */

export interface PhoneMessage {
  id: string;
  at: string;
  /** Number of whoever wrote it. */
  from: string;
  kind: string;
  text: string;
  state: string;
  /** Of a message with a file: where the phone shows it from. */
  media?: { url: string; mimetype: string; size: number; fileName?: string };
}

/** One message of any kind, as the control API takes it. */
export type Content =
  | { text: string; quote?: string }
  | { image: { base64: string; mimetype: string; caption?: string } }
  | { location: { lat: number; lng: number; name?: string } };

export interface LedgerEntry {
  seq: number;
  at: string;
  direction: 'in' | 'out' | 'own';
  account: string;
  chat: string;
  id: string;
  kind: string;
  text?: string;
  state: string;
  copies: number;
}

export interface Fault {
  account?: string;
  kind: 'drop-connection' | 'refuse-connection' | 'duplicate' | 'delay' | 'lose-receipt' | 'freeze' | 'stream-error';
  times?: number;
  ms?: number;
}

export class SimulatedNetwork {
  constructor(private readonly base: string) {}

  private async call<T>(method: string, path: string, body?: unknown): Promise<T> {
    const response = await fetch(`${this.base}${path}`, {
      method,
      ...(body === undefined ? {} : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
    return (text ? JSON.parse(text) : undefined) as T;
  }

  accounts = () => this.call<{ number: string; linked: boolean; online: boolean }[]>('GET', '/accounts');
  /** The phone of this number scans a QR; answers once the device is linked. */
  scan = (number: string, qr: string) => this.call<void>('POST', `/accounts/${number}/scan`, { qr });
  putPerson = (number: string, person: { name: string; hidePhone?: boolean; ad?: boolean }) =>
    this.call<void>('PUT', `/people/${number}`, person);
  /** Answers once the network has the message. */
  write = async (from: string, to: string, text: string, id?: string): Promise<string> =>
    (await this.call<{ id: string }>('POST', `/people/${from}/messages`, { to, text, ...(id ? { id } : {}) })).id;
  send = async (from: string, to: string, content: Content): Promise<string> =>
    (await this.call<{ id: string }>('POST', `/people/${from}/messages`, { to, ...content })).id;
  writeAsOwner = async (account: string, to: string, text: string): Promise<string> =>
    (await this.call<{ id: string }>('POST', `/accounts/${account}/messages`, { to, text })).id;
  /** The chat as that person's phone shows it. */
  chat = (number: string, withNumber: string) =>
    this.call<PhoneMessage[]>('GET', `/people/${number}/messages?with=${withNumber}`);
  /** Its members' numbers; the first one makes it. */
  createGroup = (subject: string, members: string[]) => this.call<{ id: string }>('POST', '/groups', { subject, members });
  groupChat = (group: string) => this.call<PhoneMessage[]>('GET', `/groups/${group}/messages`);
  /** A file as a phone has it: fetched from the network and decrypted. */
  file = async ({ url }: { url: string }): Promise<Buffer> => Buffer.from(await (await fetch(`${this.base}${url}`)).arrayBuffer());
  ledger = (after = 0) => this.call<LedgerEntry[]>('GET', `/ledger?after=${after}`);
  fault = (fault: Fault) => this.call<void>('POST', '/faults', fault);
  unknown = () => this.call<unknown[]>('GET', '/unknown');
}
