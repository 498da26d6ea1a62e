import { createHash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from '@mikro-orm/postgresql';
import { instantFrom, present } from '../../../activities/customer-book/rows.js';
import { keepStatement, readingOf } from '../../../activities/statements/drafts.js';
import { confirmStatement, undoStatement } from '../../../activities/statements/importing.js';
import { effectsOfStatement, seeStatement, type SeenEffect, type SeenStatement } from '../../../activities/statements/preview.js';
import { StatementRefusal } from '../../../activities/statements/refusal.js';
import { writeAudit, type Actor } from '../../../libs/db/audit.js';
import { forCompany } from '../../../libs/db/company.js';
import { readTable, TableFailure, type Table, type TableProblem } from '../../../libs/spreadsheet/read-table.js';
import { ProblemException } from '../platform/problem.js';
import { refusals } from '../platform/refusals.js';
import { SOURCES, type Sources } from '../platform/sources.js';
import { readImports, returnView } from './statement.queries.js';
import type { StatementConfirmed, StatementDraft, StatementImport, StatementOptions, StatementPreview, StatementUpload } from './statement.schema.js';
import { StatementWakes } from './statement-wakes.js';

/** Rows that a person sees of a file to say what its columns are: the lines above the table and some of it. */
const TOP = 15;
const MOST_LINES = 50;
const MOST_PROBLEMS = 100;
const MOST_RECEIPTS = 100;

const tableProblems: Record<TableProblem, ProblemException> = {
  unreadable: new ProblemException('import-unreadable'),
  empty: new ProblemException('import-empty'),
  'too-many': new ProblemException('too-large', { detail: 'El archivo tiene más de 20.000 filas o de 80 columnas, o demasiado texto.' }),
};
const told = refusals(StatementRefusal, {
  'statement-used': (names) => `Líneas de esta importación ya confirmaron pagos (${names}): no se puede deshacer.`,
});

function previewOf({ read, lines, returns, counts, draft }: SeenStatement, effects: readonly SeenEffect[], currency: string): Omit<StatementPreview, 'before'> {
  const lineOf = (row: number) => draft.content.lines[row]!;
  return {
    counts, sum: read.sum, debitSum: read.debits.sum, currency, ...present({ period: read.period }),
    lines: lines.slice(0, MOST_LINES).map(({ row, key: _, sourceId: __, ...line }) => ({ ...line, line: lineOf(row) })),
    problems: read.problems.slice(0, MOST_PROBLEMS).map(({ row, code }) => ({ line: lineOf(row), code, cells: draft.content.rows[row]!.filter((cell) => cell !== '').slice(0, 8) })),
    receipts: effects.slice(0, MOST_RECEIPTS).map(({ receipt, result, state, customerName, amount, row }) => ({ id: receipt, result, state, line: lineOf(row), ...present({ customerName, amount }) })),
    returns: returns.map((one) => returnView(one, lineOf(one.row), one.settlement === undefined ? undefined : { receipt: one.receipt ?? null, customer_name: one.customerName ?? '' })),
  };
}

/** Imports of banks' statements: each piece of work is one transaction, and receipts hear of it afterwards. */
@Injectable()
export class Statements {
  constructor(
    @Inject(SOURCES) private readonly sources: Sources,
    private readonly wakes: StatementWakes,
  ) {}

  within<T>(company: string, work: (em: EntityManager) => Promise<T>): Promise<T> {
    return forCompany(this.sources.orm, company, work).catch(told);
  }

  /** @throws ProblemException `not-found` for an account that is not the company's own, `statement-drafts`, and what is wrong with the file */
  async keep(by: Actor, { account, fileName }: StatementUpload, bytes: Buffer): Promise<StatementDraft> {
    const read = (): Promise<Table> => readTable(bytes, { header: 'anywhere' });
    const { kind, delimiter, encoding, rows, lines } = await read().catch((error: unknown) => Promise.reject(error instanceof TableFailure ? tableProblems[error.problem] : (error as Error)));
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    const { id, mapping, isRemembered } = await this.within(by.company, (em) => keepStatement(em, by, account, { name: fileName, sha256, rows, lines }));
    const top = rows.slice(0, Math.max(TOP, mapping.header + 4));
    return { id, fileName, kind, ...present({ delimiter, encoding }), rows: rows.length, top, mapping, remembered: isRemembered };
  }

  preview(company: string, id: string, { mapping, withAlike }: StatementOptions): Promise<StatementPreview> {
    return this.within(company, async (em) => {
      const seen = await seeStatement(em, company, id, mapping);
      const { currency } = await readingOf(em, company);
      const preview = previewOf(seen, await effectsOfStatement(em, company, seen, withAlike), currency);
      if (!seen.before) return preview;
      const [account] = await em.execute<{ name: string }[]>('select name from payment_methods where company = ? and id = ?::uuid', [company, seen.before.account]);
      return { ...preview, before: { at: instantFrom(seen.before.at), account: account!.name } };
    });
  }

  /**
   * Confirms, or tells receipts of one that was confirmed while the engine was away.
   * @throws ProblemException `engine-late`: it is confirmed, and asking again tells them
   */
  async confirm(by: Actor, id: string, options: StatementConfirmed): Promise<StatementImport> {
    const { company } = by;
    await this.within(company, async (em) => {
      const [row] = await em.execute<{ untold: boolean }[]>(`select state = 'confirmed' and woken_at is null as untold from statement_imports where company = ? and id = ?::uuid for update`, [company, id]);
      if (row?.untold) return;
      const counts = await confirmStatement(em, company, id, options, by.name);
      await writeAudit(em, by, { action: 'statement.imported', subject: id, after: { ...counts } });
    });
    await this.wakes.wake({ company, import: id });
    return this.read(company, id);
  }

  /**
   * Undoes, or tells receipts of one that was undone while the engine was away.
   * @throws ProblemException `engine-late`: it is undone, and asking again tells them
   */
  async undo(by: Actor, id: string): Promise<StatementImport> {
    const { company } = by;
    await this.within(company, async (em) => {
      const [row] = await em.execute<{ untold: boolean }[]>(`select state = 'undone' and woken_at is null and to_tell is not null as untold from statement_imports where company = ? and id = ?::uuid for update`, [company, id]);
      if (row?.untold) return;
      await undoStatement(em, company, id, by.name);
      await writeAudit(em, by, { action: 'statement.undone', subject: id, before: { state: 'confirmed' }, after: { state: 'undone' } });
    });
    await this.wakes.wake({ company, import: id, isUndone: true });
    return this.read(company, id);
  }

  /** @throws ProblemException `not-found`, for a draft, too */
  async read(company: string, id: string): Promise<StatementImport> {
    const [found] = await this.within(company, (em) => readImports(em, company, id));
    if (!found) throw new ProblemException('not-found');
    return found;
  }
}
