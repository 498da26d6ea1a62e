import { firstName, type ServiceSummary } from '../customers.js';
import type { FlowNode, Place } from '../flow/flow.js';
import { currentFlow, here, nodeAt, render, type Run } from './run.js';
import type { KnownCustomer } from './state.js';
import type { Choice } from './understand.js';

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

/** What can be chosen at a node, in the order of the numbers. */
export function choicesAt(run: Run, node: FlowNode): Choice[] {
  if (node.type === 'menu') return node.options.map((option) => ({ ...option, label: render(run, option.label) }));
  if (node.type !== 'choose') return [];
  return node.of === 'service'
    ? (run.state.customer?.services ?? []).map(serviceChoice)
    : customerChoices(run.state.candidates?.customers ?? []);
}

/** A service is called by its plan, its address, or the street alone. */
function serviceChoice({ plan, address }: ServiceSummary): Choice {
  const street = address.split(',')[0] ?? address;
  return { label: `${plan} · ${address}`, keywords: [plan, street, street.replace(/\s+\d+\s*$/u, '')] };
}

/** First name and initial, which is enough for a couple that shares a phone; the address where that is not enough. */
function customerChoices(customers: readonly KnownCustomer[]): Choice[] {
  const short = customers.map((customer) => {
    const initial = customer.name.trim().split(/\s+/u).slice(1).at(-1)?.[0];
    return initial === undefined ? firstName(customer.name) : `${firstName(customer.name)} ${initial}.`;
  });
  return short.map((label, index) => {
    const address = customers[index]?.services[0]?.address;
    const isClear = short.indexOf(label) === short.lastIndexOf(label) || address === undefined;
    const name = customers[index]?.name ?? '';
    return { label: isClear ? label : `${label} · ${address}`, keywords: [firstName(name), name] };
  });
}

function numbered(choices: readonly Choice[]): string[] {
  return choices.map(({ label }, index) => `*${index + 1}* ${label}`);
}

function wayBack(run: Run, place: Place): string[] {
  const flow = run.settings.flows[place.flow];
  return run.state.trail.length > 1 ? [`*${flow.words.back[0] ?? '0'}* ${currentFlow(run).texts.back}`] : [];
}
