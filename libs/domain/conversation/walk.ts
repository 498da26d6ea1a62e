import { DomainError } from '../errors.js';
import { nameOf, type FlowNode, type NodeOf, type Place } from '../flow/flow.js';
import { documentResult, isBlocked, phoneOutcome, phoneResult, recognise } from './identity.js';
import { meanInvoice } from './invoices.js';
import { askSystem, takeAnswer, visitQuery } from './queries.js';
import { here, nextStepId, nodeAt, render, samePlace, say, turnOf, type Run } from './run.js';
import type { KeptAnswer } from './state.js';

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
export function resume(run: Run, result: KeptAnswer): void {
  const pending = run.state.pending;
  if (pending?.place === undefined) return;
  delete run.state.pending;
  const node = nodeAt(run, pending.place);
  const target = node.type === 'identify' ? identified(run, node, result) : takeAnswer(run, pending.place, result);
  if (target !== undefined) walk(run, { flow: pending.place.flow, node: target });
}

/** Fixes the customer, service or invoice that was chosen at a `choose`; the index is one of its labels. */
export function choose(run: Run, node: NodeOf<'choose'>, index: number): void {
  const { state } = run;
  if (node.of === 'customer') {
    const candidate = state.candidates?.customers[index];
    if (candidate !== undefined) recognise(state, candidate, state.candidates?.by ?? 'phone');
    return;
  }
  if (node.of === 'invoice') {
    const invoice = state.invoices?.[index];
    if (invoice !== undefined) meanInvoice(run, invoice);
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
    case 'link':
      say(run, `${node.text}\n${node.url}`, place);
      return { flow: place.flow, node: node.next };
    case 'menu':
    case 'ask':
      return wait(run, place);
    case 'receipt':
      return run.settings.receipts.takes.length > 0 ? wait(run, place) : { flow: place.flow, node: node.off };
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
  if (!run.settings.isp.capabilities.has('by-document')) return { ...place, node: node.on.unavailable };
  if (isBlocked(run, node)) return { ...place, node: node.on.exhausted };
  return askSystem(run, place, { kind: 'by-document', document: run.state.asked.document ?? '' });
}

function visitMessage(run: Run, place: Place, node: NodeOf<'message'>): Place {
  const { welcomed } = run.state;
  const isRepeatedWelcome = node.welcome === true && welcomed.includes(place.flow);
  if (!isRepeatedWelcome) say(run, node.text, place);
  if (node.welcome === true && !isRepeatedWelcome) welcomed.push(place.flow);
  return { flow: place.flow, node: node.next };
}

function visitChoose(run: Run, place: Place, node: NodeOf<'choose'>): Place | undefined {
  const { customer, candidates, invoices } = run.state;
  const count = { customer: candidates?.customers, service: customer?.services, invoice: invoices }[node.of]?.length ?? 0;
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

function identified(run: Run, node: NodeOf<'identify'>, result: KeptAnswer): string {
  return node.by === 'phone' ? (node.on[phoneResult(run, result)] ?? node.on.unknown) : node.on[documentResult(run, node, result)];
}
