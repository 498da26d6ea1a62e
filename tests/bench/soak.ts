import { RunningCopy, type ProcessName } from '../stories/running-copy.js';
import { round } from './figures.js';
import { Heap, INSPECTABLE, rssMb, slope } from './heap.js';
import { Traffic } from './traffic.js';

/**
 * Memory under steady load: the slope of what the Node processes hold after collection, over the last two thirds.
 * `npm run bench -- soak [minutes] [messages a second]`
 */
const [MINUTES = 30, PER_SECOND = 8] = process.argv.slice(2).map(Number);
const NODES: ProcessName[] = ['whatsapp', 'worker', 'api'];
const OTHERS: ProcessName[] = ['temporal'];
const EVERY_MS = 60_000;

const say = (line: string): void => void process.stdout.write(`${line}\n`);
const copy = await RunningCopy.start({ ...INSPECTABLE, LOG_LEVEL: 'warn' });
try {
  const traffic = await Traffic.over(copy, [await copy.account()]);
  const heaps = new Map<ProcessName, Heap>();
  for (const name of NODES) heaps.set(name, await Heap.of(copy, name));
  const points = new Map<string, [number, number][]>();
  const note = (name: string, minute: number, value: number) => points.set(name, [...(points.get(name) ?? []), [minute, value]]);
  const over = new AbortController();
  const writing = traffic.write(PER_SECOND, 0, over.signal);
  const beganAt = Date.now();
  for (let minute = 1; minute <= MINUTES; minute++) {
    await new Promise((resolve) => setTimeout(resolve, beganAt + minute * EVERY_MS - Date.now()));
    for (const [name, heap] of heaps) {
      const { held, rss } = await heap.collected();
      note(name, minute, held);
      note(`${name} resident`, minute, rss);
    }
    for (const name of OTHERS) note(`${name} resident`, minute, rssMb(copy.pidOf(name)));
    copy.output.length = 0;
    say(`minute ${minute}: ${[...points].map(([name, all]) => `${name} ${round(all.at(-1)![1])}`).join(' · ')} MB`);
  }
  over.abort();
  const waiting = await writing;
  const from = MINUTES / 3;
  say('');
  say(`soak: ${MINUTES} minutes at ${PER_SECOND}/s, ${waiting.length} looks, at most ${Math.max(...waiting)} waiting`);
  for (const [name, all] of points) say(`slope of the last two thirds, ${name}: ${round(slope(all.filter(([minute]) => minute > from)), 2)} MB a minute (aim < 0.5)`);
  for (const heap of heaps.values()) heap.close();
} finally {
  await copy.stop();
}
