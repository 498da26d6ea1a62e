import type { Network } from '../network.js';
import { GROUP_ROUTES } from './group-routes.js';
import { MESSAGE_ROUTES } from './message-routes.js';
import { parse } from './parse.js';
import { reject } from './problem.js';
import * as schemas from './schemas.js';
import { STATUS_ROUTES } from './status-routes.js';

/** One request to the control API. */
export interface Call {
  network: Network;
  /** Number in the path, already checked; empty where the path has none. */
  number: string;
  /** Id of the group in the path, already checked; empty where the path has none. */
  group: string;
  query: URLSearchParams;
  body: unknown;
}

export type Handler = (call: Call) => unknown;

/** The control API: method and path to what it does. `:number` is a phone number, `:group` a group's id. */
export const ROUTES: Record<string, Handler> = {
  'GET /health': () => ({ status: 'ok' }),
  'GET /accounts': ({ network }) => network.accounts,
  'PUT /accounts/:number': ({ network, number, body }) => {
    network.putAccount(number, parse(schemas.account, body));
    return accountOf(network, number);
  },
  'POST /accounts/:number/scan': async ({ network, number, body }) => {
    await network.scan(number, parse(schemas.scan, body).qr);
    return accountOf(network, number);
  },
  'POST /accounts/:number/code': async ({ network, number, body }) => {
    await network.enterCode(number, parse(schemas.code, body).code);
    return accountOf(network, number);
  },
  'POST /accounts/:number/history': ({ network, number, body }) => {
    const { chats } = parse(schemas.history, body);
    network.histories.put(network.account(number), chats);
    return { chats: chats.length, messages: chats.reduce((sum, { messages }) => sum + messages.length, 0) };
  },
  'POST /accounts/:number/unlink': ({ network, number, body }) => {
    parse(schemas.nothing, body);
    network.unlink(number);
    return accountOf(network, number);
  },
  'POST /accounts/:number/restriction': ({ network, number, body }) => {
    network.restrictions.set(network.account(number), parse(schemas.restriction, body));
    return accountOf(network, number);
  },
  'GET /people': ({ network }) => network.people.map(({ number }) => personOf(network, number)),
  'PUT /people/:number': ({ network, number, body }) => {
    network.putPerson(number, parse(schemas.person, body));
    return personOf(network, number);
  },
  'POST /people/:number/reinstall': ({ network, number, body }) => {
    parse(schemas.nothing, body);
    network.reinstalls.reinstall(network.person(number));
    return personOf(network, number);
  },
  ...MESSAGE_ROUTES,
  'POST /people/:number/typing': ({ network, number, body }) => {
    const { to, state } = parse(schemas.typing, body);
    network.personTypes(number, to, state);
    return {};
  },
  ...GROUP_ROUTES,
  ...STATUS_ROUTES,
  'GET /ledger': ({ network, query }) => network.ledger.after(cursor(query.get('after'))),
  'GET /faults': ({ network }) => network.faults.list(),
  'POST /faults': ({ network, body }) => {
    network.addFault(parse(schemas.fault, body));
    return network.faults.list();
  },
  'DELETE /faults': ({ network }) => {
    network.clearFaults();
    return [];
  },
  'GET /rules': ({ network }) => network.rules,
  'PUT /rules': ({ network, body }) => {
    network.changeRules(parse(schemas.rules, body));
    return network.rules;
  },
  'POST /reset': ({ network, body }) => {
    parse(schemas.nothing, body);
    network.reset();
    return {};
  },
  'GET /unknown': ({ network }) => network.unknown,
};

const accountOf = (network: Network, number: string) => network.accounts.find((account) => account.number === number);

function personOf(network: Network, number: string) {
  const { name, lid, hidePhone, ad, addressing } = network.person(number);
  return { number, name, lid, hidePhone, ad, addressedBy: addressing };
}

function cursor(after: string | null): number {
  const seq = Number(after ?? 0);
  if (!Number.isSafeInteger(seq) || seq < 0) throw reject(422, 'invalid', 'after: el seq de la última entrada que ya tenés.');
  return seq;
}
