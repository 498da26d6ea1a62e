import { firstName } from '../customers.js';
import type { FlowNode } from '../flow/flow.js';
import { currentFlow, here, nodeAt, render, type Run } from './run.js';
import type { KnownCustomer, Place } from './state.js';

/** What the customer can answer at the place where they stand, as it is shown to them; empty before the start. */
export function promptHere(run: Run, mode: 'full' | 'again'): string {
  const place = here(run.state);
  if (place === undefined) return '';
  const node = nodeAt(run, place);
  if (node.type === 'menu' && mode === 'again' && node.again !== undefined) return render(run, node.again);
  if (node.type !== 'menu' && node.type !== 'ask' && node.type !== 'choose') return '';
  const lines = numbered(choicesAt(run, node)).concat(wayBack(run, place));
  return [render(run, node.text), lines.join('\n')].filter((part) => part !== '').join('\n\n');
}

/** Labels of what can be chosen at a node, in the order of their numbers. */
export function choicesAt(run: Run, node: FlowNode): string[] {
  if (node.type === 'menu') return node.options.map((option) => render(run, option.label));
  if (node.type !== 'choose') return [];
  if (node.of === 'service') {
    return (run.state.customer?.services ?? []).map((service) => `${service.plan} · ${service.address}`);
  }
  return customerLabels(run.state.candidates?.customers ?? []);
}

/** First name and initial, which is enough for a couple that shares a phone; the address where that is not enough. */
function customerLabels(customers: readonly KnownCustomer[]): string[] {
  const short = customers.map((customer) => {
    const initial = customer.name.trim().split(/\s+/u).slice(1).at(-1)?.[0];
    return initial === undefined ? firstName(customer.name) : `${firstName(customer.name)} ${initial}.`;
  });
  return short.map((label, index) => {
    const address = customers[index]?.services[0]?.address;
    return short.indexOf(label) === short.lastIndexOf(label) || address === undefined ? label : `${label} · ${address}`;
  });
}

function numbered(labels: readonly string[]): string[] {
  return labels.map((label, index) => `*${index + 1}* ${label}`);
}

function wayBack(run: Run, place: Place): string[] {
  const flow = run.settings.flows[place.flow];
  return run.state.trail.length > 1 ? [`*${flow.words.back[0] ?? '0'}* ${currentFlow(run).texts.back}`] : [];
}
