import { randomUUID } from 'node:crypto';
import type { EntityManager } from '@mikro-orm/postgresql';
import { planImport, type ImportOptions, type ImportPlan, type KnownBook, type PlannedRow } from '../../libs/domain/customer-import/plan-import.js';
import { folded } from '../../libs/domain/customer-import/values.js';
import { e164Digits, phoneCountryOf, phoneKey } from '../../libs/domain/phone.js';
import { lockSettings, takeNumbers } from './invoices.js';
import { ImportWriter } from './import-writer.js';
import { BookRefusal } from './refusal.js';

/** Drafts that nobody confirmed are forgotten after a day: they hold a list of people. */
const FORGET = `delete from import_batches where company = ? and state = 'draft' and made_at < clock_timestamp() - interval '1 day'`;

/** Keeps what was uploaded until somebody confirms it. @param table header first */
export async function keepDraft(em: EntityManager, company: string, file: { name: string; table: readonly (readonly string[])[] }, by: string): Promise<string> {
  const id = randomUUID();
  await em.execute(FORGET, [company]);
  await em.execute(
    `insert into import_batches (company, id, file_name, state, content, made_by_name) values (?, ?::uuid, ?, 'draft', ?::jsonb, ?)`,
    [company, id, file.name, JSON.stringify(file.table), by]);
  return id;
}

/** @throws BookRefusal `import-unknown`, `import-done` */
export async function draftTable(em: EntityManager, company: string, id: string): Promise<string[][]> {
  const [row] = await em.execute<{ state: string; content: string[][] | null }[]>(
    'select state, content from import_batches where company = ? and id = ?::uuid for update', [company, id]);
  if (!row) throw new BookRefusal('import-unknown');
  if (row.state !== 'draft' || row.content === null) throw new BookRefusal('import-done');
  return row.content;
}

async function knownBook(em: EntityManager, company: string): Promise<KnownBook> {
  return {
    customers: await em.execute<KnownBook['customers'][number][]>('select id, number, document from customers where company = ?', [company]),
    services: await em.execute<KnownBook['services'][number][]>('select id, number, customer from services where company = ?', [company]),
    plans: await em.execute<KnownBook['plans'][number][]>('select id, name from plans where company = ?', [company]),
  };
}

/** What a draft would do now. Nothing is written. @throws BookRefusal as `draftTable` */
export async function previewImport(em: EntityManager, company: string, id: string, options: ImportOptions): Promise<ImportPlan> {
  const [, ...rows] = await draftTable(em, company, id);
  const [own] = await em.execute<{ locale: string }[]>('select locale from companies where id = ?', [company]);
  const country = phoneCountryOf(own?.locale ?? 'es-AR');
  const readPhone = (text: string) => e164Digits(text, country) ?? e164Digits(`+${text.replace(/\D/gu, '')}`);
  return planImport(rows, await knownBook(em, company), options, readPhone);
}

/**
 * Does what was previewed, all of it or nothing.
 * @param seen the counts of the preview
 * @throws BookRefusal `import-changed` where it would do something else by now, `import-empty` where it would do nothing, and as `draftTable`
 */
export async function confirmImport(em: EntityManager, company: string, id: string, options: ImportOptions, seen: ImportPlan['counts']): Promise<ImportPlan['counts']> {
  // Whoever gives a number of a customer or service waits here, so that the preview stays true until the end.
  await lockSettings(em, company);
  const plan = await previewImport(em, company, id, options);
  const { counts } = plan;
  if (JSON.stringify(sorted(counts)) !== JSON.stringify(sorted(seen))) throw new BookRefusal('import-changed');
  if (counts.create + counts.update + counts.services === 0) throw new BookRefusal('import-empty');
  await write(em, company, id, plan);
  await em.execute(
    `update import_batches set state = 'done', content = null, counts = ?::jsonb, done_at = clock_timestamp() where company = ? and id = ?::uuid`,
    [JSON.stringify(counts), company, id]);
  return counts;
}

const sorted = (counts: ImportPlan['counts']) => Object.entries(counts).sort(([one], [other]) => one.localeCompare(other));

/** Numbers for what has none, past all that the file or the book gives by itself. */
async function numbersFor(em: EntityManager, company: string, rows: readonly PlannedRow[], of: { field: 'number' | 'serviceNumber'; counter: 'last_customer' | 'last_service'; table: 'customers' | 'services' }): Promise<Map<number, string>> {
  const taken = new Set((await em.execute<{ number: string }[]>(`select number from ${of.table} where company = ?`, [company])).map(({ number }) => number));
  for (const { read } of rows) taken.add(read[of.field]);
  const settings = await lockSettings(em, company);
  const first = of.counter === 'last_customer' ? settings.lastCustomer : settings.lastService;
  let last = first;
  const numbers = new Map<number, string>();
  for (const row of rows) {
    let number = row.read[of.field];
    while (number === '') {
      const next = String((last += 1));
      if (!taken.has(next)) number = next;
    }
    taken.add(number);
    numbers.set(row.line, number);
  }
  if (last > first) await takeNumbers(em, company, of.counter, last - first);
  return numbers;
}

async function write(em: EntityManager, company: string, batch: string, { rows, plans }: ImportPlan): Promise<void> {
  const writer = new ImportWriter(em, company, batch);
  const [own] = await em.execute<{ currency: string; today: string }[]>(
    'select currency, (clock_timestamp() at time zone time_zone)::date::text as today from companies where id = ?', [company]);
  await writer.plans(plans.map((plan) => ({ ...plan, currency: own!.currency })));
  const planIds = new Map((await em.execute<{ id: string; name: string }[]>('select id, name from plans where company = ?', [company])).map(({ id, name }) => [folded(name), id]));
  const created = rows.filter(({ action }) => action === 'create');
  const numbers = await numbersFor(em, company, created, { field: 'number', counter: 'last_customer', table: 'customers' });
  const ids = new Map(created.map(({ line }) => [line, randomUUID()]));
  await writer.customers(created.map(({ read, line }) => ({ id: ids.get(line)!, number: numbers.get(line)!, read, phoneKeys: read.phones.map(phoneKey) })));
  for (const { action, customer, read } of rows) if (action === 'update') await writer.changeCustomer(customer!, read, read.phones.map(phoneKey));
  const ownerOf = ({ line, customer, joins }: PlannedRow) => customer ?? ids.get(joins ?? line)!;
  const served = rows.filter(({ service }) => service === 'create');
  const serviceNumbers = await numbersFor(em, company, served, { field: 'serviceNumber', counter: 'last_service', table: 'services' });
  await writer.services(served.map((row) => ({
    id: randomUUID(), customer: ownerOf(row), number: serviceNumbers.get(row.line)!, plan: planIds.get(folded(row.read.plan))!, read: row.read,
  })));
  for (const { service, read } of rows) if (typeof service === 'object') await writer.changeService(service.update, read, planIds.get(folded(read.plan)));
  await writer.balances(rows.filter(({ owes }) => owes).map(({ line, read }) => (
    { id: randomUUID(), customer: ids.get(line)!, customerNumber: numbers.get(line)!, amount: read.balance, issuedOn: own!.today, dueOn: read.balanceDueOn || own!.today, currency: own!.currency })));
  await writer.remember();
}
