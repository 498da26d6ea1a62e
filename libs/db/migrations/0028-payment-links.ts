import { Migration } from '@mikro-orm/migrations';

/** Screens follow how links stand, in the chat in which they were sent. */
const links: readonly string[] = [
  `create trigger payment_links_made after insert on payment_links for each row execute function log_change('payment-link', 'id', 'conversation')`,
  `create trigger payment_links_changed after update on payment_links for each row when (old.state is distinct from new.state)
    execute function log_change('payment-link', 'id', 'conversation')`,
];

/** The address of a company's notices is changed: the former one is taken until its time is over. */
const doors: readonly string[] = [
  `alter table payment_platforms add column former_door text check (former_door ~ '^[A-Za-z0-9_-]{32}$'), add column former_until timestamptz,
    add constraint payment_platforms_former check ((former_door is null) = (former_until is null))`,
];

/** More came than was owed: a person sees to it. */
const troubles: readonly string[] = [
  'alter table payment_troubles drop constraint payment_troubles_kind_check',
  `alter table payment_troubles add constraint payment_troubles_kind_check
    check (kind in ('partly-refunded', 'not-ours', 'paid-twice', 'overpaid', 'won-back', 'unreadable'))`,
];

/** Payment links in OmniChat, the address of notices that can be changed, and what else people are told of payments. */
export class Migration0028PaymentLinks extends Migration {
  override up(): void {
    for (const statement of [...links, ...doors, ...troubles]) this.addSql(statement);
  }

  override down(): void {
    throw new Error('Notices of payments would be refused: restore a backup instead.');
  }
}
