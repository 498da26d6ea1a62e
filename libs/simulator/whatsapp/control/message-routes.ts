import { asShown, bubbleOf } from '../chat-view.js';
import type { LedgerEntry } from '../ledger.js';
import type { Network } from '../network.js';
import { withFiles } from './files-of.js';
import { parse } from './parse.js';
import { reject } from './problem.js';
import type { Handler } from './routes.js';
import * as schemas from './schemas.js';

/** What people and owners write, and what they do to what was written. */
export const MESSAGE_ROUTES: Record<string, Handler> = {
  'GET /people/:number/messages': ({ network, number, query }) => messagesOf(network, number, query),
  'POST /people/:number/messages': async ({ network, number, body }) => {
    const { to, ...message } = parse(schemas.message, body);
    return { id: await network.personSends(number, to, await withFiles(message)) };
  },
  'POST /people/:number/reactions': async ({ network, number, body }) => {
    const { to, ...act } = parse(schemas.reaction, body);
    return { id: await network.talks.act(network.person(number), to, { kind: 'reaction', ...act }) };
  },
  'POST /people/:number/edits': async ({ network, number, body }) => {
    const { to, ...act } = parse(schemas.edit, body);
    return { id: await network.talks.act(network.person(number), to, { kind: 'edit', ...act }) };
  },
  'POST /people/:number/deletions': async ({ network, number, body }) => {
    const { to, ...act } = parse(schemas.deletion, body);
    return { id: await network.talks.act(network.person(number), to, { kind: 'deletion', ...act }) };
  },
  'POST /people/:number/read': ({ network, number, body }) => {
    const { to, ...mark } = parse(schemas.read, body);
    network.talks.read(network.person(number), to, mark);
    return {};
  },
  'POST /people/:number/calls': ({ network, number, body }) => {
    const { to, ...call } = parse(schemas.call, body);
    return { id: network.talks.call(network.person(number), to, call) };
  },
  'POST /accounts/:number/messages': async ({ network, number, body }) => {
    const { to, ...message } = parse(schemas.message, body);
    return { id: await network.phoneSends(number, to, await withFiles(message)) };
  },
  'POST /accounts/:number/reactions': async ({ network, number, body }) => {
    const { to, ...act } = parse(schemas.reaction, body);
    return { id: await network.talks.act(network.account(number), to, { kind: 'reaction', ...act }) };
  },
  'POST /accounts/:number/edits': async ({ network, number, body }) => {
    const { to, ...act } = parse(schemas.edit, body);
    return { id: await network.talks.act(network.account(number), to, { kind: 'edit', ...act }) };
  },
  'POST /accounts/:number/deletions': async ({ network, number, body }) => {
    const { to, ...act } = parse(schemas.deletion, body);
    return { id: await network.talks.act(network.account(number), to, { kind: 'deletion', ...act }) };
  },
};

/** A chat as that person's phone shows it: what reached it, each id once, in order, with what was done to it later. */
function messagesOf(network: Network, number: string, query: URLSearchParams) {
  network.person(number);
  const [company, after] = [query.get('with'), query.get('after')];
  const reached = network.ledger.of(number).filter(hasReached);
  const companies = company ? [company] : [...new Set(reached.map(({ account }) => account))];
  // Ids are unique within a chat only.
  const chatWith = (one: string) => asShown(reached.filter(({ account }) => account === one).map(withAuthor));
  const chat = companies.flatMap(chatWith).toSorted((a, b) => a.order - b.order);
  const later = after ? afterIn(chat, after) : chat;
  return later.map(bubbleOf);
}

const withAuthor = (entry: LedgerEntry) => ({ ...entry, from: entry.direction === 'in' ? entry.chat : entry.account });

const hasReached = ({ direction, state }: LedgerEntry): boolean =>
  direction === 'in' || (state !== 'refused' && state !== 'unreadable');

/** What came after a message (by its id) or after a moment (ISO time). */
function afterIn<Entry extends { id: string; at: string }>(chat: Entry[], after: string): Entry[] {
  const index = chat.findIndex(({ id }) => id === after);
  if (index >= 0) return chat.slice(index + 1);
  const moment = Date.parse(after);
  if (Number.isNaN(moment)) throw reject(422, 'invalid', 'after: el id de un mensaje de esta conversación, o una fecha ISO.');
  return chat.filter(({ at }) => Date.parse(at) > moment);
}
