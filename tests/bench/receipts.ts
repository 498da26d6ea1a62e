import { judgeReceipt, type Verdict } from '../../libs/domain/receipt/judge.js';
import type { Earlier, Evidence } from '../../libs/domain/receipt/evidence.js';
import { defaultReceiptPolicy } from '../../libs/domain/receipt/policy.js';
import type { ReadReceipt } from '../../libs/domain/receipt/receipt.js';
import { areConfusable, isSameReceipt, NEAR_PRINT, tellingReferences } from '../../libs/domain/receipt/repeats.js';
import { confirm, type IncomingPayment } from '../../libs/domain/receipt/statement.js';
import { openCharacterReader } from '../../libs/receipts/characters.js';
import { printDistance } from '../../libs/receipts/picture-print.js';
import { readReceipt } from '../../libs/receipts/read-receipt.js';
import { findChromium } from '../../infra/chromium.mjs';
import { launchChromium } from '../browser/chromium.js';
import { openDrawing } from '../receipts/draw.js';
import { layouts } from '../receipts/layouts.js';
import { companyIn, receiptSet, TODAY, type SetEntry } from '../receipts/receipt-set.js';
import { scoreOf, type FieldScore } from '../receipts/score.js';

/**
 * How well receipts are read and judged without a model: `npm run bench -- receipts [layout]`. Each entry of the generated set goes through the product's
 * own reader, comparisons and judge, against what the bank has booked and what came before; two layouts and all forgeries were kept away from whoever tuned
 * the reader.
 */
interface Seen {
  entry: SetEntry;
  read: ReadReceipt;
  print: Buffer | undefined;
  state: Earlier['state'];
}

const only = process.argv[2];
const browser = await launchChromium(await findChromium());
const drawing = await openDrawing(browser);
const characters = openCharacterReader();

const entries: SetEntry[] = [];
for await (const entry of receiptSet((receipt) => drawing.draw(receipt))) if (only === undefined || entry.truth.layout === only) entries.push(entry);
await drawing.close();
await browser.close();

/** As the bank's statement says it; one payment settles one receipt. */
const payments: IncomingPayment[] = entries.flatMap(({ booked }) => booked ?? []);
const seen: Seen[] = [];

function earlierOf(read: ReadReceipt, print: Buffer | undefined): Evidence['earlier'] {
  const as = ({ entry, state }: Seen): Earlier => ({ receipt: entry.id, state, isSameCustomer: false });
  const mine = tellingReferences(read);
  const reference = seen.find((one) => tellingReferences(one.read).some((value) => mine.includes(value)));
  const confusable = seen.find((one) => tellingReferences(one.read).some((value) => mine.some((each) => areConfusable(each, value))));
  const picture = print && seen.find((one) => one.print && printDistance(one.print, print) <= NEAR_PRINT && isSameReceipt(one.read, read));
  return { ...(reference && { reference: as(reference) }), ...(confusable && { confusable: as(confusable) }), ...(picture && { picture: as(picture) }) };
}

function evidenceFor(entry: SetEntry, read: ReadReceipt, print: Buffer | undefined): { evidence: Evidence; payment?: IncomingPayment } {
  const { truth } = entry;
  const company = companyIn(truth.country);
  const confirmation = confirm(read, payments, entry.id);
  const payment = confirmation.result === 'confirmed' ? payments.find(({ id }) => id === confirmation.payment) : undefined;
  const due = { amount: truth.amount, currency: read.amount?.currency ?? '' };
  return {
    ...(payment && { payment }),
    evidence: {
      customer: { name: truth.payer.name, open: [{ id: '1', number: '1', issuedOn: '2026-11-01', dueOn: '2026-11-10', amount: due, state: 'open' }], knownPayers: [], accepted: 0 },
      accounts: [{ id: 'own', number: company.account, alias: company.alias, holder: company.name, document: company.document }],
      earlier: earlierOf(read, print), verified: confirmation.result, today: TODAY,
    },
  };
}

const results: { entry: SetEntry; score: FieldScore; verdict: Verdict['outcome'] | 'unreadable'; ms: number }[] = [];
for (const [i, entry] of entries.entries()) {
  const beganAt = performance.now();
  const reading = await readReceipt(entry.picture, characters, { usual: entry.truth.country, today: TODAY });
  const ms = performance.now() - beganAt;
  if (!reading.ok) {
    results.push({ entry, score: scoreOf(entry.truth, undefined), verdict: 'unreadable', ms });
    continue;
  }
  const { evidence, payment } = evidenceFor(entry, reading.read, reading.print);
  const { outcome, reasons } = judgeReceipt(reading.read, evidence, defaultReceiptPolicy);
  if (payment && outcome === 'accepted') payment.settles = entry.id;
  seen.push({ entry, read: reading.read, print: reading.print, state: outcome === 'accepted' ? 'accepted' : 'open' });
  const score = scoreOf(entry.truth, reading.read);
  results.push({ entry, score, verdict: outcome, ms });
  if (process.env['VERBOSE']) console.log(`${i + 1}/${entries.length} ${entry.id}: ${outcome} ${reasons.join(' ')} · ${score.wrong.join(' ')}`);
}
await characters.close();

const percent = (part: number, whole: number) => (whole === 0 ? '–' : `${((100 * part) / whole).toFixed(1)} %`);
const sum = (numbers: number[]) => numbers.reduce((before, one) => before + one, 0);
const accuracy = (of: typeof results) => percent(sum(of.map(({ score }) => score.right)), sum(of.map(({ score }) => score.of)));
const unseen = new Set(layouts.filter((layout) => layout.unseen).map(({ id }) => id));
const genuine = results.filter(({ entry }) => entry.kind !== 'forged');

console.log(`\n${results.length} receipts · fields right, by layout (clean / photographed):`);
for (const { id } of layouts) {
  const of = genuine.filter(({ entry }) => entry.truth.layout === id);
  if (of.length > 0) console.log(`  ${id}${unseen.has(id) ? ' (unseen)' : ''}: ${accuracy(of.filter(({ entry }) => entry.kind === 'clean'))} / ${accuracy(of.filter(({ entry }) => entry.kind === 'photographed'))}`);
}
console.log('decisions:');
for (const kind of ['clean', 'photographed', 'forged'] as const) {
  const of = results.filter(({ entry }) => entry.kind === kind);
  const count = (outcome: string) => of.filter(({ verdict }) => verdict === outcome).length;
  console.log(`  ${kind}: accepted ${count('accepted')}, review ${count('review')}, rejected ${count('rejected')}, not a receipt ${count('not-a-receipt')}, unreadable ${count('unreadable')} of ${of.length}`);
}
const clean = results.filter(({ entry }) => entry.kind === 'clean');
const times = results.map(({ ms }) => ms).sort((one, other) => one - other);
console.log(
  `fields clean ${accuracy(clean)}, of unseen layouts ${accuracy(clean.filter(({ entry }) => unseen.has(entry.truth.layout)))}, photographed ${accuracy(genuine.filter(({ entry }) => entry.kind === 'photographed'))}; ` +
  `genuine clean accepted ${percent(clean.filter(({ verdict }) => verdict === 'accepted').length, clean.length)}; forged accepted ${results.filter(({ entry, verdict }) => entry.kind === 'forged' && verdict === 'accepted').length}; ` +
  `p50 ${((times[Math.floor(times.length / 2)] ?? 0) / 1000).toFixed(1)} s, p95 ${((times[Math.floor(times.length * 0.95)] ?? 0) / 1000).toFixed(1)} s a receipt`,
);
