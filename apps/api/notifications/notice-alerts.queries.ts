import type { EntityManager } from '@mikro-orm/postgresql';
import type { Notification } from './notification.schema.js';

interface Row {
  channel: string;
  name: string;
  day: string;
  late: number;
  asked: string;
}

/** Batches of notices of which some will be late, and nobody has said what becomes of them. */
export async function noticeAlerts(em: EntityManager, company: string): Promise<Notification[]> {
  const rows = await em.execute<Row[]>(
    `select b.channel, h.name, b.day::text, b.late, b.asked_at asked from notice_batches b join channels h on h.company = b.company and h.id = b.channel
      where b.company = ? and b.asked_at is not null and b.paused_at is null`, [company]);
  return rows.map(({ channel, name, day, late, asked }) => ({
    id: `${channel}/notices-late/${day}`, kind: 'notices-late', at: new Date(asked).toISOString(),
    text: `${late === 1 ? 'Un aviso no llega' : `${late} avisos no llegan`} a salir de «${name}» antes de vencer: decidí en Avisos qué hacer.`,
  }));
}
