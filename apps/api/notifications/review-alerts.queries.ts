import type { EntityManager } from '@mikro-orm/postgresql';
import type { Notification } from './notification.schema.js';

const MOST = 10;

/** Receipts that have waited for a person longer than the company lets them (policy `remindAfterHours`). */
export async function reviewAlerts(em: EntityManager, company: string): Promise<Notification[]> {
  const rows = await em.execute<{ id: string; customer: string | null; at: string }[]>(
    `select id, nullif(customer_name, '') customer, reminded_at at from receipts
      where company = ? and state = 'review' and reminded_at is not null order by reminded_at desc limit ${MOST}`, [company]);
  return rows.map(({ id, customer, at }) => ({
    id: `receipt/${id}/late`, kind: 'receipt-late', at: new Date(at).toISOString(), receipt: id,
    text: `${customer === null ? 'Un comprobante' : `El comprobante de ${customer}`} espera hace mucho que alguien lo revise.`,
  }));
}
