import { Migration } from '@mikro-orm/migrations';
import { acceptedTextTables } from './company-tables.js';
import { lockRows } from './row-level-security.js';

const statements: readonly string[] = [
  // What agents wrote, as the API accepted it; workflows are told the request alone and make a message, a note or a comment of it.
  // settled_at: that was done, or refused.
  `create table outbox_texts (
    company text not null references companies,
    id bigint generated always as identity,
    request uuid not null,
    conversation uuid not null,
    ticket uuid not null,
    agent uuid not null,
    kind text not null check (kind in ('reply', 'note', 'close-comment')),
    text text not null check (text <> ''),
    at timestamptz not null default clock_timestamp(),
    settled_at timestamptz,
    refusal text,
    primary key (company, id),
    unique (company, request),
    foreign key (company, conversation) references conversations,
    foreign key (company, ticket) references tickets,
    foreign key (company, agent) references users
  ) with (fillfactor = 80)`,
  `create index outbox_texts_waiting on outbox_texts (company, conversation, id) where settled_at is null and kind = 'reply'`,

  // Accepts a text, or finds the one that was accepted under the request; false when that was another. One at a time in a
  // conversation, so that ids are committed in the order in which they are made: a reply takes along all that were accepted before it.
  `create function accept_text(p_company text, p_request uuid, p_conversation uuid, p_ticket uuid, p_agent uuid, p_kind text, p_text text)
  returns boolean language plpgsql as $$
  begin
    perform pg_advisory_xact_lock(hashtextextended(p_company || '/accept/' || p_conversation, 0));
    insert into outbox_texts (company, request, conversation, ticket, agent, kind, text)
      values (p_company, p_request, p_conversation, p_ticket, p_agent, p_kind, p_text) on conflict (company, request) do nothing;
    return exists (select from outbox_texts where company = p_company and request = p_request and conversation = p_conversation
      and ticket = p_ticket and agent = p_agent and kind = p_kind and text = p_text);
  end $$`,
];

/** The rows by which the API accepts what agents write. */
export class Migration0003AcceptedTexts extends Migration {
  override up(): void {
    for (const statement of [...statements, ...lockRows(acceptedTextTables)]) this.addSql(statement);
  }

  override down(): void {
    throw new Error('What agents wrote is not thrown away: restore a backup instead.');
  }
}
