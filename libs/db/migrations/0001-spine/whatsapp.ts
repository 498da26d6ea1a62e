/** The WhatsApp client's own facts: credentials and keys, encrypted by the gateway before they come here. */
export const whatsapp: readonly string[] = [
  `create table wa_creds (
    company text not null references companies,
    channel uuid not null,
    value bytea not null,
    primary key (company, channel)
  ) with (fillfactor = 50)`,
  `create table wa_keys (
    company text not null references companies,
    channel uuid not null,
    type text not null,
    id text not null,
    value bytea not null,
    primary key (company, channel, type, id)
  ) with (fillfactor = 70)`,
  // Memory of committed ciphertexts: a message delivered again because only its receipt was lost is answered from here.
  `create table wa_plaintexts (
    company text not null references companies,
    channel uuid not null,
    sha bytea not null,
    plain bytea not null,
    at timestamptz not null default now(),
    primary key (company, channel, sha)
  )`,
  `create index wa_plaintexts_age on wa_plaintexts (company, channel, at)`,
  // Raw group metadata as the network gave it: a resolved copy makes the client mix address kinds (ack 421).
  `create table wa_groups (
    company text not null references companies,
    channel uuid not null,
    jid text not null,
    metadata jsonb not null,
    at timestamptz not null default now(),
    primary key (company, channel, jid)
  )`,
];
