import { firstName, type CustomerMatch, type SecondFacts } from '../customers.js';
import type { FlowNode, SecondFactKind } from '../flow/flow.js';
import type { Run } from './run.js';
import type { ConversationState, KeptAnswer, KnownCustomer } from './state.js';

type PhoneNode = Extract<FlowNode, { type: 'identify'; by: 'phone' }>;
type DocumentNode = Extract<FlowNode, { type: 'identify'; by: 'document' }>;

/** Letters and digits only, upper case: "30.123.456" → "30123456". */
export function bare(text: string): string {
  return text.replace(/[^\p{L}\p{N}]/gu, '').toUpperCase();
}

/** Makes somebody the customer of this session; with one service only, that is the service meant. */
export function recognise(state: ConversationState, customer: KnownCustomer, by: 'phone' | 'document'): void {
  state.customer = { ...customer, by };
  // The questions that led here are settled: nobody goes back to them.
  state.trail = [];
  delete state.candidates;
  delete state.service;
  delete state.invoices;
  delete state.invoice;
  delete state.asked.document;
  delete state.asked.fact;
  // What was found out about somebody else before must not show up in this customer's texts.
  state.values = { nombre: firstName(customer.name), cliente: customer.name };
}

/** Where an `identify` by phone leads with what is known; undefined when the ISP's system has to be asked. */
export function phoneOutcome(run: Run): keyof PhoneNode['on'] | undefined {
  const { state, nowMs, settings } = run;
  if (state.customer !== undefined) return 'recognised';
  if (settings.contact.addresses.phone === undefined || !settings.isp.capabilities.has('by-phone')) return 'hidden';
  if (state.phone === undefined || nowMs - state.phone.atMs > settings.limits.identityHours * 3_600_000) return undefined;
  const { customers } = state.phone;
  const [only] = customers;
  if (only === undefined) return 'unknown';
  if (customers.length === 1) {
    recognise(state, only, 'phone');
    return 'recognised';
  }
  state.candidates = { by: 'phone', customers };
  return 'several';
}

/** Takes in who has the contact's phone. */
export function phoneResult(run: Run, result: KeptAnswer): keyof PhoneNode['on'] {
  const found = matchesIn(result);
  if (found === undefined) return 'unavailable';
  run.state.phone = { atMs: run.nowMs, customers: found.map(known) };
  return phoneOutcome(run) ?? 'unknown';
}

/** Whether the tries with a document are used up, which is said without asking anybody. */
export function isBlocked(run: Run, node: DocumentNode): boolean {
  const { identification } = run.state;
  const overMs = identification.lastMs + run.settings.limits.identificationBlockHours * 3_600_000;
  if (run.nowMs > overMs) identification.failures = 0;
  return identification.failures >= node.attempts;
}

/**
 * Takes in who has the document that was asked for, and compares the second fact. An unknown document and a wrong fact
 * are the same answer, so that nobody learns which documents are customers'.
 */
export function documentResult(run: Run, node: DocumentNode, result: KeptAnswer): keyof DocumentNode['on'] {
  const { state } = run;
  const found = matchesIn(result);
  if (found === undefined) return 'unavailable';
  const fact = bare(state.asked.fact ?? '');
  const matching = found.filter((match) => node.accept.some((kind) => factsOf(match.facts, kind).includes(fact)));
  delete state.asked.document;
  delete state.asked.fact;
  const [only] = matching;
  if (only === undefined) {
    state.identification = { failures: state.identification.failures + 1, lastMs: run.nowMs };
    return isBlocked(run, node) ? 'exhausted' : 'failed';
  }
  state.identification = { failures: 0, lastMs: 0 };
  if (matching.length === 1) {
    recognise(state, known(only), 'document');
    return 'recognised';
  }
  state.candidates = { by: 'document', customers: matching.map(known) };
  return 'several';
}

/** The customers of a result: none when the system knows none, undefined when it could not say. */
function matchesIn(result: KeptAnswer): CustomerMatch[] | undefined {
  if (result.ok) return result.kind === 'customers' ? result.customers : undefined;
  return result.reason === 'not-found' ? [] : undefined;
}

function factsOf(facts: SecondFacts, kind: SecondFactKind): string[] {
  const byKind = {
    'phone-ending': facts.phoneEndings,
    'service-number': facts.serviceNumbers,
    'street-number': facts.streetNumbers,
  };
  return byKind[kind].map(bare);
}

function known(match: CustomerMatch): KnownCustomer {
  return { id: match.id, name: match.name, services: match.services };
}
