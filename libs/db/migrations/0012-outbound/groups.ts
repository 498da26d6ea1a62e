/** What is said to groups, and what agents answer there. Group chatter itself is kept nowhere. */
export const groups: readonly string[] = [
  // The group that hears of new tickets of this number, and by which phone an agent is known there.
  'alter table channels add column group_jid text',
  `alter table users add column phone text check (phone ~ '^[0-9]{6,15}$')`,
  'create unique index users_phone on users (company, phone) where phone is not null',

  // purpose: 'opened' once a ticket; 'answer' to what somebody said there.
  `create table group_messages (
    company text not null references companies,
    id bigint generated always as identity,
    channel uuid not null,
    group_jid text not null,
    ticket uuid not null,
    purpose text not null check (purpose in ('opened', 'answer')),
    answers bigint,
    text text not null,
    wa_id text not null,
    state text not null default 'queued' check (state in ('queued', 'sending', 'sent', 'failed', 'unknown')),
    cause text,
    epoch bigint,
    at timestamptz not null default clock_timestamp(),
    sent_at timestamptz,
    primary key (company, id),
    foreign key (company, channel) references channels,
    foreign key (company, ticket) references tickets
  ) with (fillfactor = 80)`,
  `create unique index group_messages_opened on group_messages (company, ticket) where purpose = 'opened'`,
  `create unique index group_messages_answers on group_messages (company, answers) where answers is not null`,
  'create unique index group_messages_wa_id on group_messages (company, channel, wa_id)',

  // An agent's answer that takes a ticket. told_at: when its workflow was last told of it; command: id of what it asks for.
  `create table group_answers (
    company text not null references companies,
    id bigint generated always as identity,
    channel uuid not null,
    wa_id text not null,
    agent uuid not null,
    ticket uuid not null,
    command uuid not null default gen_random_uuid(),
    at timestamptz not null default clock_timestamp(),
    told_at timestamptz,
    outcome text,
    settled_at timestamptz,
    primary key (company, id),
    unique (company, channel, wa_id, agent),
    foreign key (company, ticket) references tickets,
    foreign key (company, agent) references users
  )`,
  'create index group_answers_open on group_answers (company, channel, id) where settled_at is null',

  `create function wa_begin_group_send(p_channel uuid, p_epoch bigint, p_message bigint,
    out wa_id text, out group_jid text, out text text, out state text, out cause text) language plpgsql as $$
  declare c text := lease_company(p_channel, p_epoch);
  begin
    update group_messages g set state = 'sending', epoch = p_epoch where g.company = c and g.id = p_message and g.channel = p_channel
      and g.state in ('queued', 'sending', 'unknown');
    select g.wa_id, g.group_jid, g.text, g.state, g.cause into wa_id, group_jid, text, state, cause
      from group_messages g where g.company = c and g.id = p_message and g.channel = p_channel;
  end $$`,
  `create function wa_settle_group(p_channel uuid, p_epoch bigint, p_message bigint, p_state text, p_cause text) returns void
  language plpgsql as $$
  declare c text := lease_company(p_channel, p_epoch);
  begin
    update group_messages g set state = p_state, cause = p_cause,
        sent_at = case when p_state = 'sent' then coalesce(g.sent_at, clock_timestamp()) else g.sent_at end
      where g.company = c and g.id = p_message and g.channel = p_channel and g.state not in ('sent', 'failed');
  end $$`,

  // Answers go with the ratchet that decrypted them, in one statement. Only those of an agent, known by their phone in any spelling, about a ticket, in the
  // group that hears of tickets are kept: by the notice that they quote, else by the number that they name.
  `create function wa_journal_group(p_channel uuid, p_epoch bigint, p_key_types text[], p_key_ids text[], p_key_values bytea[],
    p_creds bytea, p_sha bytea, p_plain bytea, p_messages jsonb, p_answers jsonb)
  returns table (conversation uuid, seq bigint) language plpgsql as $$
  declare c text := lease_company(p_channel, p_epoch);
  begin
    insert into group_answers (company, channel, wa_id, agent, ticket)
      select c, p_channel, a->>'id', u.id, t.id
        from jsonb_array_elements(p_answers) a
        join channels h on h.company = c and h.id = p_channel and h.group_jid = a->>'group'
        left join wa_groups g on g.company = c and g.channel = p_channel and g.jid = h.group_jid
        join users u on u.company = c and u.active and address_key(u.phone || '@s.whatsapp.net') in (
          select address_key(jsonb_array_elements_text(a->'addresses'))
          union all select address_key(coalesce(p->>'phoneNumber', p->>'id')) from jsonb_array_elements(coalesce(g.metadata->'participants', '[]')) p
            where p->>'id' in (select jsonb_array_elements_text(a->'addresses')))
        left join group_messages q on q.company = c and q.channel = p_channel and q.wa_id = a->>'quoted' and q.group_jid = h.group_jid
        join tickets t on t.company = c and t.channel = p_channel
          and case when a->>'number' is null then t.id = q.ticket else t.number = (a->>'number')::bigint end
      on conflict do nothing;
    return query select * from wa_journal(p_channel, p_epoch, p_key_types, p_key_ids, p_key_values, p_creds, p_sha, p_plain, p_messages);
  end $$`,

  // Answers whose ticket's workflow has not been told yet, or was told long ago and nothing came of it; they count as told from now on.
  `create function wa_group_answers(p_channel uuid, p_epoch bigint, p_again interval)
  returns table (answer bigint, ticket uuid, number bigint, conversation uuid, contact uuid) language plpgsql as $$
  declare c text := lease_company(p_channel, p_epoch);
  begin
    return query update group_answers a set told_at = clock_timestamp() from tickets t
      where a.company = c and a.channel = p_channel and a.settled_at is null
        and (a.told_at is null or a.told_at < clock_timestamp() - p_again) and t.company = c and t.id = a.ticket
      returning a.id, t.id, t.number, t.conversation, t.contact;
  end $$`,

  // Groups that the network did not name any more: this number has left them.
  `create function wa_keep_groups(p_channel uuid, p_epoch bigint, p_jids text[]) returns void language plpgsql as $$
  declare c text := lease_company(p_channel, p_epoch);
  begin
    delete from wa_groups g where g.company = c and g.channel = p_channel and g.jid <> all(p_jids);
  end $$`,
];
