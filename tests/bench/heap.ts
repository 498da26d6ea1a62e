import { readFileSync } from 'node:fs';
import { WebSocket } from 'ws';
import { waitFor } from '../../libs/testing/wait-for.js';
import type { ProcessName, RunningCopy } from '../stories/running-copy.js';

/** Lets Node choose the inspector's port, so that several processes can be looked into. For RunningCopy.start. */
export const INSPECTABLE = { NODE_OPTIONS: '--inspect-port=127.0.0.1:0' };

/** What a process holds when its garbage is gone, MB. */
export interface Memory {
  rss: number;
  /** Objects, and what they hold outside of V8's heap. */
  held: number;
}

const MB = 1024 * 1024;

/** Looks into a Node process of a running copy from outside: nothing in the product helps. */
export class Heap {
  private nextId = 0;
  private readonly waiting = new Map<number, (result: unknown) => void>();

  private constructor(private readonly socket: WebSocket) {
    socket.on('message', (data: Buffer) => {
      const { id, result } = JSON.parse(data.toString()) as { id?: number; result?: unknown };
      if (id !== undefined) this.waiting.get(id)?.(result);
    });
  }

  /** SIGUSR1 opens the inspector; its address is in what the process prints. */
  static async of(copy: RunningCopy, name: ProcessName): Promise<Heap> {
    const from = copy.output.length;
    process.kill(copy.pidOf(name), 'SIGUSR1');
    const url = await waitFor(`the inspector of ${name}`, () => /ws:\/\/127\.0\.0\.1:\d+\/[\w-]+/.exec(copy.output.slice(from).join(''))?.[0]);
    const socket = new WebSocket(url);
    await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject));
    return new Heap(socket);
  }

  /** Collects garbage twice (what finalizers let go is seen by the second), and measures. */
  async collected(): Promise<Memory> {
    await this.ask('HeapProfiler.collectGarbage');
    await this.ask('HeapProfiler.collectGarbage');
    const expression = 'JSON.stringify(process.memoryUsage())';
    const { result } = (await this.ask('Runtime.evaluate', { expression, returnByValue: true })) as { result: { value: string } };
    const { rss, heapUsed, external } = JSON.parse(result.value) as NodeJS.MemoryUsage;
    return { rss: rss / MB, held: (heapUsed + external) / MB };
  }

  close(): void {
    this.socket.close();
  }

  private ask(method: string, params: object = {}): Promise<unknown> {
    const id = ++this.nextId;
    const answer = new Promise((resolve) => this.waiting.set(id, resolve));
    this.socket.send(JSON.stringify({ id, method, params }));
    return answer;
  }
}

/** Memory of a process as the system counts it, MB; for those that are no Node. */
export function rssMb(pid: number): number {
  return Number(/^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))![1]) / 1024;
}

/** Slope of a line through points by least squares, in y a unit of x. */
export function slope(points: readonly (readonly [x: number, y: number])[]): number {
  const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [midX, midY] = [mean(points.map(([x]) => x)), mean(points.map(([, y]) => y))];
  const over = points.reduce((sum, [x, y]) => sum + (x - midX) * (y - midY), 0);
  return over / points.reduce((sum, [x]) => sum + (x - midX) ** 2, 0);
}
