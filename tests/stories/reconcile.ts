import type { Person } from './person.js';
import type { RunningCopy } from './running-copy.js';

/** What one customer wrote, by WhatsApp's ids, in the order in which the phone sent it. */
export interface Written {
  person: Person;
  written: readonly string[];
}

interface Row {
  conversation: string;
  direction: 'in' | 'out';
  wa_id: string;
  seq: string | null;
  id: string;
  outcome: string | null;
  state: string | null;
  answers: string[] | null;
  last_seq: string;
}

export interface Reconciliation {
  /** What is not settled yet: to be asked again. */
  open: string[];
  /** What can never become right any more. */
  wrong: string[];
  counts: { written: number; rows: number; answers: number; shown: number; retries: number };
  /** How many messages ended how. */
  outcomes: Record<string, number>;
}

const ROWS = `select m.conversation, m.direction, m.wa_id, m.seq, m.id, m.outcome, m.state, m.answers, v.last_seq
  from messages m join conversations v on v.company = m.company and v.id = m.conversation
  join contact_addresses a on a.company = v.company and a.contact = v.contact
  where a.address = $1 order by m.id`;

/** One customer's rows against what the phone wrote and shows. */
function check(rows: Row[], written: readonly string[], shownIds: readonly string[], found: Reconciliation): void {
  const inbound = rows.filter((row) => row.direction === 'in').sort((a, b) => Number(a.seq) - Number(b.seq));
  const outbound = rows.filter((row) => row.direction === 'out');
  const who = rows[0]?.conversation ?? 'nobody';
  const ids = inbound.map((row) => row.wa_id);
  if (ids.length < written.length) found.open.push(`${who}: ${written.length - ids.length} messages without a row`);
  else if (ids.join() !== written.join()) found.wrong.push(`${who}: rows ${ids.join()} instead of ${written.join()}`);
  if (inbound.some((row, index) => Number(row.seq) !== index + 1)) found.wrong.push(`${who}: a gap in the numbers`);
  if (new Set(rows.map((row) => row.conversation)).size > 1) found.wrong.push(`${who}: two conversations`);

  const answers = outbound.flatMap((row) => row.answers ?? []);
  const answered = new Set(answers);
  if (answered.size < answers.length) found.wrong.push(`${who}: a message was answered twice`);
  for (const row of inbound) {
    if (row.outcome !== null) found.outcomes[row.outcome] = (found.outcomes[row.outcome] ?? 0) + 1;
    if (row.outcome === null) found.open.push(`${who}: message ${row.seq} has no outcome`);
    else if (row.outcome === 'answered' && !answered.has(row.seq!)) found.wrong.push(`${who}: ${row.seq} answered by nothing`);
  }
  for (const row of outbound) {
    if (!['sent', 'delivered', 'read'].includes(row.state!)) found.open.push(`${who}: answer ${row.id} is ${row.state}`);
  }
  const expected = outbound.map((row) => row.wa_id);
  if (shownIds.length < expected.length) found.open.push(`${who}: ${expected.length - shownIds.length} answers not shown`);
  else if (shownIds.join() !== expected.join()) found.wrong.push(`${who}: shows ${shownIds.join()} instead of ${expected.join()}`);
  found.counts.rows += inbound.length;
  found.counts.answers += outbound.length;
}

/** Joins what phones wrote and show, the network's ledger, and our rows: nothing lost, nothing twice, nothing out of order. */
export async function reconcile(copy: RunningCopy, all: readonly Written[]): Promise<Reconciliation> {
  const found: Reconciliation = { open: [], wrong: [], counts: { written: 0, rows: 0, answers: 0, shown: 0, retries: 0 }, outcomes: {} };
  for (const { person, written } of all) {
    const rows = await copy.rows<Row>(ROWS, [`${person.number}@s.whatsapp.net`]);
    const shown = (await person.chat()).filter((message) => message.from !== person.number).map((message) => message.id);
    found.counts.written += written.length;
    found.counts.shown += shown.length;
    check(rows, written, shown, found);
  }
  const ledger = await copy.network.ledger();
  found.counts.retries = ledger.filter((entry) => entry.direction === 'out' && entry.copies > 1).length;
  return found;
}
