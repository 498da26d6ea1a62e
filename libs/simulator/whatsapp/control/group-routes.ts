import { z } from 'zod';
import { asShown, bubbleOf } from '../chat-view.js';
import type { Network } from '../network.js';
import { parse } from './parse.js';
import type { Handler } from './routes.js';
import { number } from './schemas.js';

const subject = z.string().trim().min(1).max(100);
const numbers = z.array(number).max(1024);
const newGroup = z.strictObject({
  subject,
  members: numbers.min(1),
  addressing: z.enum(['lid', 'phone']).optional(),
});
const change = z.strictObject({ subject: subject.optional(), add: numbers.optional(), remove: numbers.optional() });

/** The part of the control API that is about groups. */
export const GROUP_ROUTES: Record<string, Handler> = {
  'GET /groups': ({ network }) => network.world.groups.all.map(({ id }) => groupOf(network, id)),
  'POST /groups': ({ network, body }) => groupOf(network, network.groups.create(parse(newGroup, body)).id),
  'PUT /groups/:group': ({ network, group, body }) => {
    network.groups.change(network.group(group), parse(change, body));
    return groupOf(network, group);
  },
  'GET /groups/:group/messages': ({ network, group }) => messagesOf(network, group),
};

function groupOf(network: Network, id: string) {
  const { subject, creator, createdAt, addressing, members } = network.group(id);
  const named = members.map(({ number: member, admin }) => ({ number: member, name: network.world.numbered(member)?.name, admin }));
  return { id, subject, creator, createdAt, addressing, members: named };
}

/** What was said in a group, each message once, in order, with what was done to it later. */
function messagesOf(network: Network, group: string) {
  network.group(group);
  const entries = network.ledger.of(group).filter(({ state }) => state !== 'refused');
  const authored = new Map(entries.map((entry) => [entry.id, entry]));
  for (const entry of entries) if (entry.receipts) authored.set(entry.id, entry);
  return asShown([...authored.values()].map((entry) => ({ ...entry, from: entry.author ?? '' }))).map(bubbleOf);
}
