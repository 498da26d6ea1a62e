import type { CustomerQuery } from '../customers.js';
import { nameOf, type FlowNode, type Flows, type NodeOf, type Place } from './flow.js';
import { nodeOf } from './graph.js';

/** What an ISP's system can be asked, and what the company itself does: takes receipts. */
export type Capability = CustomerQuery['kind'] | 'receipts';
export type Capabilities = ReadonlySet<Capability>;

/** What a query node has to ask; the newest invoice is found among all. */
const needs: Readonly<Record<NodeOf<'query'>['query'], readonly Capability[]>> = {
  account: ['account'],
  connection: ['connection'],
  plans: ['plans'],
  invoices: ['invoices'],
  'invoice-document': ['invoices', 'invoice-document'],
  // The company's own; of the system's, only which invoices are unpaid.
  'payment-options': ['invoices'],
  'speed-test': ['speed-test'],
};

/** Whether a system can answer what a query node asks. */
export function canAnswer(node: NodeOf<'query'>, can: Capabilities): boolean {
  return needs[node.query].every((capability) => can.has(capability));
}

/** What the customer has heard on the way: words are an answer in themselves, an apology for what does not exist is none. */
type Heard = 'nothing' | 'words' | 'apology';

interface Way {
  flows: Flows;
  can: Capabilities;
  seen: Set<string>;
}

/**
 * The options of a menu that lead to more than what the ISP's system cannot do: their indexes, in order. Where none would be left all
 * are offered, and say themselves that they do not work: nobody stands before a menu without options.
 */
export function offeredAt(flows: Flows, menu: Place, can: Capabilities): number[] {
  const node = nodeOf(flows, menu);
  if (node?.type !== 'menu') return [];
  const all = node.options.map((_, index) => index);
  const offered = all.filter((index) => isOfUse(flows, { flow: menu.flow, node: node.options[index]!.next }, can, menu));
  return offered.length === 0 ? all : offered;
}

/**
 * Whether going somewhere leads to anything that works with a system of these capabilities: another question, an answer, a person.
 * @param menu where one goes from: to be back there is of no use
 */
export function isOfUse(flows: Flows, from: Place, can: Capabilities, menu?: Place): boolean {
  return leads({ flows, can, seen: new Set(menu === undefined ? [] : [`${nameOf(menu)} nothing`]) }, from, 'nothing');
}

function leads(way: Way, place: Place, heard: Heard): boolean {
  const key = `${nameOf(place)} ${heard}`;
  if (way.seen.has(key)) return false;
  way.seen.add(key);
  const node = nodeOf(way.flows, place);
  return node === undefined || leadsOn(way, place, node, heard);
}

function leadsOn(way: Way, { flow }: Place, node: FlowNode, heard: Heard): boolean {
  const on = (to: string, now: Heard = heard): boolean => leads(way, { flow, node: to }, now);
  switch (node.type) {
    case 'message':
      return on(node.next, heard === 'nothing' ? 'words' : heard);
    case 'menu':
      return heard === 'words' || (heard === 'nothing' && node.options.some((option) => on(option.next)));
    case 'ask':
    case 'choose':
      return on(node.next);
    case 'receipt':
      return way.can.has('receipts') ? on(node.next, 'words') : on(node.off);
    case 'goto':
      return leads(way, { flow: node.flow, node: node.node ?? way.flows[node.flow].start }, heard);
    case 'identify':
      return identifies(way, node, on);
    case 'query':
      if (!canAnswer(node, way.can)) return node.on.unsupported !== undefined && on(node.on.unsupported, 'apology');
      // A list to choose from is worth what the choice leads to.
      return node.query !== 'invoices' || on(node.on.open) || on(node.on.clear);
    case 'end':
      return heard !== 'apology';
    case 'link':
    case 'handoff':
      return true;
  }
}

/** Without a way to find somebody by phone, only a document tells who writes. */
function identifies({ can }: Way, node: NodeOf<'identify'>, on: (to: string) => boolean): boolean {
  if (node.by === 'document') return can.has('by-document') && on(node.on.recognised);
  return on(can.has('by-phone') ? node.on.recognised : (node.on.hidden ?? node.on.unknown));
}
