import { nameOf, type Flow, type FlowNode, type NodeOf, type Place } from '../flow/flow.js';
import { numberIn } from '../text/normalize.js';
import { shapeAnswer } from './answers.js';
import { meansTheSame, numbersAt } from './numbers.js';
import { choicesAt } from './prompt.js';
import { currentFlow, here, nodeAt, render, samePlace, say, turnOf, type Run } from './run.js';
import type { Utterance } from './state.js';
import { commandIn, isGreeting, isThanks, numberedChoice, wordedChoices } from './understand.js';
import { choose, stepBack, walk, walkToStart } from './walk.js';

/** How a message that cannot be read is called in Spanish, by what the channel says it is. */
const kindsInSpanish: Record<string, string> = {
  image: 'la imagen',
  video: 'el video',
  audio: 'el audio',
  voice: 'el audio',
  document: 'el archivo',
  sticker: 'el sticker',
  location: 'la ubicación',
  contact: 'el contacto',
  poll: 'la encuesta',
  order: 'el pedido',
  product: 'el producto',
  'group-invite': 'la invitación al grupo',
  'view-once': 'el mensaje que se ve una sola vez',
};

/**
 * Lets one message of the customer act on the place where they stand. `opened`: the flow was just entered because of it,
 * so that a welcome is its answer unless it says more.
 */
export function handleMessage(run: Run, content: Utterance, opened: boolean): void {
  const { texts } = currentFlow(run);
  if (content.kind === 'unsupported') {
    return sayUnsupported(run, content.what);
  }
  if (content.kind === 'unreadable') return fallBack(run, render(run, texts.unreadable));
  if (content.kind === 'call') return answerCall(run, opened);
  if (handleCommand(run, content.text)) return;
  const place = here(run.state);
  if (place === undefined) return;
  const node = nodeAt(run, place);
  if (node.type === 'ask') return handleAnswer(run, place, node, content.text);
  const isOldNumber = opened && numberIn(content.text) !== undefined && !(node.type === 'menu' && meansTheSame(run, place, node));
  if (!isOldNumber && (handleChoice(run, place, node, content.text) || handleElsewhere(run, content.text))) return;
  if (handlePoliteness(run, content.text) || opened) return;
  misunderstand(run);
}

/** "I cannot look at pictures", unless something else is answered. */
export function sayUnsupported(run: Run, what: string): void {
  fallBack(run, render(run, currentFlow(run).texts.unsupported, { tipo: kindsInSpanish[what] ?? 'ese mensaje' }));
}

/** Who called waits for somebody to pick up: they are told that nobody will, also where the welcome would have been answer enough. */
function answerCall(run: Run, opened: boolean): void {
  const { texts, kind, start } = currentFlow(run);
  if (opened) say(run, texts.calls, here(run.state) ?? { flow: kind, node: start });
  else fallBack(run, render(run, texts.calls));
}

function handleCommand(run: Run, text: string): boolean {
  const command = commandIn(text, currentFlow(run).words);
  if (command === undefined) return false;
  arrive(run);
  if (command === 'back') stepBack(run);
  else walkToStart(run);
  return true;
}

function handleChoice(run: Run, place: Place, node: FlowNode, text: string): boolean {
  const choices = choicesAt(run, node);
  const named = wordedChoices(text, choices);
  const numbers = node.type === 'menu' ? numbersAt(run, place, node) : choices.map((_, at) => at);
  const number = numberedChoice(text, numbers.length);
  const index = number === undefined ? named[0] : numbers[number];
  if (index === undefined || named.length > 1) return false;
  if (node.type === 'choose') choose(run, node, index);
  const next = node.type === 'menu' ? node.options[index]?.next : node.type === 'choose' ? node.next : undefined;
  if (next === undefined) return false;
  arrive(run);
  walk(run, { flow: place.flow, node: next });
  return true;
}

/** What the place itself does not understand may be an option of a menu on the way here, or a shortcut of the flow. */
function handleElsewhere(run: Run, text: string): boolean {
  const flow = currentFlow(run);
  const shortcuts = flow.shortcuts.map((choice) => ({ flow: flow.kind, choice }));
  const passed = run.state.trail.flatMap((visited) => {
    const node = nodeAt(run, visited);
    return node.type === 'menu' ? node.options.map((choice) => ({ flow: visited.flow, choice })) : [];
  });
  const all = [...shortcuts, ...passed];
  const named = wordedChoices(text, all.map(({ choice }) => choice)).flatMap((index): Place[] => {
    const found = all[index];
    return found === undefined ? [] : [{ flow: found.flow, node: found.choice.next }];
  });
  const [target] = named;
  if (target === undefined || !named.every((other) => samePlace(other, target))) return false;
  arrive(run);
  walk(run, target);
  return true;
}

function handleAnswer(run: Run, place: Place, node: NodeOf<'ask'>, text: string): void {
  const { state } = run;
  const answer = shapeAnswer(node.into, text);
  if (answer !== undefined) {
    state.asked[node.into] = answer;
    arrive(run);
    return walk(run, { flow: place.flow, node: node.next });
  }
  if (handleElsewhere(run, text) || handlePoliteness(run, text)) return;
  state.attempts += 1;
  if (state.attempts >= node.attempts) {
    arrive(run);
    return walk(run, { flow: place.flow, node: node.onFail });
  }
  fallBack(run, render(run, node.invalid));
}

/** A greeting shows the beginning again, thanks are returned; neither where something was already said in this reply. */
function handlePoliteness(run: Run, text: string): boolean {
  const { words } = currentFlow(run);
  const turn = turnOf(run.state);
  const isFirst = turn.said.length === 0 && turn.prompt === 'none';
  if (isGreeting(text, words)) {
    const place = here(run.state);
    const isAsked = place !== undefined && ['ask', 'receipt'].includes(nodeAt(run, place).type);
    if (isFirst && isAsked) turn.prompt = 'full';
    else if (isFirst) walkToStart(run);
    return true;
  }
  if (!isThanks(text, words)) return false;
  if (isFirst) sayThanks(run, currentFlow(run));
  return true;
}

/** "You are welcome", without showing the menu again. */
export function sayThanks(run: Run, flow: Flow): void {
  say(run, flow.texts.thanks, here(run.state) ?? { flow: flow.kind, node: flow.start });
}

function misunderstand(run: Run): void {
  const { texts } = currentFlow(run);
  run.state.misses += 1;
  fallBack(run, render(run, run.state.misses > 1 ? texts.stillNotUnderstood : texts.notUnderstood));
}

/** Said with the options below it, unless another message of the same reply was understood. */
export function fallBack(run: Run, text: string): void {
  const place = here(run.state);
  turnOf(run.state).fallback = { text, node: place === undefined ? 'support' : nameOf(place) };
}

/** The customer was understood: nothing that was not counts any more. */
export function arrive(run: Run): void {
  run.state.misses = 0;
  delete turnOf(run.state).fallback;
}
