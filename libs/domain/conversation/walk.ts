import type { CustomerQuery, QueryResult } from '../customers.js';
import { DomainError } from '../errors.js';
import { nameOf, type FlowNode, type NodeOf, type Place } from '../flow/flow.js';
import { accountOutcome, accountValues, connectionOutcome, connectionValues, planValues } from './findings.js';
import { documentResult, isBlocked, phoneOutcome, phoneResult, recognise } from './identity.js';
import { here, nextStepId, nodeAt, render, samePlace, say, turnOf, type Run } from './run.js';

const longestTrail = 30;

/** What agents read of somebody who said nothing about what it is about. */
const noSummary = 'Pide hablar con una persona';

/**
 * Goes to a place and on from there until the customer has to answer, the ISP's system has to be asked, or the end.
 * @throws DomainError `flow-never-waits` for a flow that walks in circles
 */
export function walk(run: Run, place: Place): void {
  const { support, sales } = run.settings.flows;
  const nodeCount = Object.keys(support.nodes).length + Object.keys(sales.nodes).length;
  const turn = turnOf(run.state);
  for (let next: Place | undefined = place; next !== undefined; ) {
    turn.hops += 1;
    // No node twice without a question in between, also when the ISP's system was asked on the way.
    if (turn.hops > nodeCount) throw new DomainError('flow-never-waits', nameOf(place));
    next = visit(run, next, nodeAt(run, next));
  }
}

/** Back to where the flow begins: customers to the support menu, others to the beginning of the flow they are in. */
export function walkToStart(run: Run): void {
  const { state, settings } = run;
  const flow = state.customer === undefined ? (here(state)?.flow ?? 'support') : 'support';
  state.trail = [];
  walk(run, { flow, node: settings.flows[flow].start });
}

/** One place back; at the beginning, the same place once more. */
export function stepBack(run: Run): void {
  const { state } = run;
  if (state.trail.length > 1) state.trail.pop();
  state.attempts = 0;
  turnOf(state).prompt = 'full';
}

/** Takes in the answer to the open query and walks on. */
export function resume(run: Run, result: QueryResult): void {
  const pending = run.state.pending;
  if (pending?.place === undefined) return;
  delete run.state.pending;
  const node = nodeAt(run, pending.place);
  const target = node.type === 'identify' ? identified(run, node, result) : node.type === 'query' ? answered(run, node, result) : undefined;
  if (target !== undefined) walk(run, { flow: pending.place.flow, node: target });
}

/** Fixes the customer or service that was chosen at a `choose`; the index is one of its labels. */
export function choose(run: Run, node: NodeOf<'choose'>, index: number): void {
  const { state } = run;
  if (node.of === 'customer') {
    const candidate = state.candidates?.customers[index];
    if (candidate !== undefined) recognise(state, candidate, state.candidates?.by ?? 'phone');
    return;
  }
  const service = state.customer?.services[index];
  if (service === undefined) return;
  state.service = service;
  state.values.plan = service.plan;
  state.values.servicio = service.address;
}

function visit(run: Run, place: Place, node: FlowNode): Place | undefined {
  switch (node.type) {
    case 'message':
      return visitMessage(run, place, node);
    case 'menu':
    case 'ask':
      return wait(run, place);
    case 'choose':
      return visitChoose(run, place, node);
    case 'goto':
      return { flow: node.flow, node: node.node ?? run.settings.flows[node.flow].start };
    case 'end':
      return visitEnd(run, place, node);
    case 'handoff':
      return visitHandoff(run, place, node);
    case 'identify':
      return visitIdentify(run, place, node);
    case 'query':
      return visitQuery(run, place, node);
  }
}

function visitEnd(run: Run, place: Place, node: NodeOf<'end'>): undefined {
  say(run, node.text, place);
  run.state.trail = [];
  const turn = turnOf(run.state);
  turn.prompt = 'none';
  turn.hops = 0;
}

function visitHandoff(run: Run, place: Place, node: NodeOf<'handoff'>): undefined {
  const step = nextStepId(run.state);
  const summary = render(run, node.summary);
  run.state.pending = { step, place };
  run.state.handoff = place;
  const department = node.department === undefined ? {} : { department: node.department };
  run.steps.push({ kind: 'ticket', id: step, ...department, summary: summary === '' ? noSummary : summary });
}

function visitIdentify(run: Run, place: Place, node: NodeOf<'identify'>): Place | undefined {
  if (node.by === 'phone') {
    const outcome = phoneOutcome(run);
    const phone = run.settings.contact.addresses.phone ?? '';
    return outcome === undefined ? askSystem(run, place, { kind: 'by-phone', phone }) : { ...place, node: node.on[outcome] ?? node.on.unknown };
  }
  if (isBlocked(run, node)) return { ...place, node: node.on.exhausted };
  return askSystem(run, place, { kind: 'by-document', document: run.state.asked.document ?? '' });
}

function visitQuery(run: Run, place: Place, node: NodeOf<'query'>): Place | undefined {
  if (node.query === 'plans') return askSystem(run, place, { kind: 'plans' });
  const { customer, service } = run.state;
  if (customer === undefined) return { ...place, node: node.on.unidentified };
  if (node.query === 'account') return askSystem(run, place, { kind: 'account', customer: customer.id });
  const meant = service ?? customer.services[0];
  if (meant === undefined) return { ...place, node: node.on.unavailable };
  return askSystem(run, place, { kind: 'connection', customer: customer.id, service: meant.id });
}

function visitMessage(run: Run, place: Place, node: NodeOf<'message'>): Place {
  const { welcomed } = run.state;
  const isRepeatedWelcome = node.welcome === true && welcomed.includes(place.flow);
  if (!isRepeatedWelcome) say(run, node.text, place);
  if (node.welcome === true && !isRepeatedWelcome) welcomed.push(place.flow);
  return { flow: place.flow, node: node.next };
}

function visitChoose(run: Run, place: Place, node: NodeOf<'choose'>): Place | undefined {
  const { customer, candidates } = run.state;
  const count = (node.of === 'service' ? customer?.services : candidates?.customers)?.length ?? 0;
  if (count > 1) return wait(run, place);
  if (count === 1) choose(run, node, 0);
  return { flow: place.flow, node: count === 1 ? node.next : node.none };
}

/** Stands still at a place. One that the customer has been at shortens the trail to it, so that circles do not grow. */
function wait(run: Run, place: Place): undefined {
  const { state } = run;
  const turn = turnOf(state);
  const before = state.trail.findIndex((visited) => samePlace(visited, place));
  turn.prompt = before >= 0 && turn.said.length > 0 ? 'again' : 'full';
  turn.hops = 0;
  state.trail = (before >= 0 ? state.trail.slice(0, before + 1) : [...state.trail, place]).slice(-longestTrail);
  state.attempts = 0;
}

function askSystem(run: Run, place: Place, query: CustomerQuery): undefined {
  const step = nextStepId(run.state);
  run.state.pending = { step, place, query };
  run.steps.push({ kind: 'query', id: step, query });
}

function identified(run: Run, node: NodeOf<'identify'>, result: QueryResult): string {
  return node.by === 'phone' ? (node.on[phoneResult(run, result)] ?? node.on.unknown) : node.on[documentResult(run, node, result)];
}

function answered(run: Run, node: NodeOf<'query'>, result: QueryResult): string {
  const { state, nowMs } = run;
  const manner = run.settings.company;
  if (node.query === 'plans') {
    if (!result.ok || result.kind !== 'plans') return node.on.unavailable;
    Object.assign(state.values, planValues(result.plans, manner));
    return result.plans.length === 0 ? node.on.none : node.on.found;
  }
  if (!result.ok && result.reason === 'not-found') {
    // The ISP removed the customer since we asked: whoever it is has to be recognised again.
    delete state.customer;
    delete state.phone;
    delete state.service;
    return node.on.unidentified;
  }
  if (node.query === 'account') {
    if (!result.ok || result.kind !== 'account') return node.on.unavailable;
    Object.assign(state.values, accountValues(result.account, nowMs, manner));
    return node.on[accountOutcome(result.account, nowMs, manner)];
  }
  if (!result.ok || result.kind !== 'connection') return node.on.unavailable;
  Object.assign(state.values, connectionValues(result.connection, manner));
  return node.on[connectionOutcome(result.connection)];
}
