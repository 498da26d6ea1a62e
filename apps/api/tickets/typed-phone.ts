import type { EntityManager } from '@mikro-orm/postgresql';
import { phoneCountryOf } from '../../../libs/domain/phone.js';
import { readPhone } from '../../../libs/domain/phone/line.js';

/**
 * What a phone that somebody typed, in whatever spelling ("0341 15 555-0100"), is in `contact_addresses.key`.
 * @returns an array as PostgreSQL writes it; empty when no phone was typed
 */
export async function typedPhone(em: EntityManager, company: string, q: string): Promise<string> {
  if (!/\d.*\d.*\d.*\d.*\d.*\d/u.test(q)) return '{}';
  const [row] = await em.execute<{ locale: string }[]>('select locale from companies where id = ?', [company]);
  const read = readPhone(q, phoneCountryOf(row?.locale ?? ''));
  return read.ok ? `{${read.line.compare}@s.whatsapp.net}` : '{}';
}
