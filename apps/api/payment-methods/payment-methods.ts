import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from '@mikro-orm/postgresql';
import { writeAudit, type Actor } from '../../../libs/db/audit.js';
import { forCompany } from '../../../libs/db/company.js';
import { checkAccount, type CheckedAccount } from '../../../libs/domain/payments/own-account.js';
import { hookPath, platformRow, type PlatformRow } from '../../../activities/payments/accounts.js';
import { ProblemException } from '../platform/problem.js';
import { SOURCES, type Sources } from '../platform/sources.js';
import { platformFaults, type MethodChange, type MethodView, type MethodsView, type NewMethod, type PlatformView } from './payment-method.schema.js';

interface Row {
  id: string;
  kind: MethodView['kind'];
  name: string;
  visible: boolean;
  number: string | null;
  alias: string | null;
  holder: string | null;
  document: string | null;
  bank: string | null;
  text: string;
}

const METHODS = 'select id, kind, name, visible, number, alias, holder, document, bank, text from payment_methods where company = ? and removed_at is null';

const viewOf = ({ number, alias, holder, document, bank, ...row }: Row): MethodView => ({
  ...row, ...Object.fromEntries(Object.entries({ number, alias, holder, document, bank }).filter(([, value]) => value !== null)),
});

const iso = (moment: Date | string): string => new Date(moment).toISOString();

export const platformView = (company: string, row: PlatformRow): PlatformView => {
  const fault = platformFaults.find((one) => one === row.fault);
  return {
    tokenEnding: row.token_ending, hasSecret: row.secret !== null, account: row.account, accountName: row.account_name, currency: row.currency, notifications: `${row.origin}${hookPath(company, row.door)}`,
    ...(row.former_until !== null && Date.now() < new Date(row.former_until).getTime() ? { formerUntil: iso(row.former_until) } : {}),
    ...(fault === undefined ? {} : { fault }), ...(row.ok_at === null ? {} : { lastOkAt: iso(row.ok_at) }), ...(row.notified_at === null ? {} : { lastNoticeAt: iso(row.notified_at) }),
  };
};

/** @throws ProblemException `account-invalid` with the fields that are wrong */
function accountOf(method: NewMethod | MethodChange): CheckedAccount {
  if (method.kind !== 'transfer') return {};
  const checked = checkAccount(method);
  if ('wrong' in checked) throw new ProblemException('account-invalid', { fields: checked.wrong });
  return checked.account;
}

const columnsOf = (method: NewMethod | MethodChange) => {
  const { number = null, alias = null, document = null } = accountOf(method);
  const [holder, bank] = method.kind === 'transfer' ? [method.holder, method.bank || null] : [null, null];
  return [method.name, method.visible, number, alias, holder, document, bank, method.kind === 'other' ? method.text : ''];
};

/** How a company's customers can pay: what they see of it, and against which accounts receipts are held. */
@Injectable()
export class PaymentMethods {
  constructor(@Inject(SOURCES) private readonly sources: Sources) {}

  read(company: string): Promise<MethodsView> {
    return forCompany(this.sources.orm, company, async (em) => {
      const platform = await platformRow(em, company);
      return { methods: await this.#list(em, company), ...(platform ? { mercadopago: platformView(company, platform) } : {}) };
    });
  }

  create(by: Actor, method: NewMethod): Promise<MethodView> {
    const { company } = by;
    return forCompany(this.sources.orm, company, async (em) => {
      const [made] = await em.execute<{ id: string }[]>(
        `insert into payment_methods (company, kind, position, name, visible, number, alias, holder, document, bank, text)
          select ?, ?, coalesce(max(position), 0) + 1, ?, ?, ?, ?, ?, ?, ?, ? from payment_methods where company = ? returning id`, [company, method.kind, ...columnsOf(method), company]);
      const view = (await this.#one(em, company, made!.id))!;
      await writeAudit(em, by, { action: 'payment-method.created', subject: view.id, after: view });
      return view;
    });
  }

  /** @throws ProblemException `not-found`, also for one of another kind; `account-invalid` */
  change(by: Actor, id: string, method: MethodChange): Promise<MethodView> {
    const { company } = by;
    return forCompany(this.sources.orm, company, async (em) => {
      const before = await this.#one(em, company, id, 'for update');
      if (before?.kind !== method.kind) throw new ProblemException('not-found');
      await em.execute(
        'update payment_methods set name = ?, visible = ?, number = ?, alias = ?, holder = ?, document = ?, bank = ?, text = ?, version = version + 1 where company = ? and id = ?::uuid',
        [...columnsOf(method), company, id]);
      const after = (await this.#one(em, company, id))!;
      await writeAudit(em, by, { action: 'payment-method.changed', subject: id, before, after });
      return after;
    });
  }

  /** Receipts to it are not recognised any more; what was paid stays. MercadoPago goes with its account. @throws ProblemException `not-found` */
  async remove(by: Actor, id: string): Promise<void> {
    const { company } = by;
    await forCompany(this.sources.orm, company, async (em) => {
      const before = await this.#one(em, company, id, 'for update');
      if (!before || before.kind === 'mercadopago') throw new ProblemException('not-found');
      await em.execute('update payment_methods set removed_at = clock_timestamp(), version = version + 1 where company = ? and id = ?::uuid', [company, id]);
      await writeAudit(em, by, { action: 'payment-method.removed', subject: id, before });
    });
  }

  /** Those that are named come first, in this order; what is not theirs is passed over. */
  async order(by: Actor, ids: readonly string[]): Promise<void> {
    const { company } = by;
    await forCompany(this.sources.orm, company, async (em) => {
      const before = (await this.#list(em, company, 'for update')).map(({ id }) => id);
      const known = ids.filter((id, at) => before.includes(id) && ids.indexOf(id) === at);
      const after = [...known, ...before.filter((id) => !known.includes(id))];
      for (const [at, id] of after.entries()) await em.execute('update payment_methods set position = ? where company = ? and id = ?::uuid and position <> ?', [at + 1, company, id, at + 1]);
      if (after.join() !== before.join()) await writeAudit(em, by, { action: 'payment-method.changed', subject: 'order', before: { order: before }, after: { order: after } });
    });
  }

  async #list(em: EntityManager, company: string, lock = ''): Promise<MethodView[]> {
    return (await em.execute<Row[]>(`${METHODS} order by position, id ${lock}`, [company])).map(viewOf);
  }

  async #one(em: EntityManager, company: string, id: string, lock = ''): Promise<MethodView | undefined> {
    const [row] = await em.execute<Row[]>(`${METHODS} and id = ?::uuid ${lock}`, [company, id]);
    return row && viewOf(row);
  }
}
