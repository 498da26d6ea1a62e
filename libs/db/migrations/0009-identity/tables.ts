/**
 * One person, one contact. Merged contacts are a forest: each names the one that it was merged into, none is deleted, so that every merge
 * can be undone. `contact` of an address and of a conversation is always the root, `home` whose it was before: null where that is the same.
 */
export const identityTables: readonly string[] = [
  // What the spellings of one phone jid have in common: `compare` of libs/domain/phone for the three countries in which WhatsApp has
  // accounts under two spellings (a spec holds both against each other). Of other addresses: the address.
  `create function address_key(p_address text) returns text language sql immutable parallel safe as $$
    select regexp_replace(regexp_replace(regexp_replace(p_address,
      '^549((?:11|[23]\\d)\\d{8}@s\\.whatsapp\\.net)$', '54\\1'),
      '^521([2-9]\\d{9}@s\\.whatsapp\\.net)$', '52\\1'),
      '^55([14689][1-9]|2[12478]|3[1-578]|5[13-5]|7[13-579])9([6-9]\\d{7}@s\\.whatsapp\\.net)$', '55\\1\\2')
  $$`,
  `alter table contacts add column merged_into uuid, add foreign key (company, merged_into) references contacts`,
  `create index contacts_merged on contacts (company, merged_into) where merged_into is not null`,
  `alter table contact_addresses add column home uuid, add column key text generated always as (address_key(address)) stored,
    add foreign key (company, home) references contacts`,
  `create index contact_addresses_key on contact_addresses (company, key)`,

  // Of a person's conversations on a channel one lives: what comes goes there. The others finish what they have and end.
  `alter table conversations add column home uuid, add column merged_into uuid,
    add foreign key (company, home) references contacts, add foreign key (company, merged_into) references conversations,
    drop constraint conversations_company_channel_contact_key`,
  `create unique index conversations_living on conversations (company, channel, contact) where merged_into is null`,
  `create index conversations_of_contact on conversations (company, contact)`,
  `create index conversations_merged on conversations (company, merged_into) where merged_into is not null`,

  // addresses: the loser's at that moment. by: null for what an envelope or a spelling said.
  `create table contact_merges (
    company text not null references companies,
    id uuid not null default gen_random_uuid(),
    winner uuid not null,
    loser uuid not null,
    addresses jsonb not null,
    reason text not null check (reason in ('envelope', 'spelling', 'by-hand')),
    by uuid,
    at timestamptz not null default clock_timestamp(),
    undone_at timestamptz,
    undone_by uuid,
    primary key (company, id),
    foreign key (company, winner) references contacts,
    foreign key (company, loser) references contacts,
    foreign key (company, by) references users,
    foreign key (company, undone_by) references users
  )`,
  `create unique index contact_merges_standing on contact_merges (company, loser) where undone_at is null`,
  `create index contact_merges_of on contact_merges (company, winner)`,
];
