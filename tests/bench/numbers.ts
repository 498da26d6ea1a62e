import { setTimeout as pause } from 'node:timers/promises';
import { RunningCopy } from '../stories/running-copy.js';
import { cpuMs } from './cpu.js';
import { median, round } from './figures.js';
import { Heap, INSPECTABLE, slope, type Memory } from './heap.js';
import { LinkedNumbers } from './numbers-linked.js';
import { Traffic } from './traffic.js';

/**
 * What a linked number costs while nobody writes, for 1, 50 and 200 of them in one gateway, and the highest rate of answered messages
 * without a growing backlog through one number and through 20.
 * `npm run bench -- numbers [seconds idle] [seconds a rate]`
 */
const [IDLE_S = 60, RATE_S = 20] = process.argv.slice(2).map(Number);
const RATES = [4, 6, 8, 10, 13, 16, 20, 25, 30, 36, 43, 52];

const say = (line: string): void => void process.stdout.write(`${line}\n`);

/** Whether the backlog grows: the later half waits on clearly more than the earlier, beyond what is always under way. */
function grows(waiting: readonly number[], perSecond: number): boolean {
  const half = Math.floor(waiting.length / 2);
  return median(waiting.slice(half)) > median(waiting.slice(0, half)) + perSecond;
}

async function highestRate(traffic: Traffic): Promise<number> {
  let held = 0;
  for (const rate of RATES) {
    const waiting = await traffic.write(rate, RATE_S);
    const drained = await traffic.drain();
    say(`  ${rate}/s: waiting ${waiting.join(' ')}; drained in ${round(drained)} s`);
    if (grows(waiting, rate)) break;
    held = rate;
  }
  return held;
}

const copy = await RunningCopy.start(INSPECTABLE);
try {
  const linked = await LinkedNumbers.of(copy);
  const heap = await Heap.of(copy, 'whatsapp');
  const idle = new Map<number, Memory & { cpu: number }>();
  const rates = new Map<number, number>();
  for (const count of [1, 20, 50, 200]) {
    await linked.grow(count);
    if (count !== 20) {
      await pause(5_000); // what linking has set off is over
      const before = cpuMs(copy.pidOf('whatsapp'));
      await pause(IDLE_S * 1_000);
      const cpu = (cpuMs(copy.pidOf('whatsapp')) - before) / (IDLE_S * 10);
      const memory = await heap.collected();
      idle.set(count, { ...memory, cpu });
      say(`${count} idle: ${round(memory.rss)} MB resident, ${round(memory.held)} MB held, ${round(cpu, 2)} % of a core`);
    }
    if (count <= 20) rates.set(count, await highestRate(await Traffic.over(copy, linked.numbers)));
  }
  const [fifty, many] = [idle.get(50)!, idle.get(200)!];
  const each = (of: (one: Memory) => number) => slope([[50, of(fifty)], [200, of(many)]]);
  say('');
  say(`numbers: ${[...idle].map(([count, { rss, held, cpu }]) => `${count}: ${round(rss)} MB resident, ${round(held)} MB held, ${round(cpu, 2)} % of a core`).join(' · ')}`);
  say(`memory a number between 50 and 200: ${round(each(({ rss }) => rss), 2)} MB resident, ${round(each(({ held }) => held), 2)} MB held (aim ≤ 5)`);
  say(`highest rate without a growing backlog: ${[...rates].map(([count, rate]) => `${rate}/s through ${count}`).join(', ')}`);
  heap.close();
  await linked.close();
} finally {
  await copy.stop();
}
