import { firstName, type ServiceSummary } from '../customers.js';
import type { FlowNode, NodeOf, Place } from '../flow/flow.js';
import { isOfUse } from '../flow/offered.js';
import { invoiceChoices } from './invoices.js';
import { capabilitiesOf, showNumbers } from './numbers.js';
import { currentFlow, here, nodeAt, render, type Run } from './run.js';
import type { KnownCustomer } from './state.js';
import type { Choice } from './understand.js';

/** What the customer can answer at the place where they stand, as it is shown to them; empty before the start. */
export function promptHere(run: Run, mode: 'full' | 'again'): string {
  const place = here(run.state);
  if (place === undefined) return '';
  const node = nodeAt(run, place);
  if (node.type === 'menu' && mode === 'again' && node.again !== undefined) return render(run, node.again);
  if (node.type !== 'menu' && node.type !== 'ask' && node.type !== 'choose' && node.type !== 'receipt') return '';
  const shown = node.type === 'menu' ? menuLabels(run, place, node) : choicesAt(run, node).map(({ label }) => label ?? '');
  const lines = numbered(shown).concat(wayBack(run, place));
  return [render(run, node.text), lines.join('\n')].filter((part) => part !== '').join('\n\n');
}

/** The options that are offered, in the order of their numbers; those that need the ISP's system say so while it does not answer. */
function menuLabels(run: Run, place: Place, node: NodeOf<'menu'>): string[] {
  const { flows, isp } = run.settings;
  const { texts } = flows[place.flow];
  const withoutSystem = capabilitiesOf(run.settings, { system: false });
  return showNumbers(run, place, node).flatMap((index) => {
    const option = node.options[index];
    if (option === undefined) return [];
    const works = !isp.down || isOfUse(flows, { flow: place.flow, node: option.next }, withoutSystem, place);
    return [`${render(run, option.label)}${works ? '' : ` ${texts.down}`}`.trim()];
  });
}

/** What can be chosen at a node, whether or not it is offered: a menu understands what it does not show, to say that it cannot. */
export function choicesAt(run: Run, node: FlowNode): Choice[] {
  if (node.type === 'menu') return node.options.map((option) => ({ ...option, label: render(run, option.label) }));
  if (node.type !== 'choose') return [];
  if (node.of === 'invoice') return invoiceChoices(run.state.invoices ?? [], run.nowMs, run.settings.company);
  return node.of === 'service'
    ? (run.state.customer?.services ?? []).map(serviceChoice)
    : customerChoices(run.state.candidates?.customers ?? []);
}

/** A service is called by its plan, its address, or the street alone. */
function serviceChoice({ plan, address }: ServiceSummary): Choice {
  const street = address.split(',')[0] ?? address;
  return { label: `${plan} · ${address}`, keywords: [plan, street, street.replace(/\s+\d+\s*$/u, '')] };
}

/** First name and initial, which is enough for a couple that shares a phone; where it is not, an address that only its people recognise. */
function customerChoices(customers: readonly KnownCustomer[]): Choice[] {
  const short = customers.map((customer) => {
    const initial = customer.name.trim().split(/\s+/u).slice(1).at(-1)?.[0];
    return initial === undefined ? firstName(customer.name) : `${firstName(customer.name)} ${initial}.`;
  });
  return short.map((label, index) => {
    const address = customers[index]?.services[0]?.address;
    const isClear = short.indexOf(label) === short.lastIndexOf(label) || address === undefined;
    const name = customers[index]?.name ?? '';
    return { label: isClear ? label : `${label} · ${maskedAddress(address)}`, keywords: [firstName(name), name] };
  });
}

/** "San Martín 1234, Rosario" → "San Martín ••34", "Mitre 22" → "Mitre •2": nobody learns where somebody else lives. */
function maskedAddress(address: string): string {
  const street = address.split(',')[0] ?? '';
  return street.replace(/\d+/gu, (digits) => digits.slice(-Math.min(2, Math.ceil(digits.length / 2))).padStart(digits.length, '•'));
}

function numbered(labels: readonly string[]): string[] {
  return labels.map((label, index) => `*${index + 1}* ${label}`);
}

function wayBack(run: Run, place: Place): string[] {
  const flow = run.settings.flows[place.flow];
  return run.state.trail.length > 1 ? [`*${flow.words.back[0] ?? '0'}* ${currentFlow(run).texts.back}`] : [];
}
