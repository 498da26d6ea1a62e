import { DefaultLogger, Runtime } from '@temporalio/worker';
import { RunningCopy, type ProcessName } from '../stories/running-copy.js';
import { BareBaseline } from './bare/bare-baseline.js';
import { cpuMs } from './cpu.js';
import { Engine } from './engine.js';
import { median, round, spread } from './figures.js';
import { Product } from './product.js';
import { livesSince, type Life } from './stages.js';

/**
 * A menu answer in warm conversations, against bare Temporal on the same server, interleaved: the engine's part alone (signal to the
 * beginning of `send`) and the whole (customer's stanza in to bot's stanza out). Debounce and pace are off.
 * `npm run bench -- reply [rounds] [messages one at a time] [messages a parallel customer]`
 */
const [ROUNDS = 10, ONE_AT_A_TIME = 12, EACH = 4] = process.argv.slice(2).map(Number);
const PARALLEL = 50;
const PROCESSES: ProcessName[] = ['whatsapp', 'worker', 'temporal', 'postgres', 'api'];

/** Milliseconds a message, one after another and in parallel, and messages a second. */
interface Pace {
  one: number[];
  many: number[];
  perSecond: number;
}

interface Round {
  bare: Pace;
  engine: Pace;
  one: Life[];
  many: Life[];
  perSecond: number;
}

Runtime.install({ logger: new DefaultLogger('ERROR') });
const say = (line: string): void => void process.stdout.write(`${line}\n`);
const copy = await RunningCopy.start({ LOG_LEVEL: 'debug' });
const product = await Product.start(copy, PARALLEL);
const engine = await Engine.start(copy, PARALLEL);
const bare = await BareBaseline.start(`127.0.0.1:${copy.ports.temporal}`);
const customers = product.people.map((_, index) => `bench/bare/${index}`);
await Promise.all(customers.map((id) => bare.message(id)));

const lastRow = async () => (await copy.rows<{ id: string }>('select coalesce(max(id), 0) id from messages'))[0]!.id;
const lastSeq = async () => (await copy.network.ledger()).at(-1)?.seq ?? 0;

/** Runs work against the product and joins what its processes said about it. */
async function lived(work: () => Promise<void>): Promise<{ lives: Life[]; seconds: number }> {
  const [row, seq] = [await lastRow(), await lastSeq()];
  copy.output.length = 0;
  const beganAt = performance.now();
  await work();
  const seconds = (performance.now() - beganAt) / 1_000;
  return { lives: await livesSince(copy, row, seq), seconds };
}

const productOne = () => lived(async () => {
  for (let index = 0; index < ONE_AT_A_TIME; index++) await product.message(product.people[index % 5]!);
});
const productMany = () => lived(async () => {
  await Promise.all(product.people.map(async (person) => {
    for (let index = 0; index < EACH; index++) await product.message(person);
  }));
});
/** The same load on something that takes one message of one of the conversations. */
async function paceOf(message: (index: number) => Promise<number>): Promise<Pace> {
  const one: number[] = [];
  for (let index = 0; index < ONE_AT_A_TIME; index++) one.push(await message(index % 5));
  const beganAt = performance.now();
  const many = await Promise.all(Array.from({ length: PARALLEL }, async (_, index) => {
    const own: number[] = [];
    for (let turn = 0; turn < EACH; turn++) own.push(await message(index));
    return own;
  }));
  return { one, many: many.flat(), perSecond: (PARALLEL * EACH * 1_000) / (performance.now() - beganAt) };
}
const barePace = () => paceOf((index) => bare.message(customers[index]!));
const enginePace = async () => {
  await engine.prepare((index) => EACH + (index < 5 ? Math.ceil((ONE_AT_A_TIME - index) / 5) : 0));
  return paceOf((index) => engine.message(index));
};

const cpu = new Map<ProcessName, number>(PROCESSES.map((name) => [name, 0]));
const pids = new Map(PROCESSES.map((name) => [name, copy.pidOf(name)]));
let measured = 0;
/** Adds what the processes burn meanwhile. */
async function burning<T extends { lives: Life[] }>(work: () => Promise<T>): Promise<T> {
  const before = PROCESSES.map((name) => cpuMs(pids.get(name)!));
  const result = await work();
  PROCESSES.forEach((name, index) => cpu.set(name, cpu.get(name)! + cpuMs(pids.get(name)!) - before[index]!));
  measured += result.lives.length;
  return result;
}

const rounds: Round[] = [];
const historyBefore = await product.history(product.people[0]!);
const writtenBefore = (await product.people[0]!.chat()).length;
await productOne();
const historyAfter = await product.history(product.people[0]!);
const answered = ((await product.people[0]!.chat()).length - writtenBefore) / 2;

for (let index = 0; index < ROUNDS; index++) {
  const turned = index % 2 === 1; // the order turns, so that none always comes first
  const early = turned ? await enginePace() : await barePace();
  const one = await productOne();
  const many = await burning(productMany);
  const late = turned ? await barePace() : await enginePace();
  rounds.push({
    bare: turned ? late : early,
    engine: turned ? early : late,
    one: one.lives,
    many: many.lives,
    perSecond: (PARALLEL * EACH) / many.seconds,
  });
  const { bare: base, engine: ours, perSecond } = rounds.at(-1)!;
  say(`round ${index + 1}: bare ${round(median(base.one))} ms ${round(base.perSecond)}/s; engine ${round(median(ours.one))} ms ${round(ours.perSecond)}/s; whole ${round(perSecond)}/s`);
}

const ratio = (of: (one: Round) => number): number => round(median(rounds.map(of)), 2);
const stage = (name: keyof Life, lives: Life[]) => round(median(lives.map((life) => life[name])));
const ones = rounds.flatMap((one) => one.one);
const manys = rounds.flatMap((one) => one.many);
const stages = (lives: Life[]) => (['journal', 'dispatch', 'decide', 'send', 'ack'] as const).map((name) => `${name} ${stage(name, lives)}`).join(' · ');

say('');
say(`reply: ${ROUNDS} rounds, debounce and pace off, stage log on, ${PARALLEL} warm conversations, WAL+FULL SQLite server`);
const all = (of: 'bare' | 'engine', which: 'one' | 'many') => rounds.flatMap((one) => one[of][which]);
say(`engine, one at a time: ${spread(all('engine', 'one'))}; bare ${spread(all('bare', 'one'))}`);
say(`engine, one at a time, ratio to bare: p50 ${ratio((one) => median(one.engine.one) / median(one.bare.one))} (aim ≤ 1.5, stretch 1.25)`);
say(`engine, ${PARALLEL} parallel: ${spread(all('engine', 'many'))}; bare ${spread(all('bare', 'many'))}`);
say(`engine, ${PARALLEL} parallel: ${round(median(rounds.map((one) => one.engine.perSecond)))}/s; bare ${round(median(rounds.map((one) => one.bare.perSecond)))}/s; ratio ${ratio((one) => one.engine.perSecond / one.bare.perSecond)} (aim ≥ 0.7, stretch 0.85)`);
say(`whole, ${PARALLEL} parallel: ${round(median(rounds.map((one) => one.perSecond)))}/s; ratio to bare ${ratio((one) => one.perSecond / one.bare.perSecond)}`);
say(`whole (customer's stanza in → bot's stanza out), one at a time: ${spread(ones.map((life) => life.whole))}`);
say(`whole, ${PARALLEL} parallel: ${spread(manys.map((life) => life.whole))}`);
say(`stages, one at a time, median ms: ${stages(ones)}`);
say(`stages, ${PARALLEL} parallel, median ms: ${stages(manys)}`);
say(`CPU-ms a message at ${PARALLEL} parallel: ${PROCESSES.map((name) => `${name} ${round(cpu.get(name)! / Math.max(1, measured))}`).join(' · ')}`);
say(`history an answered message: ${round((historyAfter.events - historyBefore.events) / answered)} events, ${Math.round((historyAfter.bytes - historyBefore.bytes) / answered)} bytes (aim ≤ 11, ≤ 2100)`);

product.stop();
await engine.stop();
await bare.stop();
await copy.stop();
