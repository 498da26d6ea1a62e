import { z } from 'zod';
import { parse } from './parse.js';
import type { Handler } from './routes.js';
import { id, number, text } from './schemas.js';

const colour = z.string().regex(/^#[0-9a-fA-F]{6}$/, 'un color: # y seis dígitos hexadecimales');
const post = z.strictObject({ to: number, text, backgroundColor: colour.optional(), id: id.optional() });
const view = z.strictObject({ account: number, id });

/** The part of the control API that is about statuses. */
export const STATUS_ROUTES: Record<string, Handler> = {
  'GET /people/:number/statuses': ({ network, number: person }) => network.statuses.seenBy(network.person(person)),
  'POST /people/:number/statuses': async ({ network, number: person, body }) => {
    const { to, ...status } = parse(post, body);
    return { id: await network.statuses.post(network.person(person), [network.account(to)], status) };
  },
  'POST /people/:number/status-views': ({ network, number: person, body }) => {
    const { account, id: status } = parse(view, body);
    network.statuses.view(network.person(person), network.account(account), status);
    return {};
  },
};
