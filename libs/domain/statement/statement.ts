/**
 * A bank's statement of an account: what its table means, and the money that came in by it. Shapes are those that banks of six countries are known
 * to export (several were described by their users, none is specified by the banks): whatever is guessed, people see and set right.
 */

/** What a column may hold. kind: whether a line is a credit or a debit · detail: a second text · balance: not read, but not to be taken for an amount. */
export const statementFields = [
  'on', 'amount', 'credit', 'debit', 'kind', 'currency', 'description', 'detail', 'reference', 'payerName', 'payerDocument',
] as const;
export type StatementField = (typeof statementFields)[number];

/** Column of each field, counted from 0; what is absent is in no column. */
export type StatementColumns = Partial<Record<StatementField, number>>;

export interface StatementMapping {
  /** Row of the table in which the columns' names are, counted from 0; -1: there are none. */
  header: number;
  columns: StatementColumns;
  /** 03/04: the third of April, or the fourth of March. */
  days: 'day-first' | 'month-first';
  /** What separates cents. */
  decimal: ',' | '.';
}

/** Money that came in. */
export interface StatementLine {
  /** Row of the table, counted from 0. */
  row: number;
  /** `YYYY-MM-DD` */
  on: string;
  /** Decimal string, above zero. */
  amount: string;
  /** Upper case, letters and digits. */
  references: string[];
  payerName?: string;
  /** Letters and digits. */
  payerDocument?: string;
  /** All that the bank says of it. */
  description: string;
  /** What the line is known by in its account: the same in the next file, and another for the second of two equal ones. */
  key: string;
}

/** A debit by which the bank gives back what had come in, as its words say. */
export interface StatementReturn {
  row: number;
  on: string;
  amount: string;
  references: string[];
  description: string;
}

/** Why a row was not understood; it is left out. both: a credit and a debit · future: a day that has not come · too-large: more than a column holds. */
export const statementProblems = ['on-missing', 'on-unreadable', 'future', 'amount-missing', 'amount-unreadable', 'both', 'kind-unknown', 'other-currency', 'too-large'] as const;
export type StatementProblem = (typeof statementProblems)[number];

export interface ReadStatement {
  lines: StatementLine[];
  returns: StatementReturn[];
  problems: { row: number; code: StatementProblem }[];
  /** What left the account: counted, and not kept. */
  debits: { count: number; sum: string };
  /** Sum of the lines. */
  sum: string;
  /** Days of the first and last movement; absent: there is none. */
  period?: { from: string; to: string };
}
