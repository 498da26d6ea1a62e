import type { EntityManager } from '@mikro-orm/postgresql';
import { outsideSystems, type OutsideSystemId } from '../../../libs/crm/registry.js';
import { readCustomerLayout } from '../../../libs/db/company-profile.js';
import { Company } from '../../../libs/db/entities/company.js';
import { readReceiptPolicy } from '../../../libs/db/receipt-policy.js';
import { shownFields } from '../../../libs/domain/customer-fields.js';
import type { Permission } from '../../../libs/domain/permissions.js';
import type { Sources } from '../platform/sources.js';
import type { SettingsCardId, SettingsCardView } from './settings.schema.js';

/** What a card's state is read with. */
export interface CardReader {
  /** Of `forCompany`: sees this company alone. */
  em: EntityManager;
  company: string;
  sources: Sources;
}
export type CardReading = Omit<SettingsCardView, 'card'>;

/** How a card knows its state. */
export interface SettingsCardState {
  card: SettingsCardId;
  /** Who sees the card: what its screen asks for. */
  permission: Permission;
  /** Quick: rows alone, no call to the outside. */
  read(reader: CardReader): Promise<CardReading>;
}

async function count({ em, company }: CardReader, rows: string): Promise<number> {
  const [row] = await em.execute<{ count: number }[]>(`select count(*)::int as count from ${rows}`, [company]);
  return row!.count;
}

/** A card whose module is always on; it tells how much is in it. */
const counted = (code: NonNullable<CardReading['detail']>['code'], rows: string) => async (reader: CardReader): Promise<CardReading> =>
  ({ state: 'ready', detail: { code, values: { count: await count(reader, rows) } } });

async function departments(reader: CardReader): Promise<CardReading> {
  const there = await count(reader, 'departments where company = ?');
  if (there === 0) return { state: 'incomplete', detail: { code: 'departments-none', values: {} } };
  return { state: 'ready', detail: { code: 'departments-count', values: { count: there } } };
}

async function company({ em, company: id }: CardReader): Promise<CardReading> {
  const { profileConfirmedAt } = await em.findOneOrFail(Company, { id });
  return profileConfirmedAt ? { state: 'ready' } : { state: 'incomplete', detail: { code: 'profile-unconfirmed', values: {} } };
}

async function fields({ em, company: id }: CardReader): Promise<CardReading> {
  return { state: 'ready', detail: { code: 'fields-shown', values: { count: shownFields(await readCustomerLayout(em, id)).size } } };
}

async function integrations({ em, company: id }: CardReader): Promise<CardReading> {
  const [row] = await em.execute<{ system: OutsideSystemId; down: boolean }[]>(
    `select c.system, coalesce(h.state = 'down', false) as down from isp_connections c left join isp_health h on h.company = c.company and h.system = c.system
      where c.company = ? and c.active`, [id]);
  if (!row) return { state: 'ready', detail: { code: 'isp-embedded', values: {} } };
  const values = { system: outsideSystems[row.system]?.name ?? row.system };
  return row.down ? { state: 'failing', detail: { code: 'isp-down', values } } : { state: 'ready', detail: { code: 'isp-active', values } };
}

async function gateway(reader: CardReader): Promise<CardReading> {
  const tokens = await count(reader, 'gateway_tokens where company = ? and revoked_at is null');
  if (tokens === 0) return { state: 'off', detail: { code: 'gateway-none', values: {} } };
  const unheard = await count(reader, `notice_events where company = ? and callback = 'due' and attempts > 2`);
  return unheard > 0 ? { state: 'failing', detail: { code: 'gateway-untold', values: {} } } : { state: 'ready', detail: { code: 'gateway-tokens', values: { count: tokens } } };
}

async function receipts(reader: CardReader): Promise<CardReading> {
  const { policy: { mode } } = await readReceiptPolicy(reader.em, reader.company);
  if (mode === 'off') return { state: 'off' };
  const accounts = await count(reader, `payment_methods where company = ? and kind = 'transfer' and removed_at is null`);
  if (accounts === 0) return { state: 'incomplete', detail: { code: 'receipts-no-account', values: {} } };
  return { state: 'ready', detail: { code: mode === 'manual' ? 'receipts-manual' : 'receipts-auto', values: {} } };
}

async function paymentMethods(reader: CardReader): Promise<CardReading> {
  const failing = await count(reader, 'payment_platforms where company = ? and fault is not null');
  if (failing > 0) return { state: 'failing', detail: { code: 'payment-platform-failing', values: {} } };
  const shown = await count(reader, 'payment_methods where company = ? and removed_at is null and visible');
  return shown === 0 ? { state: 'incomplete', detail: { code: 'payment-methods-none', values: {} } } : { state: 'ready', detail: { code: 'payment-methods-shown', values: { count: shown } } };
}

async function models(reader: CardReader): Promise<CardReading> {
  const [row] = await reader.em.execute<{ enabled: boolean; model: string; fault: string | null }[]>(
    'select s.enabled, s.vision_model as model, h.fault from model_settings s left join model_health h on h.company = s.company where s.company = ?', [reader.company]);
  if (!row) return { state: 'off', detail: { code: 'models-none', values: {} } };
  const values = { model: row.model };
  if (!row.enabled) return { state: 'off', detail: { code: 'models-off', values } };
  return row.fault === null ? { state: 'ready', detail: { code: 'models-asked', values } } : { state: 'failing', detail: { code: 'models-failing', values } };
}

/** Every card, each with its reader; a new card is a line here. */
export const cardStateReaders: readonly SettingsCardState[] = [
  { card: 'company', permission: 'company.manage', read: company },
  { card: 'users', permission: 'users.manage', read: counted('users-active', 'users where company = ? and active') },
  { card: 'departments', permission: 'departments.manage', read: departments },
  { card: 'integrations', permission: 'integrations.manage', read: integrations },
  { card: 'customer-fields', permission: 'company.manage', read: fields },
  { card: 'gateway', permission: 'gateway.manage', read: gateway },
  { card: 'payment-methods', permission: 'payments.manage', read: paymentMethods },
  { card: 'statuses', permission: 'statuses.manage', read: counted('statuses-scheduled', `statuses where company = ? and state = 'scheduled'`) },
  { card: 'models', permission: 'models.manage', read: models },
  { card: 'receipts', permission: 'payments.manage', read: receipts },
  { card: 'audit', permission: 'audit.read', read: counted('audit-entries', `audit_log where company = ? and at > now() - interval '7 days'`) },
];
