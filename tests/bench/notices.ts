import { setTimeout as pause } from 'node:timers/promises';
import { RunningCopy } from '../stories/running-copy.js';
import { quantile, round } from './figures.js';
import { GatewayCaller, type AcceptedNotice } from './gateway-caller.js';

/**
 * Notices that the gateway accepts on the day of the invoices, while its process is killed once amid it: how long they take, that all are in
 * the rows and none is twice, and that each person's are in their order; beside a bare insert on the same PostgreSQL.
 * `npm run bench -- notices [how many] [people] [at once]`
 */
const [COUNT = 10_000, PEOPLE = 2_500, AT_ONCE = 32] = process.argv.slice(2).map(Number);
const LIMIT_S = 60;

const say = (line: string): void => void process.stdout.write(`${line}\n`);
const numberOf = (person: number): string => `549341${String(4_000_000 + person)}`;

/** Everybody's notices, one after the other for each person, and so many people at once. */
async function sendAll(caller: GatewayCaller, onDone: (done: number) => void): Promise<AcceptedNotice[]> {
  const accepted: AcceptedNotice[] = [];
  let next = 0;
  const worker = async (): Promise<void> => {
    for (let person = next++; person < PEOPLE; person = next++) {
      for (let nth = 0; person + nth * PEOPLE < COUNT; nth++) {
        accepted.push(await caller.send(numberOf(person), nth, `Su factura ${nth} de ${person} vence el 10. Puede pagarla con transferencia.`));
        onDone(accepted.length);
      }
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  return accepted;
}

/** As many rows with the same columns into a table without any rule, one statement each, over as many connections as the API has. */
async function bareInserts(copy: RunningCopy): Promise<number> {
  const { pool } = copy.opened();
  await pool.query('create table bare_notices (company text, id bigint generated always as identity primary key, address text, text text, at timestamptz default clock_timestamp())');
  let next = 0;
  const beganAt = performance.now();
  await Promise.all(Array.from({ length: AT_ONCE }, async () => {
    for (let row = next++; row < COUNT; row = next++) {
      await pool.query({ name: 'bare', text: 'insert into bare_notices (company, address, text) values ($1, $2, $3)', values: ['demo', numberOf(row % PEOPLE), `Su factura vence el 10. ${row}`] });
    }
  }));
  const took = performance.now() - beganAt;
  await pool.end();
  return took / 1_000;
}

/** What is wrong with the rows; nothing, if nothing is. */
async function wrongWith(copy: RunningCopy, accepted: readonly AcceptedNotice[]): Promise<string[]> {
  const rows = await copy.rows<{ id: string; key: string; address: string }>(`select n.id::text, n.dedupe_key key, n.address from notices n where n.company = 'demo' order by n.id`);
  const byKey = new Map(rows.map(({ id, key }) => [key, id]));
  const wrong: string[] = [];
  if (rows.length !== COUNT) wrong.push(`${rows.length} rows for ${COUNT} notices`);
  if (byKey.size !== rows.length) wrong.push(`${rows.length - byKey.size} twice`);
  const lost = accepted.filter(({ id, to, nth }) => byKey.get(`${to}-${nth}`) !== id);
  if (lost.length > 0) wrong.push(`${lost.length} answered with an id that is not theirs`);
  const last = new Map<string, number>();
  const unordered = rows.filter(({ key, address }) => {
    const nth = Number(key.split('-')[1]);
    const before = last.get(address) ?? -1;
    last.set(address, nth);
    return nth !== before + 1;
  });
  if (unordered.length > 0) wrong.push(`${unordered.length} out of their person’s order`);
  return wrong;
}

const copy = await RunningCopy.start();
try {
  const bareS = await bareInserts(copy);
  say(`${COUNT} bare inserts: ${round(bareS, 1)} s`);
  const caller = await GatewayCaller.of(copy);
  let killed = false;
  let outS = 0;
  const beganAt = performance.now();
  const accepted = await sendAll(caller, (done) => {
    if (killed || done < COUNT / 2) return;
    killed = true;
    const diedAt = performance.now();
    void copy.killProcess('api')().then(() => copy.untilFit()).then(() => { outS = (performance.now() - diedAt) / 1_000; });
  });
  const tookS = (performance.now() - beganAt) / 1_000;
  while (outS === 0) await pause(50);
  const times = accepted.map(({ ms }) => ms);
  const wrong = await wrongWith(copy, accepted);
  const [open] = await copy.rows<{ lane: number; batches: number }>(
    `select (select count(*)::int from notices where message is not null) lane, (select count(*)::int from notice_batches where looked_at is not null) batches`);
  say('');
  say(`accepted ${accepted.length} in ${round(tookS, 1)} s (aim ≤ ${LIMIT_S}), ${round(accepted.length / tookS)} a second, with its process killed once (back in ${round(outS, 1)} s)`);
  say(`an answer takes ${round(quantile(times, 0.5))} ms (median), ${round(quantile(times, 0.99))} ms (99 %), ${round(quantile(times, 1))} ms (longest, over the kill); asked again: ${accepted.filter(({ tries }) => tries > 1).length}`);
  say(`a bare insert on the same PostgreSQL is ${round(tookS / bareS, 1)} times as fast`);
  say(`in the lane of the number: ${open!.lane}; looked after by ${open!.batches} workflow`);
  say(`rows: ${wrong.length === 0 ? 'all there, none twice, each person’s in order' : wrong.join('; ')}`);
  if (wrong.length > 0 || tookS > LIMIT_S) process.exitCode = 1;
} finally {
  await copy.stop();
}
