import type pg from 'pg';
import { deletionOrder } from './tables.js';

/** What writes while it is deleted from: a removed membership is a change, too. */
const PASSES = 3;

export interface Removed {
  table: string;
  rows: number;
}

/**
 * Deletes every row of a company and the company itself, in one transaction.
 * @param owner the owner's connection: row-level security binds it, too, so the company is named
 * @returns tables that had rows, with how many; empty when there was no such company
 */
export async function removeCompanyRows(owner: pg.Client, company: string): Promise<Removed[]> {
  const tables = await deletionOrder(owner);
  const removed = new Map<string, number>();
  await owner.query('begin');
  try {
    await owner.query(`select set_config('app.company', $1, true)`, [company]);
    await owner.query('update flows set published = null where company = $1', [company]);
    for (let pass = 0; pass < PASSES; pass++) await deletePass(owner, company, tables, removed);
    const { rowCount } = await owner.query('delete from companies where id = $1', [company]);
    if (rowCount) removed.set('companies', rowCount);
    await owner.query('commit');
  } catch (problem) {
    await owner.query('rollback');
    throw problem;
  }
  return [...removed].map(([table, rows]) => ({ table, rows }));
}

async function deletePass(owner: pg.Client, company: string, tables: readonly string[], removed: Map<string, number>): Promise<void> {
  for (const table of tables) {
    const { rowCount } = await owner.query(`delete from ${table} where company = $1`, [company]);
    if (rowCount) removed.set(table, (removed.get(table) ?? 0) + rowCount);
  }
}
