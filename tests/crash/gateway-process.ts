import { fork, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { SendRequest } from '../../libs/channels/channel.js';
import { waitFor } from '../../libs/testing/wait-for.js';
import type { FromGateway, GatewaySettings, KillPoint, ToGateway } from './messages.js';

const program = fileURLToPath(new URL('./gateway-under-test.ts', import.meta.url));

/** A gateway that may be killed, stopped and continued. One object is one process. */
export class GatewayProcess {
  /** Highest number that was told for each conversation. */
  readonly told = new Map<string, number>();
  readonly ended: Promise<NodeJS.Signals | number | null>;
  private readonly answers = new Map<string, (state: 'sent' | 'failed' | 'unknown' | 'retry') => void>();
  private isReady = false;
  private onDelayed: (() => void) | undefined;

  private constructor(
    private readonly child: ChildProcess,
    output: string[],
  ) {
    this.ended = new Promise((resolve) => child.on('exit', (code, signal) => resolve(signal ?? code)));
    child.on('message', (message) => this.onMessage(message as FromGateway));
    for (const stream of [child.stdout, child.stderr]) stream?.setEncoding('utf8').on('data', (text: string) => output.push(text));
    void this.ended.then(() => {
      for (const answer of this.answers.values()) answer('retry');
    });
  }

  static async start(settings: GatewaySettings, output: string[]): Promise<GatewayProcess> {
    const child = fork(program, [], { execArgv: ['--import', '@swc-node/register/esm-register'], stdio: ['ignore', 'pipe', 'pipe', 'ipc'] });
    const started = new GatewayProcess(child, output);
    await waitFor('the gateway process to be there', () => started.isReady, 30_000);
    started.tell({ start: settings });
    return started;
  }

  get lives(): boolean {
    return this.child.exitCode === null && this.child.signalCode === null;
  }

  /** Lets it kill itself at that point of the nth message from now. */
  planKill(point: KillPoint, nth: number): void {
    this.tell({ kill: { point, nth } });
  }

  /** Lets each journal call wait before it reaches the database. @returns once one waits, if they are to */
  delayJournal(delayMs: number): Promise<void> {
    this.tell({ delayMs });
    return delayMs ? new Promise((resolve) => (this.onDelayed = resolve)) : Promise.resolve();
  }

  /** One attempt of the activity `send`. */
  send(request: SendRequest): Promise<'sent' | 'failed' | 'unknown' | 'retry'> {
    if (!this.lives) return Promise.resolve('retry');
    return new Promise((resolve) => {
      this.answers.set(request.message, resolve);
      this.tell({ send: request });
    });
  }

  signal(signal: 'SIGSTOP' | 'SIGCONT' | 'SIGKILL'): void {
    this.child.kill(signal);
  }

  async kill(): Promise<void> {
    if (this.lives) this.child.kill('SIGKILL');
    await this.ended;
  }

  private tell(message: ToGateway): void {
    if (this.child.connected) this.child.send(message, () => undefined);
  }

  private onMessage(message: FromGateway): void {
    if ('ready' in message) this.isReady = true;
    if ('delayed' in message) this.onDelayed?.();
    if ('arrived' in message) {
      const { conversation, upTo } = message.arrived;
      this.told.set(conversation, Math.max(upTo, this.told.get(conversation) ?? 0));
    }
    if ('sent' in message) {
      this.answers.get(message.sent.message)?.(message.sent.state);
      this.answers.delete(message.sent.message);
    }
  }
}
