import type pg from 'pg';

/** `child` has a foreign key to `parent`. */
interface Reference {
  child: string;
  parent: string;
}

/** Tables with a company's rows, the operator's among them. */
const OWNED = `select table_name as name from information_schema.columns join information_schema.tables using (table_schema, table_name)
  where table_schema = 'public' and column_name = 'company' and table_type = 'BASE TABLE' order by 1`;
const REFERENCES = `select distinct c.conrelid::regclass::text as child, c.confrelid::regclass::text as parent from pg_constraint c
  where c.contype = 'f' and c.connamespace = 'public'::regnamespace and c.conrelid <> c.confrelid`;
/** The one pair of tables that name each other: a flow its published version, a version its flow. The link is cut first. */
const CUT: Reference = { child: 'flows', parent: 'flow_versions' };

/** Each table after those that refer to it. @throws Error when tables name each other in a circle that nobody cuts */
export function childrenFirst(tables: readonly string[], references: readonly Reference[]): string[] {
  const open = references.filter(({ child, parent }) => !(child === CUT.child && parent === CUT.parent));
  const ordered: string[] = [];
  let left = [...tables];
  while (left.length > 0) {
    const free = left.filter((table) => !open.some(({ child, parent }) => parent === table && left.includes(child)));
    if (free.length === 0) throw new Error(`Tables that refer to each other: ${left.join(', ')}`);
    ordered.push(...free);
    left = left.filter((table) => !free.includes(table));
  }
  return ordered;
}

/** Every table that has rows of companies, in the order in which they can be deleted. Asked of the database: none is forgotten. */
export async function deletionOrder(client: pg.Client): Promise<string[]> {
  const tables = (await client.query<{ name: string }>(OWNED)).rows.map(({ name }) => name);
  const references = (await client.query<Reference>(REFERENCES)).rows;
  return childrenFirst(tables, references);
}
