import { finding, type Finding } from './finding.js';
import { nameOf, type Flows, type Place } from './flow.js';
import { edgesOf, entriesOf, nodeOf, placesOf, reachableFrom, startOf } from './graph.js';

/** Where the flows lead: nowhere, in circles, or not back. */
export function checkWays(flows: Flows): Finding[] {
  return [
    ...missingTargets(flows),
    ...unreachable(flows),
    ...deadEnds(flows),
    ...circles(flows),
    ...withoutWayBack(flows),
  ];
}

function missingTargets(flows: Flows): Finding[] {
  const missing = Object.values(flows).flatMap((flow) =>
    entriesOf(flow)
      .filter((entry) => nodeOf(flows, entry) === undefined)
      .map((entry) => finding('unknown-target', entry, `El inicio o un atajo lleva a «${entry.node}», que no existe.`)),
  );
  for (const place of placesOf(flows)) {
    for (const { to } of edgesOf(flows, place)) {
      if (nodeOf(flows, to) !== undefined) continue;
      missing.push(finding('unknown-target', place, `«${place.node}» lleva a «${to.node}», que no existe.`));
    }
  }
  return missing;
}

function unreachable(flows: Flows): Finding[] {
  const fromSupport = reachableFrom(flows, entriesOf(flows.support));
  const leadsToSales = placesOf(flows).some((place) => place.flow === 'sales' && fromSupport.has(nameOf(place)));
  const reached = reachableFrom(flows, [...entriesOf(flows.support), ...(leadsToSales ? entriesOf(flows.sales) : [])]);
  return placesOf(flows)
    .filter((place) => !reached.has(nameOf(place)))
    .map((place) => finding('unreachable', place, `Nadie puede llegar a «${place.node}».`));
}

/** Whether the customer is asked something here. A choice between one thing only passes. */
function isWaiting(flows: Flows, place: Place): boolean {
  const type = nodeOf(flows, place)?.type;
  return type === 'menu' || type === 'ask' || type === 'choose' || type === 'receipt';
}

/** A question whose answers all lead to the same question, without a word in between. */
function deadEnds(flows: Flows): Finding[] {
  return placesOf(flows)
    .filter((place) => isWaiting(flows, place) && edgesOf(flows, place).length > 0)
    .filter((place) => answersTo(flows, place).every((answer) => nameOf(answer) === nameOf(place)))
    .map((place) => finding('dead-end', place, `Todas las respuestas de «${place.node}» vuelven a la misma pregunta.`));
}

/** What is said or asked next after a question: the nodes that the customer notices. */
function answersTo(flows: Flows, question: Place): Place[] {
  const noticed: Place[] = [];
  const seen = new Set<string>();
  const open = edgesOf(flows, question).map((edge) => edge.to);
  for (let place = open.pop(); place !== undefined; place = open.pop()) {
    if (seen.has(nameOf(place))) continue;
    seen.add(nameOf(place));
    const type = nodeOf(flows, place)?.type;
    const isSilent = type === 'goto' || type === 'identify' || type === 'query';
    if (isSilent) open.push(...edgesOf(flows, place).map((edge) => edge.to));
    else noticed.push(place);
  }
  return noticed;
}

/** Circles that the bot would walk for ever, because nobody is asked anything on the way. */
function circles(flows: Flows): Finding[] {
  const found: Finding[] = [];
  const done = new Set<string>();
  const path = new Set<string>();
  const visit = (place: Place): void => {
    const name = nameOf(place);
    if (path.has(name)) {
      found.push(finding('loop-without-waiting', place, `Desde «${place.node}» el bot daría vueltas sin esperar una respuesta.`));
      return;
    }
    if (done.has(name)) return;
    path.add(name);
    for (const edge of edgesOf(flows, place)) if (!edge.waits) visit(edge.to);
    path.delete(name);
    done.add(name);
  };
  placesOf(flows).forEach(visit);
  return found;
}

function withoutWayBack(flows: Flows): Finding[] {
  const found: Finding[] = [];
  for (const flow of Object.values(flows)) {
    const start = startOf(flow);
    if (flow.words.back.length === 0) found.push(finding('no-way-back', start, 'Falta la palabra para volver (por ejemplo «0»).'));
    if (flow.words.start.length === 0) found.push(finding('no-way-back', start, 'Falta la palabra para ir al inicio (por ejemplo «menú»).'));
    const reached = reachableFrom(flows, [start]);
    const other = flow.kind === 'support' ? 'sales' : 'support';
    if (nodeOf(flows, start) !== undefined && !placesOf(flows).some((place) => place.flow === other && reached.has(nameOf(place)))) {
      const names = { support: 'el flujo de soporte', sales: 'el flujo de ventas' };
      found.push(finding('no-way-back', start, `Ninguna opción lleva de ${names[flow.kind]} a ${names[other]}.`));
    }
  }
  return found;
}
