import type { EntityManager } from '@mikro-orm/postgresql';
import type { Notification } from './notification.schema.js';

interface Row {
  id: string;
  receipt: string | null;
  customer: string;
  state: 'stuck' | 'kept';
  at: string;
}

const MOST = 10;

/** Payments that wait for a person: stuck on their way, or refused afterwards and left to people by the company's policy. */
export async function settlementAlerts(em: EntityManager, company: string): Promise<Notification[]> {
  const rows = await em.execute<Row[]>(
    `select s.id, s.receipt, coalesce(nullif(s.customer_name, ''), s.customer) customer, s.state, coalesce(max(p.at), s.opened_at) at
      from settlements s left join settlement_steps p on p.company = s.company and p.settlement = s.id
      where s.company = ? and s.state in ('stuck', 'kept')
        and not exists (select from settlement_steps r where r.company = s.company and r.settlement = s.id and s.state = 'kept' and r.step = 'reverse' and r.by_name is not null)
      group by s.company, s.id order by at desc limit ${MOST}`, [company]);
  return rows.map(({ id, receipt, customer, state, at }) => ({
    id: `settlement/${id}/${state}`, kind: `payment-${state}`, at: new Date(at).toISOString(),
    ...(receipt === null ? {} : { receipt }),
    text: state === 'stuck' ? `El pago de ${customer} espera a una persona: miralo en Comprobantes.` : `El pago de ${customer} fue rechazado después de registrado: miralo en Comprobantes.`,
  }));
}
