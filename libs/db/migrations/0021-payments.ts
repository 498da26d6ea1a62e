import { Migration } from '@mikro-orm/migrations';
import { paymentPlatformTables } from './company-tables.js';
import { lockRows } from './row-level-security.js';

const tables: readonly string[] = [
  // Accounts at payment platforms. door: what makes the address of its notices unguessable. token_ending, account …: what people may see of the key.
  // origin: where the company's pages were reached when it was saved: notices come back there. fault: of the last call.
  `create table payment_platforms (
    company text not null references companies,
    platform text not null check (platform in ('mercadopago')),
    access_token bytea not null,
    token_ending text not null,
    secret bytea,
    account text not null,
    account_name text not null default '',
    currency text not null,
    door text not null check (door ~ '^[A-Za-z0-9_-]{32}$'),
    origin text not null check (origin ~ '^https?://[^/ ]+$'),
    fault text,
    fault_at timestamptz,
    ok_at timestamptz,
    notified_at timestamptz,
    version int not null default 1,
    saved_at timestamptz not null default clock_timestamp(),
    primary key (company, platform)
  )`,
  // making: the platform may or may not have it yet. collector: whose account it was made for. invoice: '' where the ISP's system has no payments of one invoice.
  `create table payment_links (
    company text not null references companies,
    id uuid not null default gen_random_uuid(),
    platform text not null check (platform in ('mercadopago')),
    customer text not null,
    customer_name text not null default '',
    invoice text not null default '',
    invoice_number text not null default '',
    amount numeric(12, 2) not null check (amount > 0),
    currency text not null,
    method text not null,
    collector text not null,
    external_reference text not null,
    preference text,
    url text,
    conversation uuid,
    state text not null default 'making' check (state in ('making', 'open', 'paid', 'expired', 'cancelled')),
    settlement uuid,
    expires_at timestamptz not null,
    made_at timestamptz not null default clock_timestamp(),
    looked_at timestamptz,
    primary key (company, id),
    unique (company, external_reference),
    foreign key (company, conversation) references conversations,
    check (state in ('making', 'cancelled') or url is not null)
  ) with (fillfactor = 80)`,
  // The same invoice asked for twice gets the same link.
  `create unique index payment_links_standing on payment_links (company, platform, customer, invoice, amount, currency) where state in ('making', 'open')`,
  'create index payment_links_invoice on payment_links (company, customer, invoice, state)',
  // What a person has to see to: money that nothing could be made of by itself. Once of a kind for each payment.
  `create table payment_troubles (
    company text not null references companies,
    platform text not null,
    payment text not null,
    kind text not null check (kind in ('partly-refunded', 'not-ours', 'paid-twice', 'won-back', 'unreadable')),
    link uuid,
    settlement uuid,
    amount numeric(12, 2),
    currency text,
    at timestamptz not null default clock_timestamp(),
    primary key (company, platform, payment, kind)
  )`,
  'create index payment_troubles_at on payment_troubles (company, at desc)',
];

const triggers: readonly string[] = [
  `create trigger payment_platforms_made after insert on payment_platforms for each row execute function log_change('payment-method', 'platform', 'none')`,
  `create trigger payment_platforms_changed after update on payment_platforms for each row
    when (old.version is distinct from new.version or old.fault is distinct from new.fault or (old.notified_at is null) <> (new.notified_at is null))
    execute function log_change('payment-method', 'platform', 'none')`,
  `create trigger payment_troubles_made after insert on payment_troubles for each row execute function log_change('settlement', 'payment', 'none')`,
];

/** Payment platforms, the links that were made there, and what became of them. */
export class Migration0021Payments extends Migration {
  override up(): void {
    for (const statement of [...tables, ...lockRows(paymentPlatformTables), ...triggers]) this.addSql(statement);
  }

  override down(): void {
    throw new Error('Payments would be forgotten: restore a backup instead.');
  }
}
