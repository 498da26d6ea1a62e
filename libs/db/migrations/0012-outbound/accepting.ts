/** What agents send besides texts. */
export const accepting: readonly string[] = [
  // content_kind and details as in messages; a file is named by its hash, its bytes are in the media store.
  `alter table outbox_texts add column content_kind text not null default 'text', add column details jsonb,
    add column file_sha256 text, add column file_size bigint, add column file_mimetype text, add column file_name text`,
  'alter table outbox_texts drop constraint outbox_texts_text_check',
  `alter table outbox_texts add check (text <> '' or content_kind <> 'text')`,

  // As before, and with it: kind, details and file, which belong to what is the same.
  'drop function accept_text(text, uuid, uuid, uuid, uuid, text, text)',
  `create function accept_text(p_company text, p_request uuid, p_conversation uuid, p_ticket uuid, p_agent uuid, p_kind text, p_text text,
    p_content_kind text default 'text', p_details jsonb default null, p_file jsonb default null) returns boolean language plpgsql as $$
  begin
    perform pg_advisory_xact_lock(hashtextextended(p_company || '/accept/' || p_conversation, 0));
    insert into outbox_texts (company, request, conversation, ticket, agent, kind, text, content_kind, details,
        file_sha256, file_size, file_mimetype, file_name)
      values (p_company, p_request, p_conversation, p_ticket, p_agent, p_kind, p_text, p_content_kind, p_details,
        p_file->>'sha256', (p_file->>'size')::bigint, p_file->>'mimetype', p_file->>'fileName')
      on conflict (company, request) do nothing;
    return exists (select from outbox_texts where company = p_company and request = p_request and conversation = p_conversation
      and ticket = p_ticket and agent = p_agent and kind = p_kind and text = p_text and content_kind = p_content_kind
      and details is not distinct from p_details and file_sha256 is not distinct from p_file->>'sha256');
  end $$`,

  // A file that somebody has uploaded to send it; whoever uploaded it may do so for a day.
  `create table uploads (
    company text not null references companies,
    id uuid not null default gen_random_uuid(),
    owner uuid not null,
    kind text not null,
    sha256 text not null,
    size bigint not null,
    mimetype text not null,
    file_name text,
    at timestamptz not null default now(),
    primary key (company, id),
    foreign key (company, owner) references users on delete cascade
  )`,
  'create index uploads_age on uploads (company, at)',
];
