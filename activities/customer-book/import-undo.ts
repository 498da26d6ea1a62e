import type { EntityManager } from '@mikro-orm/postgresql';
import { lockSettings } from './invoices.js';
import { listed } from './invoicing-runs.js';
import { BookRefusal } from './refusal.js';

/** What the batch made or changed and somebody has touched since, or uses: by what people call it. */
const TOUCHED = `with b as (select kind, subject, version, before from import_rows where company = ? and batch = ?::uuid)
  select coalesce(c.name, s.number, i.number, p.name, '…') as name from b
    left join customers c on b.kind = 'customer' and c.company = ? and c.id = b.subject left join services s on b.kind = 'service' and s.company = ? and s.id = b.subject
    left join invoices i on b.kind = 'invoice' and i.company = ? and i.id = b.subject left join plans p on b.kind = 'plan' and p.company = ? and p.id = b.subject
  where coalesce(c.version, s.version, i.version, p.version) is distinct from b.version
    or b.before is null and (
      b.kind = 'customer' and (exists (select from services x where x.company = ? and x.customer = b.subject and x.id not in (select subject from b))
        or exists (select from invoices x where x.company = ? and x.customer = b.subject and x.id not in (select subject from b))
        or exists (select from payments x where x.company = ? and x.customer = b.subject)
        or exists (select from book_requests x where x.company = ? and x.customer = b.subject))
      or b.kind = 'service' and (exists (select from invoices x where x.company = ? and x.service = b.subject)
        or exists (select from book_requests x where x.company = ? and x.service = b.subject))
      or b.kind = 'plan' and exists (select from services x where x.company = ? and x.plan = b.subject and x.id not in (select subject from b where before is null)))
  order by 1`;
const COMPANIES_IN_TOUCHED = 11;

const RESTORED = {
  customer: ['document', 'name', 'phones', 'phone_keys', 'address', 'postal_code', 'email', 'tax_condition', 'notes', 'latitude', 'longitude'],
  service: ['plan', 'address', 'installed_on', 'price', 'ip', 'onu_serial'],
} as const;

/**
 * Takes back what a batch made and changed, all of it or nothing.
 * @throws BookRefusal `import-unknown`, `import-undone`, `import-touched` with what somebody changed or used since
 */
export async function undoImport(em: EntityManager, company: string, id: string): Promise<void> {
  await lockSettings(em, company);
  const [batch] = await em.execute<{ state: string }[]>('select state from import_batches where company = ? and id = ?::uuid for update', [company, id]);
  if (!batch) throw new BookRefusal('import-unknown');
  if (batch.state !== 'done') throw new BookRefusal('import-undone');
  for (const table of ['customers', 'services', 'invoices', 'plans']) {
    await em.execute(`select 1 from ${table} where company = ? and id in (select subject from import_rows where company = ? and batch = ?::uuid) order by id for update`, [company, company, id]);
  }
  const touched = await em.execute<{ name: string }[]>(TOUCHED, [company, id, ...Array.from({ length: COMPANIES_IN_TOUCHED }, () => company)]);
  if (touched.length > 0) throw new BookRefusal('import-touched', listed(touched.map(({ name }) => name)));
  for (const kind of ['service', 'customer'] as const) await restore(em, { company, id, kind });
  for (const kind of ['invoice', 'service', 'customer', 'plan']) {
    await em.execute(
      `delete from ${kind}s t using import_rows r where r.company = ? and r.batch = ?::uuid and r.kind = ? and r.before is null and t.company = r.company and t.id = r.subject`,
      [company, id, kind]);
  }
  await em.execute(`update import_batches set state = 'undone', undone_at = clock_timestamp() where company = ? and id = ?::uuid`, [company, id]);
}

async function restore(em: EntityManager, { company, id, kind }: { company: string; id: string; kind: 'customer' | 'service' }): Promise<void> {
  await em.execute(
    `update ${kind}s t set ${RESTORED[kind].map((column) => `${column} = x.${column}`).join(', ')}
      from import_rows r cross join lateral jsonb_populate_record(null::${kind}s, r.before) x
      where r.company = ? and r.batch = ?::uuid and r.kind = ? and r.before is not null and t.company = r.company and t.id = r.subject`, [company, id, kind]);
}
