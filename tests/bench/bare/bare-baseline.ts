import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { Client } from '@temporalio/client';
import { NativeConnection, Worker } from '@temporalio/worker';

/** Bare Temporal on the product's own server: this process signals and runs the activity, another one the workflow. */
export class BareBaseline {
  private readonly waiting = new Map<string, () => void>();
  private readonly numbers = new Map<string, number>();

  private constructor(
    private readonly client: Client,
    private readonly connection: NativeConnection,
    private readonly child: ChildProcess,
  ) {}

  static async start(address: string): Promise<BareBaseline> {
    const child = fork(fileURLToPath(new URL('./worker.ts', import.meta.url)), [address], {
      execArgv: ['--import', '@swc-node/register/esm-register'],
    });
    await once(child, 'message');
    const connection = await NativeConnection.connect({ address });
    const baseline = new BareBaseline(new Client({ connection }), connection, child);
    await baseline.poll();
    return baseline;
  }

  private worker!: Worker;
  private running!: Promise<void>;
  private async poll(): Promise<void> {
    const act = (number: number, id: string) => this.waiting.get(`${id}/${number}`)?.();
    this.worker = await Worker.create({
      connection: this.connection,
      taskQueue: 'bare-act',
      maxConcurrentActivityTaskPolls: 1,
      activities: {
        act: async (number: number) => {
          const { Context } = await import('@temporalio/activity');
          act(number, Context.current().info.workflowExecution!.workflowId);
        },
      },
    });
    this.running = this.worker.run();
  }

  /** One signal to one workflow. @returns milliseconds from before the signal to the beginning of the activity */
  async message(id: string): Promise<number> {
    const number = (this.numbers.get(id) ?? 0) + 1;
    this.numbers.set(id, number);
    const acted = new Promise<void>((resolve) => this.waiting.set(`${id}/${number}`, resolve));
    const beganAt = performance.now();
    await this.client.workflow.signalWithStart('bare', { workflowId: id, taskQueue: 'bare', signal: 'poke', signalArgs: [number], workflowTaskTimeout: '5s' });
    await acted;
    this.waiting.delete(`${id}/${number}`);
    return performance.now() - beganAt;
  }

  async stop(): Promise<void> {
    for (const id of this.numbers.keys()) await this.client.workflow.getHandle(id).terminate().catch(() => undefined);
    this.worker.shutdown();
    await this.running;
    this.child.kill('SIGTERM');
    await this.connection.close();
  }
}
