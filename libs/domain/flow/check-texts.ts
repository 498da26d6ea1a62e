import { mentionedIn } from '../text/mentions.js';
import { finding, type Finding } from './finding.js';
import { nameOf, type Flow, type FlowNode, type Flows, type Place } from './flow.js';
import { edgesOf, entriesOf, nodeOf, placesOf, startOf } from './graph.js';
import { alwaysKnown, isVariable, variables, type Variable } from './variables.js';

/** What the flows say: nothing, or variables that do not exist or have no value there. */
export function checkTexts(flows: Flows): Finding[] {
  const known = knownVariables(flows);
  return [
    ...Object.values(flows).flatMap(checkCommonTexts),
    ...placesOf(flows).flatMap((place) => {
      const node = nodeOf(flows, place);
      if (node === undefined) return [];
      return [...emptyTexts(place, node), ...mentionsOf(place, node, known.get(nameOf(place)))];
    }),
  ];
}

/** What a text of the flow may name besides what every text may. */
const commonGives: Readonly<Record<string, readonly Variable[]>> = { unsupported: ['tipo'], asOf: ['hora'] };

function checkCommonTexts(flow: Flow): Finding[] {
  const place = startOf(flow);
  return Object.entries(flow.texts).flatMap(([name, text]) => {
    if (text.trim() === '') return [finding('empty', place, `Falta el texto «${name}» del flujo.`)];
    const known = new Set<Variable>([...alwaysKnown, ...(commonGives[name] ?? [])]);
    return mentions(place, [text], known);
  });
}

function textsOf(node: FlowNode): string[] {
  switch (node.type) {
    case 'message':
    case 'end':
    case 'choose':
    case 'link':
      return [node.text];
    case 'menu':
      return [node.text, ...(node.again === undefined ? [] : [node.again]), ...node.options.map((option) => option.label)];
    case 'ask':
      return [node.text, node.invalid];
    case 'receipt':
      return [node.text, node.received];
    case 'handoff':
      return [node.summary, node.text, node.closed];
    case 'query':
      return [node.query === 'invoice-document' ? [node.caption] : [], node.query === 'speed-test' ? (node.meanwhile ?? []) : []].flat();
    case 'identify':
    case 'goto':
      return [];
  }
}

/** Written under a document when it is there, and so is its customer. */
const captionKnows = ['nombre', 'cliente', 'factura', 'importe', 'vence'] as const;

/** The bot's words about a ticket are said again and later, when what was found out about the customer is forgotten. */
function mentionsOf(place: Place, node: FlowNode, known: ReadonlySet<Variable> | undefined): Finding[] {
  if (node.type === 'query' && node.query === 'invoice-document') return mentions(place, textsOf(node), new Set([...alwaysKnown, ...captionKnows]));
  if (node.type !== 'handoff') return mentions(place, textsOf(node), known);
  return [
    ...mentions(place, [node.summary], known),
    ...mentions(place, [node.text], new Set([...alwaysKnown, 'ticket', 'lugar'] as const)),
    ...mentions(place, [node.closed], new Set([...alwaysKnown, 'ticket'] as const)),
  ];
}

function emptyTexts(place: Place, node: FlowNode): Finding[] {
  const found: Finding[] = [];
  if (textsOf(node).some((text) => text.trim() === '')) {
    found.push(finding('empty', place, `«${place.node}» tiene un texto vacío.`));
  }
  if (node.type === 'menu' && node.options.length === 0) {
    found.push(finding('empty', place, `El menú «${place.node}» no tiene opciones.`));
  }
  return found;
}

function mentions(place: Place, texts: readonly string[], known: ReadonlySet<Variable> | undefined): Finding[] {
  return [...new Set(texts.flatMap(mentionedIn))].flatMap((name) => {
    if (!isVariable(name)) return [finding('unknown-variable', place, `«${place.node}» usa {{${name}}}, que no existe.`)];
    if (known === undefined || known.has(name)) return [];
    const what = variables[name].toLowerCase();
    return [finding('variable-without-value', place, `Al llegar a «${place.node}» puede no saberse {{${name}}} (${what}).`)];
  });
}

/** What certainly has a value at each place that can be reached: what every way to it has found out. */
function knownVariables(flows: Flows): Map<string, Set<Variable>> {
  const known = new Map<string, Set<Variable>>();
  const open: { place: Place; with: Set<Variable> }[] = Object.values(flows)
    .flatMap(entriesOf)
    .map((place) => ({ place, with: new Set(alwaysKnown) }));
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const name = nameOf(next.place);
    const before = known.get(name);
    const now = before === undefined ? next.with : new Set([...before].filter((variable) => next.with.has(variable)));
    if (nodeOf(flows, next.place) === undefined || now.size === before?.size) continue;
    known.set(name, now);
    for (const edge of edgesOf(flows, next.place)) {
      open.push({ place: edge.to, with: new Set([...(edge.forgets ? alwaysKnown : now), ...edge.gives]) });
    }
  }
  return known;
}
