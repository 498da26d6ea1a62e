import type { NodeOf, Place } from '../flow/flow.js';
import { canAnswer } from '../flow/offered.js';
import { accountOutcome, accountValues, connectionOutcome, connectionValues, isOld, planValues, speedValues } from './findings.js';
import { formatMoment } from './format.js';
import { meantInvoice, takeDocument, takeInvoices } from './invoices.js';
import { nextStepId, nodeAt, render, turnOf, type Run } from './run.js';
import { paymentValues } from './payments.js';
import type { ConversationQuery, KeptAnswer, KnownCustomer, PaymentQuery } from './state.js';

type QueryNode = NodeOf<'query'>;

/** Puts a question to the ISP's system, or to the company; the conversation goes on when its answer is there. */
export function askSystem(run: Run, place: Place, query: ConversationQuery): undefined {
  const step = nextStepId(run.state);
  run.state.pending = { step, place, query };
  run.steps.push({ kind: 'query', id: step, query });
}

/** Asks what a node wants to know. @returns where to go on when nobody has to be asked */
export function visitQuery(run: Run, place: Place, node: QueryNode): Place | undefined {
  if (!canAnswer(node, run.settings.isp.capabilities)) return { ...place, node: node.on.unsupported ?? node.on.unavailable };
  if (node.query === 'plans') return askSystem(run, place, { kind: 'plans' });
  const { customer } = run.state;
  if (customer === undefined) return { ...place, node: node.on.unidentified };
  switch (node.query) {
    case 'account':
      return askSystem(run, place, { kind: 'account', customer: customer.id });
    case 'invoices':
      return askSystem(run, place, { kind: 'invoices', customer: customer.id, limit: invoicesLooked });
    case 'invoice-document':
    case 'payment-options':
      return askOfInvoice(run, place, node, customer);
    case 'connection':
    case 'speed-test':
      return askOfService(run, place, node, customer.id);
  }
}

/** Invoices that are looked at: the unpaid ones are among the newest. */
const invoicesLooked = 12;

type InvoiceNode = QueryNode & { query: 'invoice-document' | 'payment-options' };

/** First which invoice, where none was chosen. */
function askOfInvoice(run: Run, place: Place, { query }: InvoiceNode, { id: customer, name }: KnownCustomer): undefined {
  const invoice = meantInvoice(run.state);
  if (invoice === undefined) return askSystem(run, place, { kind: 'invoices', customer, limit: invoicesLooked });
  if (query === 'invoice-document') return askSystem(run, place, { kind: query, customer, invoice: invoice.id });
  const { id, number, amount } = invoice;
  return askSystem(run, place, { kind: query, customer: { id: customer, name }, invoice: { id, number }, amount } satisfies PaymentQuery);
}

function askOfService(run: Run, place: Place, node: NodeOf<'query'> & { query: 'connection' | 'speed-test' }, customer: string): Place | undefined {
  const service = run.state.service ?? run.state.customer?.services[0];
  if (service === undefined) return { ...place, node: node.on.unavailable };
  if (node.query === 'speed-test') sayMeanwhile(run, place, node.meanwhile ?? '');
  return askSystem(run, place, { kind: node.query, customer, service: service.id });
}

/** What takes a minute is announced at once; the answer to the customer's message comes after it. */
function sayMeanwhile(run: Run, { flow, node }: Place, words: string): void {
  const text = render(run, words);
  if (text !== '') run.steps.push({ kind: 'say', id: nextStepId(run.state), text, node: `${flow}/${node}`, answers: [] });
}

/** Takes in what the system said. @returns the node to go on to; undefined when something else has to be asked first */
export function takeAnswer(run: Run, place: Place, answer: KeptAnswer): string | undefined {
  const node = nodeAt(run, place);
  if (node.type !== 'query') return undefined;
  // What a system says of one invoice, it does not say of the customer or of itself.
  const isOfInvoice = isAboutInvoice(node) && run.state.invoice !== undefined;
  if (!answer.ok && answer.reason === 'unsupported' && !isOfInvoice) return node.on.unsupported ?? node.on.unavailable;
  if (node.query === 'plans') return plansFound(run, node, answer);
  if (!answer.ok && answer.reason === 'not-found' && !isOfInvoice) return forgetCustomer(run, node);
  tellAge(run, place, answer);
  return isAboutInvoice(node) ? foundOfInvoice(run, place, node, answer) : found(run, node, answer);
}

const isAboutInvoice = (node: QueryNode): node is InvoiceNode => node.query === 'invoice-document' || node.query === 'payment-options';

/** The ISP removed the customer since we asked: whoever it is has to be recognised again. */
function forgetCustomer({ state }: Run, node: Exclude<QueryNode, { query: 'plans' }>): string {
  delete state.customer;
  delete state.phone;
  delete state.service;
  return node.on.unidentified;
}

function plansFound({ state, settings }: Run, { on }: QueryNode & { query: 'plans' }, answer: KeptAnswer): string {
  if (!answer.ok || answer.kind !== 'plans') return on.unavailable;
  Object.assign(state.values, planValues(answer.plans, settings.company));
  return answer.plans.length === 0 ? on.none : on.found;
}

function found(run: Run, node: Exclude<QueryNode, { query: 'plans' | InvoiceNode['query'] }>, answer: KeptAnswer): string {
  const { state, nowMs, settings: { company } } = run;
  if (node.query === 'account' && answer.ok && answer.kind === 'account') {
    Object.assign(state.values, accountValues(answer.account, nowMs, company));
    return node.on[accountOutcome(answer.account, nowMs, company)];
  }
  if (node.query === 'connection' && answer.ok && answer.kind === 'connection') {
    Object.assign(state.values, connectionValues(answer.connection, company));
    return node.on[connectionOutcome(answer.connection)];
  }
  if (node.query === 'speed-test' && answer.ok && answer.kind === 'speed-test') {
    Object.assign(state.values, speedValues(answer.test, company));
    return node.on.measured;
  }
  if (node.query === 'invoices' && answer.ok && answer.kind === 'invoices') return node.on[takeInvoices(run, answer.invoices)];
  return node.on.unavailable;
}

/** First which invoice, where none was chosen, then its document or how it is paid; one that is paid has a document all the same. */
function foundOfInvoice(run: Run, place: Place, node: InvoiceNode, answer: KeptAnswer): string | undefined {
  const { customer } = run.state;
  if (answer.ok && answer.kind === 'invoices') {
    const found = takeInvoices(run, answer.invoices);
    if (found === 'open' && customer !== undefined) return askOfInvoice(run, place, node, customer);
    if (found === 'clear' && customer !== undefined && node.query === 'invoice-document') return askOfInvoice(run, place, node, customer);
    if (found === 'clear') delete run.state.invoice; // there is none to pay
    return node.on.none;
  }
  if (node.query === 'invoice-document') return node.on[takeDocument(run, place, node, answer)];
  if (!answer.ok || answer.kind !== 'payment-options') return node.on.unavailable;
  Object.assign(run.state.values, paymentValues(answer));
  return answer.link === undefined && answer.methods.length === 0 ? node.on.off : node.on.offered;
}

/** What the system said a while ago is told as that. */
function tellAge(run: Run, place: Place, answer: KeptAnswer): void {
  if (!answer.ok || !isOld(answer, run.nowMs) || answer.kind === 'stored-document' || answer.kind === 'payment-options') return;
  const { texts } = run.settings.flows[place.flow];
  const piece = { text: render(run, texts.asOf, { hora: formatMoment(answer.asOf, run.nowMs, run.settings.company) }), node: `${place.flow}/${place.node}` };
  if (piece.text !== '') turnOf(run.state).said.push(piece);
}
