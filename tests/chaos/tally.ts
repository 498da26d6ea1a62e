import type { PhoneMessage } from '../stories/simulated-network.js';

/** An answer that comes later than this after the last repair is late, ms. */
const LATE_MS = 60_000;

/** A message of a customer as the phone sent it. */
export interface WrittenMessage {
  id: string;
  atMs: number;
}

/** A row of `messages`, as far as the reckoning needs it. */
export interface Row {
  conversation: string;
  direction: 'in' | 'out';
  wa_id: string;
  seq: string | null;
  id: string;
  outcome: string | null;
  state: string | null;
  answers: string[] | null;
  /** State of the file that it carries, if it carries one. */
  file: string | null;
}

/** What one customer's phone, our rows and the workflow say. */
export interface Account {
  written: readonly WrittenMessage[];
  rows: readonly Row[];
  /** What the phone shows of the business, in its order. */
  shown: readonly PhoneMessage[];
  /** Highest number in the conversation's row and the highest that its workflow has settled. */
  lastSeq: number;
  handled: number;
}

export interface Tally {
  /** Written and without a row, an outcome, its file, or its answer on the phone. */
  lost: string[];
  /** Answered twice, said twice, or in two conversations. */
  doubled: string[];
  /** Rows, numbers or answers in another order than what was written and said. */
  disordered: string[];
  /** Answered more than a minute after everything ran again. */
  late: string[];
  /** How many messages ended how. */
  outcomes: Record<string, number>;
  answers: number;
}

const OUT = new Set(['sent', 'delivered', 'read']);

const isSubsequence = (few: readonly string[], all: readonly string[]): boolean => {
  let next = 0;
  for (const one of all) if (one === few[next]) next++;
  return next === few.length;
};

/** Pure: what went wrong with one customer. While the dust has not settled, `lost` may still empty; the others never do. */
export function reckon(who: string, account: Account, runningAgainMs: number): Tally {
  const { written, rows, shown, lastSeq, handled } = account;
  const tally: Tally = { lost: [], doubled: [], disordered: [], late: [], outcomes: {}, answers: 0 };
  const inbound = rows.filter((row) => row.direction === 'in').sort((a, b) => Number(a.seq) - Number(b.seq));
  const outbound = rows.filter((row) => row.direction === 'out').sort((a, b) => Number(a.id) - Number(b.id));
  const ids = written.map(({ id }) => id);
  const rowOf = new Map(inbound.map((row) => [row.wa_id, row]));
  const shownAt = new Map(shown.map((message) => [message.id, Date.parse(message.at)]));
  const answersOf = new Map<string, Row[]>();
  for (const row of outbound) for (const seq of row.answers ?? []) answersOf.set(seq, [...(answersOf.get(seq) ?? []), row]);

  for (const { id, atMs } of written) {
    const row = rowOf.get(id);
    const answers = row?.seq ? (answersOf.get(row.seq) ?? []) : [];
    if (!row) tally.lost.push(`${who}: ${id} has no row`);
    else if (row.outcome === null) tally.lost.push(`${who}: ${id} has no outcome`);
    else tally.outcomes[row.outcome] = (tally.outcomes[row.outcome] ?? 0) + 1;
    if (row && row.file !== null && row.file !== 'stored') tally.lost.push(`${who}: the file of ${id} is ${row.file}`);
    if (row?.outcome === 'answered' && answers.length === 0) tally.lost.push(`${who}: ${id} is answered by nothing`);
    if (answers.length > 1) tally.doubled.push(`${who}: ${id} is answered ${answers.length} times`);
    for (const answer of answers) {
      const seenMs = shownAt.get(answer.wa_id);
      if (seenMs === undefined) tally.lost.push(`${who}: the answer to ${id} is not on the phone`);
      else if (seenMs > Math.max(atMs, runningAgainMs) + LATE_MS) tally.late.push(`${who}: ${id}`);
    }
  }
  for (const row of outbound) if (!OUT.has(row.state ?? '')) tally.lost.push(`${who}: answer ${row.id} is ${row.state}`);
  if (handled < lastSeq) tally.lost.push(`${who}: the workflow has settled ${handled} of ${lastSeq}`);

  if (new Set(rows.map((row) => row.conversation)).size > 1) tally.doubled.push(`${who}: two conversations`);
  if (rowOf.size < inbound.length) tally.doubled.push(`${who}: a message has two rows`);
  if (new Set(shown.map(({ id }) => id)).size < shown.length) tally.doubled.push(`${who}: an answer is shown twice`);

  const rowIds = inbound.map((row) => row.wa_id);
  if (!isSubsequence(rowIds, ids)) tally.disordered.push(`${who}: rows are not in the order of writing, or not of this customer`);
  if (inbound.some((row, index) => Number(row.seq) !== index + 1)) tally.disordered.push(`${who}: a gap in the numbers`);
  if (!isSubsequence(shown.map(({ id }) => id), outbound.map((row) => row.wa_id))) tally.disordered.push(`${who}: answers are not shown in the order of saying`);
  tally.answers = outbound.length;
  return tally;
}

/** Pure: many customers' reckonings in one. */
export function sumOf(tallies: readonly Tally[]): Tally {
  const sum: Tally = { lost: [], doubled: [], disordered: [], late: [], outcomes: {}, answers: 0 };
  for (const one of tallies) {
    for (const key of ['lost', 'doubled', 'disordered', 'late'] as const) sum[key].push(...one[key]);
    for (const [outcome, count] of Object.entries(one.outcomes)) sum.outcomes[outcome] = (sum.outcomes[outcome] ?? 0) + count;
    sum.answers += one.answers;
  }
  return sum;
}
