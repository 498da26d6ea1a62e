import { cents } from '../money.js';
import { folded } from './values.js';
import type { ColumnMapping } from './fields.js';
import { readRow, type ReadPhone, type ReadRow, type RowProblem } from './read-row.js';

/** What the book has already. */
export interface KnownBook {
  customers: readonly { id: string; number: string; document: string | null }[];
  services: readonly { id: string; number: string; customer: string }[];
  plans: readonly { id: string; name: string }[];
}

export interface ImportOptions {
  mapping: ColumnMapping;
  /** What happens to customers that the book has: their facts follow the file, or their rows are left out. */
  existing: 'update' | 'skip';
}

/** create: a new customer · update: one that the book has · join: another service of a customer of an earlier row · skip, error: nothing. */
export type RowAction = 'create' | 'update' | 'join' | 'skip' | 'error';

export interface PlannedRow {
  /** In the file, as spreadsheets count: the header is 1. */
  line: number;
  action: RowAction;
  problems: RowProblem[];
  read: ReadRow;
  /** With update: who; with join: the line that makes them. */
  customer?: string;
  joins?: number;
  /** What happens to the row's service. */
  service?: 'create' | { update: string };
  /** Makes an invoice of the row's open balance. */
  owes: boolean;
}

export interface NewPlanWanted {
  name: string;
  price: string;
  downMbps: number;
  upMbps: number;
}

export interface ImportPlan {
  rows: PlannedRow[];
  /** Plans that the book lacks. */
  plans: NewPlanWanted[];
  counts: { create: number; update: number; services: number; invoices: number; skip: number; error: number };
}

interface Made {
  line: number;
  customer?: string;
}

/** Who an earlier row of the file or the book has under a row's number or document; `conflict`: two different ones. */
class Directory {
  readonly #by = new Map<string, Made>();

  constructor(known: KnownBook) {
    for (const { id, number, document } of known.customers) this.#add({ number, document: document ?? '' }, { line: 0, customer: id });
  }

  #add({ number, document }: { number: string; document: string }, made: Made): void {
    if (number !== '') this.#by.set(`n${number}`, made);
    if (document !== '') this.#by.set(`d${document}`, made);
  }

  add(row: ReadRow, line: number): void {
    this.#add(row, { line });
  }

  find({ number, document }: ReadRow): Made | 'conflict' | undefined {
    const [one, other] = [this.#by.get(`n${number}`), this.#by.get(`d${document}`)];
    return one && other && one !== other && (one.customer ?? one.line) !== (other.customer ?? other.line) ? 'conflict' : (one ?? other);
  }
}

class Planner {
  readonly #directory: Directory;
  readonly #plans = new Set<string>();
  readonly #services: Map<string, { id?: string; owner: string }>;
  readonly newPlans = new Map<string, NewPlanWanted>();

  constructor(known: KnownBook, private readonly options: ImportOptions) {
    this.#directory = new Directory(known);
    for (const { name } of known.plans) this.#plans.add(folded(name));
    this.#services = new Map(known.services.map(({ id, number, customer }) => [number, { id, owner: customer }]));
  }

  row(read: ReadRow, line: number, problems: RowProblem[]): PlannedRow {
    const found = this.#directory.find(read);
    const nothing = (action: 'skip' | 'error'): PlannedRow => ({ line, action, problems, read, owes: false });
    if (found === 'conflict') problems.push({ field: 'number', code: 'two-customers', stops: true });
    if (found === undefined && read.name === '') problems.push({ field: 'name', code: 'missing', stops: true });
    this.#checkPlan(read, problems);
    const owner = found === undefined || found === 'conflict' ? `line ${line}` : (found.customer ?? `line ${found.line}`);
    const service = this.#serviceOf(read, owner, problems);
    if (problems.some(({ stops }) => stops) || found === 'conflict') return nothing('error');
    if (found?.customer !== undefined && this.options.existing === 'skip') return nothing('skip');
    this.#remember(read, owner);
    if (found === undefined) {
      this.#directory.add(read, line);
      if (read.number === '' && read.document === '') problems.push({ field: 'document', code: 'no-key', stops: false });
    }
    const owes = read.balance !== '' && cents(read.balance) > 0n && found === undefined;
    if (read.balance !== '' && cents(read.balance) !== 0n && !owes) problems.push({ field: 'balance', code: found === undefined ? 'in-favour' : 'not-new', stops: false });
    return {
      line, problems, read, owes, ...(service === undefined ? {} : { service }),
      ...(found === undefined ? { action: 'create' } : found.customer === undefined ? { action: 'join', joins: found.line } : { action: 'update', customer: found.customer }),
    };
  }

  #checkPlan({ plan, price }: ReadRow, problems: RowProblem[]): void {
    if (plan === '' || this.#plans.has(folded(plan)) || this.newPlans.has(folded(plan)) || price !== '') return;
    problems.push({ field: 'plan', code: 'plan-unknown', stops: true });
  }

  #serviceOf({ plan, serviceNumber }: ReadRow, owner: string, problems: RowProblem[]): PlannedRow['service'] {
    const known = serviceNumber === '' ? undefined : this.#services.get(serviceNumber);
    if (known && known.owner !== owner) problems.push({ field: 'serviceNumber', code: 'taken', stops: true });
    else if (known && known.id === undefined) problems.push({ field: 'serviceNumber', code: 'twice', stops: true });
    if (known?.id !== undefined) return { update: known.id };
    if (plan !== '') return 'create';
    if (serviceNumber !== '') problems.push({ field: 'plan', code: 'missing', stops: true });
    return undefined;
  }

  #remember({ plan, price, downMbps, upMbps, serviceNumber }: ReadRow, owner: string): void {
    if (serviceNumber !== '' && !this.#services.has(serviceNumber)) this.#services.set(serviceNumber, { owner });
    const key = folded(plan);
    if (plan === '' || this.#plans.has(key) || this.newPlans.has(key)) return;
    this.newPlans.set(key, { name: plan, price, downMbps: downMbps || Number(/\d+/u.exec(plan)?.[0] ?? 0), upMbps });
  }
}

/**
 * What importing a list would do, row by row; nothing is written. Rows with an error are left out, and say why.
 * @param table without its header
 * @param readPhone E.164 digits of a phone as people of the company's country write it
 */
export function planImport(table: readonly (readonly string[])[], known: KnownBook, options: ImportOptions, readPhone: ReadPhone): ImportPlan {
  const planner = new Planner(known, options);
  const rows = table.map((cells, at) => {
    const { read, problems } = readRow(cells, options.mapping, readPhone);
    return planner.row(read, at + 2, problems);
  });
  const count = (action: RowAction) => rows.filter((row) => row.action === action).length;
  return {
    rows, plans: [...planner.newPlans.values()],
    counts: {
      create: count('create'), update: count('update'), skip: count('skip'), error: count('error'),
      services: rows.filter(({ service }) => service === 'create').length, invoices: rows.filter(({ owes }) => owes).length,
    },
  };
}
