import { nameOf, type Flow, type FlowNode, type Flows, type NodeOf, type Place } from './flow.js';
import type { Variable } from './variables.js';

/** One way on from a node. */
export interface Edge {
  to: Place;
  /** Only the customer's answer leads here: the bot does not go this way by itself. */
  waits: boolean;
  /** Variables that have a value once this way was taken. */
  gives: readonly Variable[];
  /** Another customer's data is forgotten on this way: only what it gives is known after it. */
  forgets: boolean;
}

const customerValues = ['nombre', 'cliente'] as const;
const accountGives = ['saldo', 'vencimiento', 'dias_vencido', 'facturas'] as const;
const connectionGives = ['desde', 'senal'] as const;
const invoiceGives = ['factura', 'importe', 'vence'] as const;
/** The link may be empty: not every company has a platform that makes one. */
const paymentGives = ['factura', 'importe', 'vence', 'medios_de_pago', 'enlace'] as const;
const chosenGives = { service: ['plan', 'servicio'], customer: customerValues, invoice: invoiceGives } as const;
const askedGives = { document: ['documento'], fact: [], name: ['nombre_escrito'], text: ['texto_escrito'] } as const;

/** All nodes of both flows. */
export function placesOf(flows: Flows): Place[] {
  return Object.values(flows).flatMap((flow: Flow) =>
    Object.keys(flow.nodes).map((node): Place => ({ flow: flow.kind, node })),
  );
}

export function nodeOf(flows: Flows, place: Place): FlowNode | undefined {
  return Object.hasOwn(flows[place.flow].nodes, place.node) ? flows[place.flow].nodes[place.node] : undefined;
}

export function startOf(flow: Flow): Place {
  return { flow: flow.kind, node: flow.start };
}

/** Where the bot goes without having been led there: the start, and what a shortcut or `menú` leads to. */
export function entriesOf(flow: Flow): Place[] {
  return [startOf(flow), ...flow.shortcuts.map(({ next }): Place => ({ flow: flow.kind, node: next }))];
}

/** Where a node can lead, existing or not. */
export function edgesOf(flows: Flows, place: Place): Edge[] {
  const node = nodeOf(flows, place);
  if (node === undefined || node.type === 'end' || node.type === 'handoff') return [];
  const edge = (to: string, rest: Partial<Edge> = {}): Edge => ({
    to: { flow: place.flow, node: to },
    waits: false,
    gives: [],
    forgets: false,
    ...rest,
  });
  switch (node.type) {
    case 'message':
    case 'link':
      return [edge(node.next)];
    case 'menu':
      return node.options.map((option) => edge(option.next, { waits: true }));
    case 'ask':
      return [edge(node.next, { waits: true, gives: askedGives[node.into] }), edge(node.onFail, { waits: true })];
    case 'receipt':
      return [edge(node.next, { waits: true }), edge(node.off)];
    case 'choose':
      return [edge(node.next, { gives: chosenGives[node.of], forgets: node.of === 'customer' }), edge(node.none)];
    case 'goto':
      return [{ ...edge(''), to: node.node === undefined ? startOf(flows[node.flow]) : { flow: node.flow, node: node.node } }];
    case 'identify':
      return waysOf(node).map(([outcome, to]) =>
        outcome === 'recognised' ? edge(to, { gives: customerValues, forgets: true }) : edge(to),
      );
    case 'query':
      return waysOf(node).map(([outcome, to]) => edge(to, { gives: givesOf(node, outcome) }));
  }
}

function waysOf(node: NodeOf<'query' | 'identify'>): [string, string][] {
  return Object.entries(node.on).filter((way): way is [string, string] => way[1] !== undefined);
}

function givesOf(node: NodeOf<'query'>, outcome: string): readonly Variable[] {
  if (outcome === 'unavailable' || outcome === 'unidentified' || outcome === 'unsupported') return [];
  if (node.query === 'plans') return ['planes'];
  // All others are asked for a recognised customer only.
  return [...customerValues, ...foundBy(node.query, outcome)];
}

function foundBy(query: Exclude<NodeOf<'query'>['query'], 'plans'>, outcome: string): readonly Variable[] {
  switch (query) {
    case 'account':
      return accountGives;
    case 'connection':
      return connectionGives;
    case 'speed-test':
      return ['bajada', 'subida'];
    case 'invoices':
      return outcome === 'clear' ? invoiceGives : [];
    case 'invoice-document':
      return outcome === 'none' ? [] : invoiceGives;
    case 'payment-options':
      return { offered: paymentGives, off: invoiceGives }[outcome] ?? [];
  }
}

/** Whether an agent may be come to from a place without another choice being offered on the way. */
export function leadsToHandoff(flows: Flows, from: Place): boolean {
  const seen = new Set<string>();
  const open = [from];
  for (let place = open.pop(); place !== undefined; place = open.pop()) {
    const node = nodeOf(flows, place);
    if (node?.type === 'handoff') return true;
    if (seen.has(nameOf(place)) || node?.type === 'menu') continue;
    seen.add(nameOf(place));
    open.push(...edgesOf(flows, place).map((edge) => edge.to));
  }
  return false;
}

/** The names of everything that can be come to from some places, themselves included. */
export function reachableFrom(flows: Flows, from: readonly Place[]): Set<string> {
  const seen = new Set<string>();
  const open = [...from];
  for (let place = open.pop(); place !== undefined; place = open.pop()) {
    if (nodeOf(flows, place) === undefined || seen.has(nameOf(place))) continue;
    seen.add(nameOf(place));
    open.push(...edgesOf(flows, place).map((edge) => edge.to));
  }
  return seen;
}
