import { parseArgs } from 'node:util';
import { Chaos } from './chaos.js';

const { values } = parseArgs({
  options: {
    messages: { type: 'string', default: '500' },
    kills: { type: 'string', default: '10' },
    customers: { type: 'string', default: '40' },
    rate: { type: 'string', default: '8' },
    seed: { type: 'string', default: String(Date.now() % 100_000) },
  },
});
const size = {
  messages: Number(values.messages), kills: Number(values.kills), customers: Number(values.customers), perSecond: Number(values.rate), seed: Number(values.seed),
};
const wrong = Object.entries(size).filter(([, value]) => !Number.isFinite(value) || value <= 0);
if (wrong.length > 0 || size.customers > 150) {
  process.stderr.write(`chaos: ${wrong.map(([name]) => name).join(', ') || 'customers (150 at most)'}: a positive number\n`);
  process.exit(2);
}
const say = (line: string): void => void process.stdout.write(`${line}\n`);
const { sent, kills, stopped, seconds, tally, unknown, keysPrinted } = await Chaos.run(size, say);
for (const kind of ['lost', 'doubled', 'disordered', 'late'] as const) for (const line of tally[kind].slice(0, 20)) say(`${kind}: ${line}`);
const total = Object.values(kills).reduce((sum, count) => sum + count, 0);
say('');
say(`chaos: seed ${size.seed}, ${size.customers} customers, ${seconds} s; ended: ${JSON.stringify(tally.outcomes)}; ${tally.answers} answers; unknown stanzas ${unknown}; private keys printed: ${keysPrinted ? 'yes' : 'no'}`);
say(`kills: ${Object.entries(kills).map(([name, count]) => `${name} ${count}`).join(', ')}; ${stopped} gateways stopped before they died`);
say('| sent | kills | lost | doubled | disordered | late |');
say('|---|---|---|---|---|---|');
say(`| ${sent} | ${total} | ${tally.lost.length} | ${tally.doubled.length} | ${tally.disordered.length} | ${tally.late.length} |`);
