import type { EntityManager } from '@mikro-orm/postgresql';
import type { MessageDetails } from '../../../libs/domain/message/details.js';
import type { Named } from '../tickets/ticket.schema.js';
import type { Entry, EntryPage, EntryQuery } from './conversation.schema.js';

interface MessageRow {
  id: string;
  direction: 'in' | 'out';
  author: string;
  agent: Named | null;
  kind: string;
  text: string | null;
  wa_id: string;
  details: MessageDetails | null;
  file: FileRow | null;
  at: string;
  state: string | null;
  cause: string | null;
  seq: string | null;
  outcome: string | null;
  request: string | null;
  receipt: Entry['receipt'] | null;
}

interface FileRow {
  state: 'wanted' | 'stored' | 'failed' | 'expired';
  reason: string | null;
  mimetype: string | null;
  size: number | null;
  fileName: string | null;
}

interface AsideRow {
  id: string;
  kind: 'note' | 'event';
  content: string | null;
  author: Named | null;
  text: string | null;
  at: string;
}

const NAMED = (user: string) => `case when ${user}.id is not null then jsonb_build_object('id', ${user}.id, 'name', ${user}.name) end`;

const MESSAGES = `select m.id::text, m.direction, m.author, ${NAMED('u')} as agent, m.kind, m.text, m.wa_id, m.details, m.at,
    case when f.message is not null then jsonb_build_object('state', f.state, 'reason', f.reason, 'mimetype', f.mimetype, 'size', f.size, 'fileName', f.file_name) end as file,
    m.state, m.cause, m.seq::text, m.outcome, m.request, case when r.id is not null then jsonb_build_object('id', r.id, 'state', r.state) end as receipt
  from messages m left join users u on u.company = m.company and u.id = m.agent
    left join media_files f on f.company = m.company and f.message = m.id
    left join receipts r on r.company = m.company and r.message = m.id`;

/** Notes, and what happened to the conversation's tickets; that a note was written is told by the note. */
const ASIDES = `select n.id::text, 'note' as kind, null as content, ${NAMED('u')} as author, n.text, n.at
    from notes n left join users u on u.company = n.company and u.id = n.author
    where n.company = ? and n.conversation = any(?::uuid[]) and n.at >= ?::timestamptz and n.at < ?::timestamptz
  union all
  select 'event-' || e.id, 'event', e.kind, ${NAMED('u')}, null, e.at
    from ticket_events e join tickets t on t.company = e.company and t.id = e.ticket left join users u on u.company = e.company and u.id = e.actor
    where e.company = ? and t.conversation = any(?::uuid[]) and e.kind <> 'noted' and e.at >= ?::timestamptz and e.at < ?::timestamptz
  order by at`;

const iso = (time: string): string => new Date(time).toISOString();

/** Without what is not there. */
const known = <T extends object>(row: T): { [K in keyof T]?: NonNullable<T[K]> } =>
  Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null)) as { [K in keyof T]?: NonNullable<T[K]> };

const entryOf = ({ id, direction, author, agent, kind, text, wa_id: waId, details, file, at, state, cause, seq, outcome, request, receipt }: MessageRow): Entry => ({
  id, kind: 'message', direction, author, contentKind: kind, at: iso(at), waId,
  ...(details === null ? {} : { details }), ...(file === null ? {} : { file: { ...known(file), state: file.state } }),
  ...(agent ? { agent } : {}), ...(text === null ? {} : { text }), ...(state === null ? {} : { state }), ...(cause === null ? {} : { cause }),
  ...(seq === null ? {} : { seq: Number(seq) }), ...(outcome === null ? {} : { outcome }), ...(request === null ? {} : { request }),
  ...(receipt === null ? {} : { receipt }),
});

/** What happened by nobody's hand happened by the customer's, who asked for a person, or by the clock. */
const asideOf = ({ id, kind, content, author, text, at }: AsideRow): Entry => {
  const whose = author ? 'agent' : content === 'opened' ? 'customer' : 'system';
  return { id, kind, author: whose, at: iso(at), ...(author ? { agent: author } : {}), ...(content === null ? {} : { contentKind: content }), ...(text === null ? {} : { text }) };
};

/**
 * Puts notes and events where they belong among messages. Messages are in the order in which they were journaled: a customer's own
 * clock counts seconds only, and would put an answer before its question.
 */
export function merged(messages: readonly Entry[], asides: readonly Entry[]): Entry[] {
  const result: Entry[] = [];
  let next = 0;
  let latest = '';
  for (const message of messages) {
    if (message.at > latest) latest = message.at;
    while (next < asides.length && asides[next]!.at < latest) result.push(asides[next++]!);
    result.push(message);
  }
  return [...result, ...asides.slice(next)];
}

/**
 * A conversation and those of the same person on the same number with which it was merged: they are one chat on a screen.
 * @returns an array as PostgreSQL writes it
 */
export async function chatOf(em: EntityManager, company: string, conversation: string): Promise<string> {
  const rows = await em.execute<{ id: string }[]>(
    `select o.id from conversations v join conversations o on o.company = v.company
        and coalesce(v.merged_into, v.id) in (o.id, o.merged_into) where v.company = ? and v.id = ?::uuid`,
    [company, conversation],
  );
  return `{${rows.map(({ id }) => id).join(',')}}`;
}

/** A page of a chat, oldest first. Its first entry is a message while there are older ones, so that its id leads to the page before. */
export async function entryPage(em: EntityManager, company: string, conversation: string, { before, limit }: EntryQuery): Promise<EntryPage> {
  const chat = await chatOf(em, company, conversation);
  const rows = await em.execute<MessageRow[]>(
    `${MESSAGES} where m.company = ? and m.conversation = any(?::uuid[]) and m.kind <> 'moved' ${before === undefined ? '' : 'and m.id < ?::bigint'} order by m.id desc limit ?`,
    [company, chat, ...(before === undefined ? [] : [before]), limit + 1],
  );
  const older = rows.length > limit;
  const page = rows.slice(0, limit).reverse();
  const from = older ? iso(page[0]!.at) : '-infinity';
  const [end] = before === undefined ? [] : await em.execute<{ at: string }[]>(
    'select at from messages where company = ? and conversation = any(?::uuid[]) and id = ?::bigint', [company, chat, before]);
  const to = end === undefined ? 'infinity' : iso(end.at);
  const asides = await em.execute<AsideRow[]>(ASIDES, [company, chat, from, to, company, chat, from, to]);
  return { items: merged(page.map(entryOf), asides.map(asideOf)), older };
}

export async function messageEntry(em: EntityManager, company: string, id: string): Promise<Entry | undefined> {
  const [row] = await em.execute<MessageRow[]>(`${MESSAGES} where m.company = ? and m.id = ?::bigint`, [company, id]);
  return row && entryOf(row);
}
