import { ApartFailure, entryBeside, ProcessApart, type Limits } from '../apart/process-apart.js';
import { TableFailure, type ParsedTable, type ReadOptions, type Table } from './parse-table.js';
import type { TableQuestion } from './table-entry.js';

export { MOST_ROWS, TableFailure, type ReadOptions, type Table, type TableProblem } from './parse-table.js';

const LIMITS: Limits = { megabytes: 1_024, milliseconds: 30_000 };

/** @returns what reads tables in a process of its own: strangers make spreadsheets that unfold into more than a machine has */
export function tableReader(limits: Limits): (bytes: Uint8Array, options?: ReadOptions) => Promise<Table> {
  const reader = new ProcessApart<TableQuestion, ParsedTable>(entryBeside('table-entry', import.meta.url), limits);
  return async (bytes, options = {}) => {
    const parsed = await reader.ask({ bytes, options }).catch((problem: unknown) => {
      if (problem instanceof ApartFailure) throw new TableFailure('unreadable');
      throw problem;
    });
    if (!parsed.ok) throw new TableFailure(parsed.problem);
    return parsed.table;
  };
}

/**
 * Reads the first sheet of an XLSX, or a CSV of any usual delimiter and encoding. Dates come as `YYYY-MM-DD`. One file after another.
 * @throws TableFailure; Error where no process could be started
 */
export const readTable = tableReader(LIMITS);
